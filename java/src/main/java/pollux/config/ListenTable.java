package pollux.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The addresses of all server blocks: who listens where, which is the default there, and which sockets that makes. */
final class ListenTable {
    private static final int ROOT_PORT = 80;
    private static final int USER_PORT = 8000;

    private final Map<String, Address> addresses = new LinkedHashMap<>();

    /** One address, and the server blocks behind it in file order. */
    private static final class Address {
        private Listen listen;
        private Scope defaultServer;
        private final List<Scope> servers = new ArrayList<>();

        Address(Listen listen, Scope first) {
            this.listen = listen;
            this.defaultServer = first;
        }
    }

    /** Notes a listen directive; {@code set} when it has options, which may be written once for each address. */
    void add(Scope server, Listen listen, boolean set, Directive directive) throws ConfException {
        Address address = addresses.get(listen.text());
        if (address == null) {
            address = new Address(listen, server);
            addresses.put(listen.text(), address);
        } else {
            merge(address, server, listen, set, directive);
        }
        address.servers.add(server);
    }

    private static void merge(Address address, Scope server, Listen listen, boolean set, Directive directive)
            throws ConfException {
        if (address.servers.contains(server)) {
            throw directive.error("a duplicate listen " + listen.text());
        }
        ListenOptions options = address.listen.options();
        if (set && options.explicit()) {
            throw directive.error("duplicate listen options for " + listen.text());
        }
        if (listen.defaultServer()) {
            if (address.listen.defaultServer()) {
                throw directive.error("a duplicate default server for " + listen.text());
            }
            address.defaultServer = server;
        }
        boolean isDefault = address.listen.defaultServer() || listen.defaultServer();
        // As in nginx, who says it anywhere says it for the address.
        boolean proxied = options.proxyProtocol() || listen.options().proxyProtocol();
        address.listen = address.listen.with(isDefault, (set ? listen.options() : options).withProxyProtocol(proxied));
    }

    /** What holds for a server block without a listen directive: only root may have port 80. */
    void addDefault(Scope server) throws ConfException {
        int port = System.getProperty("user.name", "").equals("root") ? ROOT_PORT : USER_PORT;
        Listen listen = new Listen(Listen.Kind.IPV4, "0.0.0.0", port, true, false, ListenOptions.DEFAULT);
        add(server, listen, false, new Directive("listen", List.of(), server.at()));
    }

    /** The addresses of one server block. */
    List<Listen> of(Scope server) {
        return addresses.values().stream()
                .filter(address -> address.servers.contains(server))
                .map(address -> address.listen)
                .toList();
    }

    /** The sockets to open. */
    List<ListenSocket> sockets(Map<Scope, ServerBlock> blocks, List<String> warnings) throws ConfException {
        for (Address address : addresses.values()) {
            refuseImpossibleNames(address);
        }
        List<ListenSocket> sockets = new ArrayList<>();
        for (Address address : addresses.values()) {
            if (coveredBy(address) != null) {
                continue;
            }
            List<VirtualHosts> hosts = new ArrayList<>();
            for (Address other : addresses.values()) {
                if (coveredBy(other) == address) {
                    hosts.add(hosts(other, blocks, warnings));
                }
            }
            hosts.add(hosts(address, blocks, warnings));
            sockets.add(new ListenSocket(address.listen, List.copyOf(hosts)));
        }
        return List.copyOf(sockets);
    }

    private static void refuseImpossibleNames(Address address) throws ConfException {
        for (Scope server : address.servers) {
            BlockDirectives.ImpossibleName name = server.own(BlockDirectives.IMPOSSIBLE_NAME);
            if (name != null && address.servers.size() > 1) {
                throw new ConfException("invalid server name or wildcard \"" + name.written() + "\" on "
                        + address.listen.text() + name.at());
            }
        }
    }

    /** The wildcard of the same family and port that takes an address's connections too, or {@code null}. */
    private Address coveredBy(Address address) {
        Listen listen = address.listen;
        if (listen.kind() == Listen.Kind.UNIX
                || listen.wildcard()
                || listen.options().explicit()) {
            return null;
        }
        for (Address other : addresses.values()) {
            Listen wide = other.listen;
            if (wide.wildcard() && wide.kind() == listen.kind() && wide.port() == listen.port()) {
                return other;
            }
        }
        return null;
    }

    private static VirtualHosts hosts(Address address, Map<Scope, ServerBlock> blocks, List<String> warnings) {
        List<ServerBlock> servers = address.servers.stream().map(blocks::get).toList();
        List<String> conflicts = new ArrayList<>();
        VirtualHosts hosts = new VirtualHosts(address.listen, blocks.get(address.defaultServer), servers, conflicts);
        if (servers.size() > 1) {
            for (String name : conflicts) {
                warnings.add("conflicting server name \"" + name + "\" on " + address.listen.text() + ", ignored");
            }
        }
        return hosts;
    }
}
