package pollux.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The server blocks behind one address, and the choice among them by host. nginx's order: the exact name, the longest
 * {@code *.suffix}, the longest {@code prefix.*}, the first expression in file order, the default server. See nginx's
 * "Server names".
 */
public final class VirtualHosts {
    private final Listen listen;
    private final ServerBlock defaultServer;
    private final Map<String, ServerBlock> exact = new HashMap<>();
    private final Map<String, ServerBlock> leading = new HashMap<>();
    private final Map<String, ServerBlock> trailing = new HashMap<>();
    private final List<Expression> expressions = new ArrayList<>();

    private record Expression(Regex regex, ServerBlock server) {}

    /** Servers in file order; {@code conflicts} gets the names that an earlier server already has. */
    VirtualHosts(Listen listen, ServerBlock defaultServer, List<ServerBlock> servers, List<String> conflicts) {
        this.listen = listen;
        this.defaultServer = defaultServer;
        for (ServerBlock server : servers) {
            for (ServerName name : server.names()) {
                add(name, server, conflicts);
            }
        }
    }

    private void add(ServerName name, ServerBlock server, List<String> conflicts) {
        String text = name.text();
        boolean isNew =
                switch (name.kind()) {
                    case EXACT -> exact.putIfAbsent(text, server) == null;
                    case LEADING_WILDCARD -> leading.putIfAbsent(text, server) == null;
                    case TRAILING_WILDCARD -> trailing.putIfAbsent(text, server) == null;
                    case NAME_AND_BELOW -> addNameAndBelow(text, server);
                    case REGEX -> expressions.add(new Expression(name.regex(), server));
                };
        if (!isNew) {
            conflicts.add(
                    switch (name.kind()) {
                        case LEADING_WILDCARD -> "*." + text;
                        case TRAILING_WILDCARD -> text + ".*";
                        case NAME_AND_BELOW -> "." + text;
                        default -> text;
                    });
        }
    }

    /** Both are tried, even when the first is taken: {@code .x} beside {@code x} still answers below it. */
    private boolean addNameAndBelow(String text, ServerBlock server) {
        boolean newName = exact.putIfAbsent(text, server) == null;
        boolean newBelow = leading.putIfAbsent(text, server) == null;
        return newName && newBelow;
    }

    /** The address. */
    public Listen listen() {
        return listen;
    }

    /** The server block for requests without a host, or with one that nobody claims. */
    public ServerBlock defaultServer() {
        return defaultServer;
    }

    /**
     * The server block for a host.
     *
     * @param host without port and final dot, lower-case; empty or {@code null} when the request names none
     * @return the block; {@code null} when an expression gave up (see {@link Regex#find}), which is a 500
     */
    public ServerBlock find(String host) {
        if (host == null) {
            return defaultServer;
        }
        ServerBlock found = exact.get(host);
        if (found == null && !leading.isEmpty()) {
            found = findLeading(host);
        }
        if (found == null && !trailing.isEmpty()) {
            found = findTrailing(host);
        }
        return found != null ? found : findExpression(host);
    }

    /**
     * Whether a name or a wildcard claims a host, so that no expression was asked: then nothing was captured.
     *
     * @param host as for {@link #find}
     */
    public boolean isNamed(String host) {
        return exact.containsKey(host) || findLeading(host) != null || findTrailing(host) != null;
    }

    /**
     * What of a server block claims a host in {@link #find}.
     *
     * @param host as for {@link #find}
     * @return {@code EXACT}, {@code LEADING_WILDCARD}, {@code TRAILING_WILDCARD} or {@code REGEX}; {@code null} when nobody
     *     claims it, so that the default server answers
     */
    public ServerName.Kind claim(String host) {
        if (host == null) {
            return null;
        }
        if (exact.containsKey(host)) {
            return ServerName.Kind.EXACT;
        }
        if (findLeading(host) != null) {
            return ServerName.Kind.LEADING_WILDCARD;
        }
        if (findTrailing(host) != null) {
            return ServerName.Kind.TRAILING_WILDCARD;
        }
        return host.isEmpty()
                        || expressions.stream().noneMatch(each -> each.regex().find(host) != null)
                ? null
                : ServerName.Kind.REGEX;
    }

    private ServerBlock findLeading(String host) {
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            ServerBlock found = leading.get(host.substring(dot + 1));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private ServerBlock findTrailing(String host) {
        for (int dot = host.lastIndexOf('.'); dot > 0; dot = host.lastIndexOf('.', dot - 1)) {
            ServerBlock found = trailing.get(host.substring(0, dot));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private ServerBlock findExpression(String host) {
        if (host.isEmpty()) {
            return defaultServer;
        }
        for (int i = 0; i < expressions.size(); i++) {
            Captures captures = expressions.get(i).regex().find(host);
            if (captures != null) {
                return captures.failed() ? null : expressions.get(i).server();
            }
        }
        return defaultServer;
    }
}
