package pollux.config;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who may come where: rows, and the record they fill. */
final class AccessDirectives {
    private static final Set<Context> ALSO_LIMITED =
            EnumSet.of(Context.HTTP, Context.SERVER, Context.LOCATION, Context.LIMIT_EXCEPT);

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private static final Key<List<AccessRules.Rule>> RULES = new Key<>(null);
    private static final Key<Satisfy> SATISFY = new Key<>(Satisfy.ALL);
    private static final Key<Template> REALM = new Key<>(null);
    private static final Key<Template> USER_FILE = new Key<>(null);

    private enum Satisfy {
        ALL,
        ANY
    }

    private AccessDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.nginx(
                "allow",
                ALSO_LIMITED,
                Arity.ONE,
                "",
                "Lets clients in: an address, a network (address/bits), unix: or all. The first rule that fits decides.",
                (scope, directive, parser) -> scope.add(RULES, readRule(scope, directive, false)));
        rows.nginx(
                "deny",
                ALSO_LIMITED,
                Arity.ONE,
                "",
                "Keeps clients out (403): an address, a network (address/bits), unix: or all.",
                (scope, directive, parser) -> scope.add(RULES, readRule(scope, directive, true)));
        rows.nginx(
                "satisfy",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "all",
                "Whether address and password must both be good (all), or one of them (any).",
                Setters.choice(SATISFY, Satisfy.class));
        rows.nginx(
                "auth_basic",
                ALSO_LIMITED,
                Arity.ONE,
                "off",
                "What a password is asked for by the Basic scheme; off for none.",
                Setters.once(
                        REALM, (scope, directive) -> TemplateCompiler.compile(scope, directive, directive.arg(0))));
        rows.nginx(
                "auth_basic_user_file",
                ALSO_LIMITED,
                Arity.ONE,
                "",
                "The file with a name:password a line: {SHA}, {SSHA}, {PLAIN}, $apr1$, $1$, $5$ and $6$.",
                Setters.once(USER_FILE, AccessDirectives::readUserFile));
    }

    private static Template readUserFile(Scope scope, Directive directive) throws ConfException {
        return TemplateCompiler.compileBesideFile(scope, directive, directive.arg(0));
    }

    private static AccessRules.Rule readRule(Scope scope, Directive directive, boolean denies) throws ConfException {
        String written = directive.arg(0);
        if (written.equals("all")) {
            return new AccessRules.Rule(written, denies, null, 0);
        }
        if (written.equals("unix:")) {
            return new AccessRules.Rule(written, denies, new byte[0], 0);
        }
        AccessRules.Rule rule = network(scope, directive, denies);
        if (rule == null) {
            throw directive.error("invalid parameter \"" + written + "\"");
        }
        return rule;
    }

    /** A rule about the network that a directive's argument is, or {@code null} when it is none. */
    static AccessRules.Rule network(Scope scope, Directive directive, boolean denies) {
        String written = directive.arg(0);
        int slash = written.indexOf('/');
        byte[] address = address(slash < 0 ? written : written.substring(0, slash));
        int whole = address == null || address.length == 4 ? IPV4_BITS : IPV6_BITS;
        long bits = slash < 0 ? whole : Values.number(written.substring(slash + 1), 0, whole);
        if (address == null || bits == Values.INVALID) {
            return null;
        }
        if (hasMoreThan((int) bits, address)) {
            scope.loading().warn("low address bits of " + written + " are meaningless" + directive.at());
        }
        return new AccessRules.Rule(written, denies, address, (int) bits);
    }

    private static boolean hasMoreThan(int bits, byte[] network) {
        for (int i = bits; i < network.length * 8; i++) {
            if ((network[i / 8] & 0x80 >> i % 8) != 0) {
                return true;
            }
        }
        return false;
    }

    /** The bytes of a numeric address, or {@code null}. */
    private static byte[] address(String text) {
        return text.indexOf(':') >= 0 ? ListenAddress.ipv6Bytes(text) : ipv4(text);
    }

    private static byte[] ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] bytes = new byte[4];
        for (int i = 0; i < parts.length; i++) {
            long value = Values.number(parts[i], 0, 255);
            if (parts.length != 4 || value == Values.INVALID) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    /** What holds at a level; {@code null} when everybody may come. */
    static AccessSettings settings(Scope scope) {
        AccessRules rules = rules(scope.get(RULES));
        Template file = scope.get(USER_FILE);
        Template realm = file == null ? null : scope.get(REALM);
        if (realm != null && realm.isConstant() && realm.source().equals("off")) {
            realm = null;
        }
        boolean open = rules == null && realm == null;
        return open
                ? null
                : new AccessSettings(scope.get(SATISFY) == Satisfy.ANY, rules, realm, realm == null ? null : file);
    }

    private static AccessRules rules(List<AccessRules.Rule> written) {
        return written == null ? null : new AccessRules(List.copyOf(written));
    }

    /** Whether a block of {@code limit_except} keeps everybody out. */
    static boolean deniesEverybody(Scope block) {
        AccessRules rules = rules(block.own(RULES));
        return rules != null && rules.deniesEverybody();
    }
}
