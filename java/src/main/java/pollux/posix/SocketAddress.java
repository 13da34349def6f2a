package pollux.posix;

import pollux.buffer.IoBuffer;

/**
 * A socket address that C owns the layout of: memory for any family, filled by a literal, by {@code accept} or by
 * {@code getsockname}. Reused from call to call; not safe between threads.
 */
public final class SocketAddress {
    private final IoBuffer memory = OffHeap.SOURCE.allocate(LibPollux.px_sockaddr_size());
    private int length;

    /**
     * Sets an IPv4 or IPv6 address.
     *
     * @param host a literal without brackets
     * @param port 0 to 65535
     * @return 0 or {@code -errno}
     */
    public int setInet(String host, int port) {
        long text = Scratch.string(Scratch.memory(), host);
        return text == 0 ? -Errno.EINVAL : set(LibPollux.px_sockaddr_inet(memory.address(), text, port));
    }

    /** Sets the path of a Unix socket; 0 or {@code -errno}. */
    public int setUnix(String path) {
        long text = Scratch.string(Scratch.memory(), path);
        return text == 0 ? -Errno.EINVAL : set(LibPollux.px_sockaddr_unix(memory.address(), text));
    }

    private int set(int answer) {
        length = Math.max(answer, 0);
        return Math.min(answer, 0);
    }

    long address() {
        return memory.address();
    }

    int length() {
        return length;
    }

    /** The family as {@code socket} wants it. */
    public int domain() {
        return LibPollux.px_sockaddr_family(memory.address());
    }

    /** The port, 0 to 65535; 0 for a Unix socket. */
    public int port() {
        return LibPollux.px_sockaddr_port(memory.address());
    }

    /** The numeric host without brackets, or the path of a Unix socket (often empty for the side that connected). */
    public String host() {
        IoBuffer text = Scratch.memory();
        int count = LibPollux.px_sockaddr_host(memory.address(), text.address(), text.capacity());
        return count <= 0 ? "" : text.string(0, count);
    }

    /** Frees the memory. */
    public void release() {
        memory.release();
    }
}
