package pollux.server;

import java.util.HashMap;
import java.util.Map;
import pollux.config.ListenSocket;
import pollux.posix.Files;
import pollux.posix.PosixException;
import pollux.posix.Sockets;

/**
 * The Unix sockets that workers listen on together: a path has one socket behind it, so each worker gets a descriptor of the
 * same one. The file goes away with the last of them. The only thing about listening that workers share, hence the lock;
 * nothing comes here while requests are answered.
 */
final class UnixSockets {
    private final Map<String, Shared> byPath = new HashMap<>();

    /** A socket that listens: a descriptor that is never watched, only copied. */
    private static final class Shared {
        private final int fd;
        private int users;

        Shared(int fd) {
            this.fd = fd;
        }
    }

    /**
     * A descriptor of the socket of a path, which is bound for the first who asks.
     *
     * @return the caller's own, to be closed beside a call of {@link #release}
     * @throws PosixException when the path cannot be had
     */
    synchronized int open(ListenSocket socket) {
        String path = socket.listen().host();
        Shared shared = byPath.get(path);
        if (shared == null) {
            shared = new Shared(Listener.bind(socket, false));
            byPath.put(path, shared);
        }
        shared.users++;
        int copy = Sockets.duplicate(shared.fd);
        if (copy < 0) {
            release(path);
        }
        return PosixException.check(copy, "dup() of the socket of " + path);
    }

    /** One who listened there does so no more. */
    synchronized void release(String path) {
        Shared shared = byPath.get(path);
        shared.users--;
        if (shared.users == 0) {
            byPath.remove(path);
            Files.close(shared.fd);
            Files.unlink(path);
        }
    }
}
