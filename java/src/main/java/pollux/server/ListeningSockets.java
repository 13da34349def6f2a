package pollux.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import pollux.config.Listen;
import pollux.config.ListenSocket;
import pollux.posix.Files;
import pollux.posix.PosixException;
import pollux.posix.SocketAddress;
import pollux.posix.Sockets;

/**
 * The sockets that the process listens on, by address. They are the process's and not a worker's: a worker watches copies of
 * descriptors, so that whatever becomes of it, the clients that wait in a socket's queue are there for the next who accepts.
 * A TCP address has a socket for each worker ({@code SO_REUSEPORT}), so that workers do not wake each other, and those that
 * there were for more workers are watched by all; a Unix socket's path has one. Nothing comes here while requests are
 * answered, hence the one lock.
 */
final class ListeningSockets {
    private final Map<String, Address> byName = new LinkedHashMap<>();
    private final Map<String, List<Integer>> inherited = new HashMap<>();
    private final BooleanSupplier othersListen;

    /** Files of Unix sockets that another process may listen behind, which can be told when no copy is open here. */
    private final List<String> shared = new ArrayList<>();

    /**
     * Makes an empty set.
     *
     * @param othersListen whether another process listens on the same sockets: the files of Unix sockets are its as well
     */
    ListeningSockets(BooleanSupplier othersListen) {
        this.othersListen = othersListen;
    }

    /** The sockets of an address. */
    private static final class Address {
        private final Listen listen;
        private final List<Integer> sockets = new ArrayList<>();
        private int copies;
        private boolean wanted = true;

        Address(Listen listen) {
            this.listen = listen;
        }

        private boolean isUnix() {
            return listen.kind() == Listen.Kind.UNIX;
        }
    }

    private void close(Address address) {
        address.sockets.forEach(Files::close);
        address.sockets.clear();
        if (address.isUnix() && !othersListen.getAsBoolean()) {
            Files.unlink(address.listen.host());
        } else if (address.isUnix()) {
            shared.add(address.listen.host());
        }
    }

    /**
     * Takes sockets of another process over, for the addresses that they are bound to.
     *
     * @throws PosixException when it cannot be told what one of them is bound to: who waits in its queue would be lost
     */
    synchronized void inherit(List<Integer> sockets) {
        SocketAddress address = new SocketAddress();
        try {
            for (int fd : sockets) {
                PosixException.check(Sockets.localAddress(fd, address), "getsockname() of an inherited socket");
                inherited
                        .computeIfAbsent(SocketBinder.name(address), name -> new ArrayList<>())
                        .add(fd);
            }
        } finally {
            address.release();
        }
    }

    /** What was inherited for addresses that the configuration does not name any more is closed. */
    synchronized void dropInherited() {
        inherited.values().forEach(sockets -> sockets.forEach(Files::close));
        inherited.clear();
    }

    /** The descriptors of all sockets, for another process to inherit. */
    synchronized List<Integer> all() {
        List<Integer> all = new ArrayList<>();
        byName.values().forEach(address -> all.addAll(address.sockets));
        return all;
    }

    /**
     * Binds what a configuration wants and is not there yet, for so many workers. Where there can be no socket for each of
     * them, because the process may not bind the address any more, they share what there is.
     *
     * @throws PosixException when an address cannot be had; nothing has changed then
     */
    synchronized void open(Collection<ListenSocket> sockets, int workers) {
        List<Address> fresh = new ArrayList<>();
        try {
            for (ListenSocket socket : sockets) {
                if (!byName.containsKey(socket.listen().text())) {
                    Address address = new Address(socket.listen());
                    List<Integer> own = inherited.remove(SocketBinder.name(socket.listen()));
                    address.sockets.addAll(own != null ? own : List.of(SocketBinder.bind(socket, workers > 1)));
                    byName.put(socket.listen().text(), address);
                    fresh.add(address);
                }
            }
        } catch (RuntimeException | Error refused) {
            for (Address address : fresh) {
                byName.remove(address.listen.text());
                close(address);
            }
            throw refused;
        }
        for (ListenSocket socket : sockets) {
            widen(byName.get(socket.listen().text()), socket, workers);
        }
    }

    private static void widen(Address address, ListenSocket socket, int workers) {
        if (address.isUnix() || address.sockets.size() >= workers) {
            return;
        }
        // Those before must allow it too, and may have been alone until now.
        address.sockets.forEach(Sockets::reusePort);
        try {
            while (address.sockets.size() < workers) {
                address.sockets.add(SocketBinder.bind(socket, true));
            }
        } catch (PosixException refused) {
            // A port below 1024 whose superuser has become somebody else: workers share what there is.
            return;
        }
    }

    /** What is not among these is closed: now, or when the last of its copies is. */
    synchronized void keep(Collection<ListenSocket> sockets) {
        Set<String> names = new HashSet<>();
        sockets.forEach(socket -> names.add(socket.listen().text()));
        for (Iterator<Address> all = byName.values().iterator(); all.hasNext(); ) {
            Address address = all.next();
            address.wanted = names.contains(address.listen.text());
            if (!address.wanted && address.copies == 0) {
                close(address);
                all.remove();
            }
        }
    }

    /**
     * Which sockets of an address a worker watches: its own; those that have lost their worker; and all, when it has none of
     * its own.
     *
     * @param number the worker, from 0 on
     * @param workers how many there are
     */
    synchronized List<Integer> of(Listen listen, int number, int workers) {
        List<Integer> numbers = new ArrayList<>();
        int count = byName.get(listen.text()).sockets.size();
        for (int i = 0; i < count; i++) {
            if (i == number || i >= workers || number >= count) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    /**
     * A descriptor of a socket.
     *
     * @return the caller's own, to be closed beside a call of {@link #release}
     * @throws PosixException when there is no descriptor left
     */
    synchronized int copy(Listen listen, int number) {
        Address address = byName.get(listen.text());
        int copy = PosixException.check(
                Sockets.duplicate(address.sockets.get(number)), "dup() of the socket of " + listen.text());
        address.copies++;
        return copy;
    }

    /** A copy has been closed. */
    synchronized void release(Listen listen) {
        Address address = byName.get(listen.text());
        if (address == null) {
            return;
        }
        address.copies--;
        if (!address.wanted && address.copies == 0) {
            byName.remove(listen.text());
            close(address);
        }
    }

    /** Closes them all; the files of Unix sockets that nobody else listens behind go away. */
    synchronized void close() {
        byName.values().forEach(this::close);
        byName.clear();
        shared.forEach(SocketBinder::removeAbandoned);
        shared.clear();
    }
}
