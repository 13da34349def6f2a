package pollux.server;

import pollux.buffer.BufferPool;
import pollux.buffer.IoBuffer;
import pollux.posix.OffHeap;

/**
 * A worker's pools of buffers, by use. An idle connection holds none; what is out at once is bounded by the number of
 * connections. A pool at its bound lends nothing ({@code null}), and the request is answered with 503.
 */
final class Buffers {
    /** Most request heads fit; the same size as most pages of memory. */
    static final int HEAD = 4 * 1024;

    /** A response head with whatever content fits behind it. */
    static final int OUTPUT = 32 * 1024;

    /** Content of requests, output of programs: a pipe's capacity on Linux. */
    static final int BULK = 64 * 1024;

    /** A large head, content on its way in, and a program's output: each may be out for one connection. */
    private static final int BULKS = 3;

    private static final int SPARE = 64;

    private final BufferPool heads;
    private final BufferPool outputs;
    private final BufferPool bulks;

    /**
     * Makes empty pools.
     *
     * @param connections how many connections there may be
     */
    Buffers(int connections) {
        heads = new BufferPool(OffHeap.SOURCE, HEAD, connections, SPARE);
        outputs = new BufferPool(OffHeap.SOURCE, OUTPUT, connections, SPARE);
        bulks = new BufferPool(OffHeap.SOURCE, BULK, BULKS * connections, SPARE);
    }

    /** Another number of connections holds from now on. */
    void bound(int connections) {
        heads.bound(connections);
        outputs.bound(connections);
        bulks.bound(BULKS * connections);
    }

    IoBuffer head() {
        return heads.lend();
    }

    /** A buffer for a head of up to {@code bytes}: from a pool where one is large enough, else made for the purpose. */
    IoBuffer headOf(int bytes) {
        if (bytes <= HEAD) {
            return heads.lend();
        }
        return bytes <= BULK ? bulks.lend() : OffHeap.SOURCE.allocate(bytes);
    }

    IoBuffer output() {
        return outputs.lend();
    }

    IoBuffer bulk() {
        return bulks.lend();
    }

    /** Frees what is spare. */
    void trim() {
        heads.trim();
        outputs.trim();
        bulks.trim();
    }
}
