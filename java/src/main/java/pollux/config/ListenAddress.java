package pollux.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** The address of a {@code listen} directive, in all of nginx's forms. */
final class ListenAddress {
    /** Addresses without a port listen here. */
    private static final int DEFAULT_PORT = 80;

    private static final int MAX_PORT = 65535;

    /** {@code sun_path} holds so many bytes and a NUL on the platform that has least (macOS: 104). */
    private static final int MAX_UNIX_PATH = 103;

    private final Scope scope;
    private final Directive directive;
    private final String text;

    private ListenAddress(Scope scope, Directive directive) {
        this.scope = scope;
        this.directive = directive;
        this.text = directive.arg(0);
    }

    /** Every address that the first argument stands for: several for a name, or for a range of ports. */
    static List<Listen> parse(Scope scope, Directive directive) throws ConfException {
        return new ListenAddress(scope, directive).run();
    }

    private List<Listen> run() throws ConfException {
        if (text.startsWith("unix:")) {
            return List.of(unix(text.substring("unix:".length())));
        }
        if (text.indexOf('/') >= 0 || text.indexOf('?') >= 0) {
            throw refuse("invalid host");
        }
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            if (close < 0) {
                throw refuse("invalid host");
            }
            if (close == 1) {
                throw refuse("no host");
            }
            if (close + 1 < text.length() && text.charAt(close + 1) != ':') {
                throw refuse("invalid host");
            }
            Ports ports = ports(text.substring(close + 1));
            return ports.on(List.of(ipv6(text.substring(1, close))));
        }
        int colon = text.indexOf(':');
        if (colon < 0 && isPort(text)) {
            return ports(":" + text).on(List.of(wildcard()));
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        // First the port: a name is not looked up for an address that is none.
        Ports ports = ports(colon < 0 ? "" : text.substring(colon));
        return ports.on(resolve(host));
    }

    private Listen unix(String written) throws ConfException {
        if (written.isEmpty()) {
            throw refuse("no path in the unix domain socket");
        }
        String path = scope.loading().path(written);
        if (path.length() > MAX_UNIX_PATH) {
            throw refuse("too long path in the unix domain socket");
        }
        return address(Listen.Kind.UNIX, path, false);
    }

    private Listen ipv6(String host) throws ConfException {
        try {
            if (!isShapedAsIpv6(host)) {
                throw refuse("invalid IPv6 address");
            }
            return literal(InetAddress.getByName(host), true);
        } catch (UnknownHostException e) {
            throw refuse("invalid IPv6 address");
        }
    }

    /** The 16 bytes of a numeric IPv6 address, or {@code null}. */
    static byte[] ipv6Bytes(String text) {
        if (!isShapedAsIpv6(text)) {
            return null;
        }
        try {
            byte[] bytes = InetAddress.getByName(text).getAddress();
            if (bytes.length == 16) {
                return bytes;
            }
            // The JDK turns ::ffff:1.2.3.4 into the IPv4 address it stands for.
            byte[] mapped = new byte[16];
            mapped[10] = -1;
            mapped[11] = -1;
            System.arraycopy(bytes, 0, mapped, 12, 4);
            return mapped;
        } catch (UnknownHostException notNumeric) {
            return null;
        }
    }

    private static boolean isShapedAsIpv6(String text) {
        return text.indexOf(':') >= 0
                && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
    }

    private List<Listen> resolve(String host) throws ConfException {
        if (host.isEmpty()) {
            throw refuse("no host");
        }
        if (host.equals("*")) {
            return List.of(wildcard());
        }
        List<Listen> found = new ArrayList<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                found.add(literal(address, false));
            }
        } catch (UnknownHostException e) {
            throw refuse("host not found");
        }
        return found;
    }

    /** The first address of a name, or of a literal; {@code null} when there is none. */
    static Listen lookUp(String host, int port) {
        try {
            Listen found = literal(InetAddress.getByName(host), false);
            return new Listen(found.kind(), found.host(), port, false, false, ListenOptions.DEFAULT);
        } catch (UnknownHostException unknown) {
            return null;
        }
    }

    private static Listen wildcard() {
        return address(Listen.Kind.IPV4, "0.0.0.0", true);
    }

    private static Listen literal(InetAddress found, boolean writtenAsIpv6) {
        byte[] bytes = found.getAddress();
        if (found instanceof Inet6Address) {
            return address(Listen.Kind.IPV6, Ipv6Text.of(bytes), found.isAnyLocalAddress());
        }
        // The JDK turns ::ffff:1.2.3.4 into the IPv4 address it stands for.
        return writtenAsIpv6
                ? address(Listen.Kind.IPV6, "::ffff:" + found.getHostAddress(), false)
                : address(Listen.Kind.IPV4, found.getHostAddress(), found.isAnyLocalAddress());
    }

    private static Listen address(Listen.Kind kind, String host, boolean wildcard) {
        return new Listen(kind, host, 0, wildcard, false, ListenOptions.DEFAULT);
    }

    private static boolean isPort(String text) {
        int dash = text.indexOf('-');
        String first = dash < 0 ? text : text.substring(0, dash);
        return Values.number(first) != Values.INVALID
                && (dash < 0 || Values.number(text.substring(dash + 1)) != Values.INVALID);
    }

    /** {@code rest} is empty, {@code :port} or {@code :first-last}. */
    private Ports ports(String rest) throws ConfException {
        int first = DEFAULT_PORT;
        int last = DEFAULT_PORT;
        if (!rest.isEmpty()) {
            int dash = rest.indexOf('-');
            first = rest.startsWith(":") ? port(rest.substring(1, dash < 0 ? rest.length() : dash)) : -1;
            last = dash < 0 ? first : port(rest.substring(dash + 1));
        }
        if (first < 0 || last < 0) {
            throw refuse("invalid port");
        }
        if (last < first) {
            throw refuse("invalid port range");
        }
        return new Ports(first, last);
    }

    /** The ports from {@code first} to {@code last}. */
    private record Ports(int first, int last) {
        /** Every port on every host. */
        List<Listen> on(List<Listen> hosts) {
            List<Listen> all = new ArrayList<>();
            for (Listen host : hosts) {
                for (int port = first; port <= last; port++) {
                    all.add(new Listen(host.kind(), host.host(), port, host.wildcard(), false, host.options()));
                }
            }
            return all;
        }
    }

    private static int port(String digits) {
        return (int) Values.number(digits, 1, MAX_PORT);
    }

    private ConfException refuse(String reason) {
        return directive.error(reason + " in \"" + text + "\" of the \"listen\" directive");
    }
}
