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
    private Boolean keepAlive;

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
                    }
                });
    }

    private ListenOptions build() {
        return new ListenOptions(set, backlog, receiveBuffer, sendBuffer, reusePort, ipv6Only, keepAlive);
    }

    private void read(String parameter) throws ConfException {
        String value = parameter.substring(parameter.indexOf('=') + 1);
        switch (parameter.indexOf('=') < 0 ? parameter : parameter.substring(0, parameter.length() - value.length())) {
            case "default_server", "default" -> {
                isDefault = true;
                return;
            }
            case "bind" -> {}
            case "deferred" -> {}
            case "reuseport" -> reusePort = true;
            case "backlog=" -> backlog = readBacklog(parameter, value);
            case "rcvbuf=" -> receiveBuffer = readBuffer("invalid rcvbuf", parameter, value);
            case "sndbuf=" -> sendBuffer = readBuffer("invalid sndbuf", parameter, value);
            case "ipv6only=" -> ipv6Only = readSwitch("invalid parameter \"" + parameter + "\"", value);
            case "so_keepalive=" -> keepAlive = readSwitch("invalid so_keepalive value: \"" + value + "\"", value);
            case "ssl", "http2", "quic", "spdy", "proxy_protocol", "fastopen=", "setfib=", "accept_filter=" ->
                throw directive.lacking("parameter \"" + parameter + "\" of \"listen\"");
            default -> throw directive.error("invalid parameter \"" + parameter + "\"");
        }
        set = true;
    }

    private int readBacklog(String parameter, String value) throws ConfException {
        long parsed = value.equals("-1") ? -1 : Values.number(value, 1, Integer.MAX_VALUE);
        if (parsed == Values.INVALID && !value.equals("-1")) {
            throw directive.error("invalid backlog \"" + parameter + "\"");
        }
        return (int) parsed;
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
