package pollux.bench;

import pollux.posix.Errno;
import pollux.posix.Files;
import pollux.posix.SocketAddress;
import pollux.posix.Sockets;

/**
 * Two connected TCP sockets of this machine; the caller owns both descriptors.
 *
 * @param one the accepted end
 * @param other the end that connected
 */
record Connected(int one, int other) {
    /** Makes pairs, by a listener of its own. */
    static final class Maker implements AutoCloseable {
        private final SocketAddress address = new SocketAddress();
        private final int listener;

        Maker() {
            check(address.setInet("127.0.0.1", 0));
            listener = check(Sockets.stream(address));
            check(Sockets.bind(listener, address));
            check(Sockets.listen(listener, 128));
            check(Sockets.localAddress(listener, address));
            check(address.setInet("127.0.0.1", address.port()));
        }

        /** Connects, and accepts. */
        Connected pair() {
            int client = check(Sockets.stream(address));
            int pending = Sockets.connect(client, address);
            SocketAddress peer = new SocketAddress();
            int accepted = Sockets.accept(listener, peer);
            while (accepted == -Errno.EAGAIN) {
                Thread.onSpinWait();
                accepted = Sockets.accept(listener, peer);
            }
            peer.release();
            if (accepted < 0) {
                throw new IllegalStateException("connect " + pending + ", accept " + Errno.describe(-accepted));
            }
            Sockets.noDelay(accepted);
            Sockets.noDelay(client);
            return new Connected(accepted, client);
        }

        private static int check(int answer) {
            if (answer < 0) {
                throw new IllegalStateException("no sockets " + Errno.describe(-answer));
            }
            return answer;
        }

        @Override
        public void close() {
            Files.close(listener);
            address.release();
        }
    }
}
