package pollux.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every directive there is, one row each. The rows stand with the records they fill, in the {@code *Directives} classes;
 * this class only gathers them and answers for names that are not among them.
 */
public final class DirectiveTable {
    static final DirectiveTable ALL = gather();

    private final Map<String, DirectiveRow> rows;

    /**
     * A row as documentation shows it.
     *
     * @param name the directive
     * @param contexts where it may stand
     * @param arity how many arguments it takes
     * @param fallback what holds when it is not written; empty when there is nothing to say
     * @param meaning one sentence; for what has no effect, why not
     * @param origin {@code nginx}, {@code no effect} (nginx's, accepted only so that its files can be read) or
     *     {@code Pollux}
     */
    public record Entry(
            String name, Set<Context> contexts, Arity arity, String fallback, String meaning, String origin) {}

    private DirectiveTable(Map<String, DirectiveRow> rows) {
        this.rows = rows;
    }

    private static DirectiveTable gather() {
        Rows rows = new Rows();
        ProcessDirectives.addTo(rows);
        BlockDirectives.addTo(rows);
        ListenDirective.addTo(rows);
        ConnectionDirectives.addTo(rows);
        FileDirectives.addTo(rows);
        CharsetDirectives.addTo(rows);
        FileCacheDirectives.addTo(rows);
        TypesDirectives.addTo(rows);
        ClientDirectives.addTo(rows);
        MethodDirectives.addTo(rows);
        AccessDirectives.addTo(rows);
        RateDirectives.addTo(rows);
        BrowserDirectives.addTo(rows);
        ErrorDirectives.addTo(rows);
        AnswerDirectives.addTo(rows);
        CgiDirectives.addTo(rows);
        UploadDirectives.addTo(rows);
        SessionDirectives.addTo(rows);
        LogDirectives.addTo(rows);
        NginxDirectives.addTo(rows);
        return new DirectiveTable(rows.byName);
    }

    /** Every directive, in the order of the rows, for documentation. */
    public static List<Entry> entries() {
        return ALL.rows.values().stream()
                .map(row -> new Entry(
                        row.name(), row.contexts(), row.arity(), row.fallback(), row.meaning(), describe(row.origin())))
                .toList();
    }

    private static String describe(DirectiveRow.Origin origin) {
        return switch (origin) {
            case NGINX -> "nginx";
            case NO_EFFECT -> "no effect";
            case POLLUX -> "Pollux";
        };
    }

    /** The row of a name, or {@code null}. */
    DirectiveRow row(String name) {
        return rows.get(name);
    }

    /** The error for a name without a row: nginx's own is lacking, any other is unknown. */
    ConfException refusal(Directive directive) {
        if (NginxNames.has(directive.name())) {
            return missing(directive);
        }
        String message = "unknown directive \"" + directive.name() + "\"" + directive.at();
        String nearest = NearestName.of(directive.name(), rows.keySet());
        return new ConfException(message, nearest == null ? null : "did you mean \"" + nearest + "\"?");
    }

    /** The error for what nginx has and Pollux does not. */
    static ConfException missing(Directive directive) {
        return directive.lacking("directive \"" + directive.name() + "\"");
    }

    /** Gathers rows. */
    static final class Rows {
        private final Map<String, DirectiveRow> byName = new LinkedHashMap<>();

        /** One of nginx's. */
        void nginx(
                String name, Set<Context> where, Arity arity, String fallback, String does, DirectiveRow.Action set) {
            put(new DirectiveRow(name, DirectiveRow.Origin.NGINX, false, where, arity, fallback, does, set));
        }

        /** One of nginx's that a block follows. */
        void block(String name, Set<Context> where, Arity arity, String does, DirectiveRow.Action set) {
            put(new DirectiveRow(name, DirectiveRow.Origin.NGINX, true, where, arity, "", does, set));
        }

        /** One of Pollux's own. */
        void pollux(
                String name, Set<Context> where, Arity arity, String fallback, String does, DirectiveRow.Action set) {
            put(new DirectiveRow(name, DirectiveRow.Origin.POLLUX, false, where, arity, fallback, does, set));
        }

        /** One of nginx's that means nothing here; {@code because} says why, in the report and on the page. */
        void noEffect(String name, String because, Set<Context> where, Arity arity) {
            noEffect(name, because, where, arity, (scope, directive, parser) -> {});
        }

        /** One of nginx's that means nothing here, with what is refused in it. */
        void noEffect(String name, String because, Set<Context> where, Arity arity, DirectiveRow.Action check) {
            put(new DirectiveRow(name, DirectiveRow.Origin.NO_EFFECT, false, where, arity, "", because, check));
        }

        private void put(DirectiveRow row) {
            if (byName.put(row.name(), row) != null) {
                throw new IllegalStateException("two rows for " + row.name());
            }
        }
    }
}
