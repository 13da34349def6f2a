package pollux.posix;

import pollux.buffer.IoBuffer;

/**
 * What a child may use at most ({@code setrlimit}). {@link #NONE} leaves one as this process has it; none is raised above
 * the hard limit of this process.
 *
 * @param cpuSeconds processor time; then SIGXCPU, and a second later SIGKILL
 * @param addressSpace bytes of memory, mapped files included
 * @param descriptors open descriptors
 * @param processes processes and threads of the child's user in all; the superuser is not bound by it
 * @param fileSize bytes of any file it writes; then SIGXFSZ
 */
public record ResourceLimits(long cpuSeconds, long addressSpace, long descriptors, long processes, long fileSize) {
    /** No limit of its own. */
    public static final long NONE = -1;

    /** The number of them: {@code PX_LIMITS}. */
    static final int COUNT = 5;

    /** Lays them out for C behind what is already in the memory; their address. */
    long writeTo(IoBuffer memory) {
        int at = memory.end();
        memory.extend(COUNT * Long.BYTES);
        long[] values = {cpuSeconds, addressSpace, descriptors, processes, fileSize};
        for (int i = 0; i < COUNT; i++) {
            memory.setLong(at + i * Long.BYTES, values[i]);
        }
        return memory.address() + at;
    }
}
