package pollux.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Media types: the rows, and the table they fill. */
final class TypesDirectives {
    /** Blocks at one level add to one table; a level without any has that of the levels around. */
    private static final Key<Map<String, String>> TYPES = new Key<>(null);

    private static final Key<String> DEFAULT_TYPE = new Key<>("text/plain");

    private TypesDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.block(
                "types",
                Context.HTTP_SERVER_LOCATION,
                Arity.NONE,
                "Media types, each followed by the extensions that have it.",
                (scope, directive, parser) -> {
                    if (scope.own(TYPES) == null) {
                        scope.put(TYPES, new LinkedHashMap<>());
                    }
                    parser.parseBlock(scope.open(Context.TYPES, directive.at()));
                });
        rows.nginx(
                "default_type",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "text/plain",
                "The media type of files whose extension has none.",
                Setters.text(DEFAULT_TYPE));
    }

    /** Reads one line of a {@code types} block. */
    static void addType(Scope types, Directive directive) {
        Map<String, String> table = types.parent().own(TYPES);
        for (String written : directive.args()) {
            String extension = AsciiText.lower(written);
            String previous = table.put(extension, directive.name());
            if (previous != null) {
                types.loading()
                        .warn("duplicate extension \"" + extension + "\", content type: \"" + directive.name()
                                + "\", previous content type: \"" + previous + "\"" + directive.at());
            }
        }
    }

    static MimeTypes types(Scope scope) {
        Map<String, String> table = scope.get(TYPES);
        if (table == null) {
            return MimeTypes.DEFAULT;
        }
        return scope.loading().shared(table);
    }

    static String defaultType(Scope scope) {
        return scope.get(DEFAULT_TYPE);
    }
}
