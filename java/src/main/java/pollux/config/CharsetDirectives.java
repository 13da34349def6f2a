package pollux.config;

import java.util.HashMap;
import java.util.Map;

/** {@code charset_map} and its kin: rows, and the tables they fill. */
final class CharsetDirectives {
    private static final Key<Map<String, CharsetTable>> TABLES = new Key<>(Map.of());
    private static final Key<Template> SOURCE = new Key<>(null);
    private static final Key<Template> CHARSET = new Key<>(null);
    private static final Key<Boolean> OVERRIDE = new Key<>(false);
    private static final Key<Maps> MAPS = new Key<>(null);

    /** What a block fills: the way there and the way back. */
    private record Maps(CharsetTable there, CharsetTable back, boolean toUtf8) {}

    private CharsetDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.nginx(
                "charset",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "The charset added to the Content-Type of text types.",
                Setters.once(
                        CHARSET, (scope, directive) -> TemplateCompiler.compile(scope, directive, directive.arg(0))));
        rows.nginx(
                "source_charset",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "",
                "The charset that answers are written in: files and texts up to 8 MiB are converted; what programs send is not.",
                Setters.once(
                        SOURCE, (scope, directive) -> TemplateCompiler.compile(scope, directive, directive.arg(0))));
        rows.noEffect(
                "override_charset",
                "nothing is fetched from elsewhere",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                Setters.flag(OVERRIDE));
        rows.block(
                "charset_map",
                Context.ONLY_HTTP,
                Arity.exactly(2),
                "Bytes of one charset, each followed by that of another, or its characters in UTF-8.",
                CharsetDirectives::openMap);
    }

    private static void openMap(Scope http, Directive directive, ConfParser parser) throws ConfException {
        String from = directive.arg(0);
        String to = directive.arg(1);
        if (from.equalsIgnoreCase(to)) {
            throw directive.error("\"charset_map\" between the same charsets \"" + from + "\" and \"" + to + "\"");
        }
        if (http.own(TABLES) == null) {
            http.put(TABLES, new HashMap<>());
        }
        Map<String, CharsetTable> tables = http.own(TABLES);
        boolean toUtf8 = to.equalsIgnoreCase("utf-8");
        Maps maps = new Maps(new CharsetTable(false, toUtf8), new CharsetTable(toUtf8, false), toUtf8);
        CharsetTable earlier = tables.put(Recoding.key(from, to), maps.there());
        tables.put(Recoding.key(to, from), maps.back());
        if (earlier != null) {
            throw directive.error("duplicate \"charset_map\" between \"" + from + "\" and \"" + to + "\"");
        }
        Scope block = http.open(Context.CHARSET_MAP, directive.at());
        block.put(MAPS, maps);
        parser.parseBlock(block);
    }

    /** Reads one line of a {@code charset_map} block. */
    static void addByte(Scope block, Directive directive) throws ConfException {
        if (directive.count() != 1) {
            throw directive.error("invalid parameters number");
        }
        Maps maps = block.own(MAPS);
        int from = hexByte(directive, directive.name());
        if (!maps.toUtf8()) {
            int to = hexByte(directive, directive.arg(0));
            maps.there().put(from, new byte[] {(byte) to});
            maps.back().put(to, new byte[] {(byte) from});
            return;
        }
        String written = directive.arg(0);
        byte[] character = new byte[written.length() / 2];
        if (character.length == 0 || character.length > 4 || written.length() % 2 != 0) {
            throw directive.error("invalid value \"" + written + "\"");
        }
        for (int i = 0; i < character.length; i++) {
            int high = Character.digit(written.charAt(2 * i), 16);
            int low = Character.digit(written.charAt(2 * i + 1), 16);
            if (high < 0 || low < 0) {
                throw directive.error("invalid value \"" + written + "\"");
            }
            character[i] = (byte) (high << 4 | low);
        }
        maps.there().put(from, character);
        maps.back().put(character, from);
    }

    private static int hexByte(Directive directive, String written) throws ConfException {
        int value = 0;
        for (int i = 0; i < written.length() && value <= 0xff; i++) {
            int digit = Character.digit(written.charAt(i), 16);
            value = digit < 0 ? 0x100 : value << 4 | digit;
        }
        if (written.isEmpty() || value > 0xff) {
            throw directive.error("invalid value \"" + written + "\"");
        }
        return value;
    }

    /** The charset that is appended to media types as it stands; {@code null} for none, and where {@link #recoding} says. */
    static String constant(Scope scope) throws ConfException {
        Template charset = scope.get(CHARSET);
        boolean isPlain = charset != null && charset.isConstant() && recoding(scope) == null;
        return isPlain && !charset.source().equals("off") ? charset.source() : null;
    }

    /** What has to be found out for each answer; {@code null} when there is nothing of the kind. */
    static Recoding recoding(Scope scope) throws ConfException {
        Template charset = scope.get(CHARSET);
        Template source = scope.get(SOURCE);
        if (charset == null || (charset.isConstant() && charset.source().equals("off"))) {
            return null;
        }
        boolean isKnown = charset.isConstant() && (source == null || source.isConstant());
        if (isKnown && (source == null || source.source().equals("off"))) {
            return null;
        }
        Map<String, CharsetTable> tables = scope.get(TABLES);
        if (isKnown && source.source().equalsIgnoreCase(charset.source())) {
            return null;
        }
        if (isKnown && !tables.containsKey(Recoding.key(source.source(), charset.source()))) {
            throw new ConfException("no \"charset_map\" between the charsets \"" + source.source() + "\" and \""
                    + charset.source() + "\"");
        }
        return new Recoding(charset, source, Map.copyOf(tables));
    }
}
