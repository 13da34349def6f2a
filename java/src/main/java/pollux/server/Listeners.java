package pollux.server;

import java.util.ArrayList;
import java.util.List;
import pollux.config.ListenSocket;
import pollux.posix.Arena;
import pollux.posix.PosixException;

/** What a worker listens on: copies of the process's {@link ListeningSockets}, each with the configuration of its address. */
final class Listeners {
    private final Worker worker;
    private final ListeningSockets sockets;
    private List<Listener> all = new ArrayList<>();

    Listeners(Worker worker, ListeningSockets sockets) {
        this.worker = worker;
        this.sockets = sockets;
    }

    /**
     * Listens on these addresses, on no other ones: addresses that stay keep their sockets.
     *
     * @param number the worker's, of so many {@code workers}
     * @throws PosixException when there are no descriptors left, or no memory to watch them; everything is as before then
     */
    void apply(List<ListenSocket> wanted, int number, int workers) {
        List<Listener> next = new ArrayList<>();
        List<Listener> opened = new ArrayList<>();
        List<ListenSocket> kept = new ArrayList<>();
        try {
            for (ListenSocket socket : wanted) {
                for (int index : sockets.of(socket.listen(), number, workers)) {
                    Listener listener = find(socket, index);
                    if (listener == null) {
                        listener = new Arena().make(() -> new Listener(worker, sockets, socket, index));
                        opened.add(listener);
                        listener.start();
                    }
                    next.add(listener);
                    kept.add(socket);
                }
            }
        } catch (RuntimeException | Error refused) {
            opened.forEach(Listener::close);
            throw refused;
        }
        for (Listener listener : all) {
            if (!next.contains(listener)) {
                if (!isAmong(wanted, listener.socket())) {
                    listener.acceptWaiting();
                }
                listener.close();
            }
        }
        for (int i = 0; i < next.size(); i++) {
            next.get(i).socket(kept.get(i));
        }
        all = next;
    }

    private Listener find(ListenSocket socket, int index) {
        for (Listener listener : all) {
            if (listener.index() == index && isSame(listener.socket(), socket)) {
                return listener;
            }
        }
        return null;
    }

    private static boolean isAmong(List<ListenSocket> sockets, ListenSocket wanted) {
        return sockets.stream().anyMatch(socket -> isSame(socket, wanted));
    }

    private static boolean isSame(ListenSocket one, ListenSocket other) {
        return one.listen().text().equals(other.listen().text());
    }

    /** There is room for connections again. */
    void resume() {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).resume();
        }
    }

    /** Takes in every client that waits already: for whom nobody else might. */
    void acceptWaiting() {
        all.forEach(Listener::acceptWaiting);
    }

    /** Accepts no more. */
    void close() {
        all.forEach(Listener::close);
        all = List.of();
    }
}
