package pollux.config;

import java.util.List;

/** {@code listen}: the row, and the parameters behind the address. */
final class ListenDirective {
    private final Directive directive;
    private boolean set;
    private boolean isDefault;
    private int backlog = ListenOptions.DEFAULT_BACKLOG;
    private int receiveBuffer = -1;
    private int sendBuffer = -1;
    private boolean reusePort;
    private boolean ipv6Only = true;
    private ListenOptions.KeepAlive keepAlive;
    private boolean deferred;
    private int fastOpen = -1;
    private boolean proxyProtocol;

    private ListenDirective(Directive directive) {
        this.directive = directive;
    }

    static void addTo(DirectiveTable.Rows rows) {
        rows.nginx(
                "listen",
                Context.ONLY_SERVER,
                Arity.AT_LEAST_ONE,
                "*:80",
                "An address to listen on: port, address:port, [ipv6]:port, name:port or unix:path; and its options.",
                (scope, directive, parser) -> {
                    List<Listen> addresses = ListenAddress.parse(scope, directive);
                    ListenDirective options = new ListenDirective(directive);
                    for (String parameter : directive.args().subList(1, directive.count())) {
                        options.read(parameter);
                    }
                    for (Listen address : addresses) {
                        Listen listen = address.with(options.isDefault, options.build());
                        scope.loading().listens().add(scope, listen, options.set, directive);
                        if (scope.loading().origins() != null) {
                            scope.loading().origins().listens(scope, listen, directive);
                        }
                    }
                });
    }

    private ListenOptions build() {
        return new ListenOptions(
                set,
                backlog,
                receiveBuffer,
                sendBuffer,
                reusePort,
                ipv6Only,
                keepAlive,
                deferred,
                fastOpen,
                proxyProtocol);
    }

    private void read(String parameter) throws ConfException {
        String value = parameter.substring(parameter.indexOf('=') + 1);
        switch (parameter.indexOf('=') < 0 ? parameter : parameter.substring(0, parameter.length() - value.length())) {
            case "default_server", "default" -> {
                isDefault = true;
                return;
            }
            case "proxy_protocol" -> {
                // No option of the socket: it may be written once more, and needs no socket of its own.
                proxyProtocol = true;
                return;
            }
            case "bind" -> {}
            case "deferred" -> deferred = true;
            case "reuseport" -> reusePort = true;
            case "backlog=" -> backlog = readBacklog(parameter, value);
            case "rcvbuf=" -> receiveBuffer = readBuffer("invalid rcvbuf", parameter, value);
            case "sndbuf=" -> sendBuffer = readBuffer("invalid sndbuf", parameter, value);
            case "ipv6only=" -> ipv6Only = readSwitch("invalid parameter \"" + parameter + "\"", value);
            case "so_keepalive=" -> keepAlive = readKeepAlive(value);
            case "fastopen=" -> fastOpen = readFastOpen(parameter, value);
            case "accept_filter=" ->
                throw directive.error(
                        "accept filters \"" + parameter + "\" are not supported on this platform, ignored");
            case "ssl", "http2", "quic" -> throw directive.lacking("parameter \"" + parameter + "\" of \"listen\"");
            default -> throw directive.error("invalid parameter \"" + parameter + "\"");
        }
        set = true;
    }

    private int readBacklog(String parameter, String value) throws ConfException {
        long parsed = Values.number(value, 1, Integer.MAX_VALUE);
        if (parsed == Values.INVALID) {
            throw directive.error("invalid backlog \"" + parameter + "\"");
        }
        return (int) parsed;
    }

    private int readFastOpen(String parameter, String value) throws ConfException {
        long queue = Values.number(value, 0, Integer.MAX_VALUE);
        if (queue == Values.INVALID) {
            throw directive.error("invalid fastopen \"" + parameter + "\"");
        }
        return (int) queue;
    }

    /** {@code on}, {@code off} or {@code [idle]:[interval]:[probes]}, one of them at least. */
    private ListenOptions.KeepAlive readKeepAlive(String value) throws ConfException {
        if (value.equals("on") || value.equals("off")) {
            return new ListenOptions.KeepAlive(value.equals("on"), 0, 0, 0);
        }
        String[] parts = value.split(":", 3);
        long idle = parts[0].isEmpty() ? 0 : Values.seconds(parts[0]);
        long interval = parts.length < 2 || parts[1].isEmpty() ? 0 : Values.seconds(parts[1]);
        long probes = parts.length < 3 || parts[2].isEmpty() ? 0 : Values.number(parts[2]);
        long largest = Math.max(idle, Math.max(interval, probes));
        if (idle < 0 || interval < 0 || probes < 0 || largest == 0 || largest > Integer.MAX_VALUE) {
            throw directive.error("invalid so_keepalive value: \"" + value + "\"");
        }
        return new ListenOptions.KeepAlive(true, (int) idle, (int) interval, (int) probes);
    }

    private int readBuffer(String complaint, String parameter, String value) throws ConfException {
        long size = Values.size(value);
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw directive.error(complaint + " \"" + parameter + "\"");
        }
        return (int) size;
    }

    private boolean readSwitch(String complaint, String value) throws ConfException {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw directive.error(complaint);
        };
    }
}
