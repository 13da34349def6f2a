package pollux.posix;

import pollux.buffer.IoBuffer;

/** An open directory, read name by name; {@code .} and {@code ..} are left out. Whoever opened it closes it. */
public final class Directory implements AutoCloseable {
    private static final int NAME_BYTES = 1024;

    private long handle;
    private int problem;

    /**
     * Opens a directory.
     *
     * @return 0 or {@code -errno}
     */
    public int open(String path) {
        long address = Scratch.string(Scratch.memory(), path);
        long answer = address == 0 ? -Errno.EINVAL : LibPollux.px_opendir(address);
        handle = Math.max(answer, 0);
        return (int) Math.min(answer, 0);
    }

    /** Opens the list of a folder that is open. */
    int openOf(int folder) {
        long answer = LibPollux.px_opendir_of(folder);
        handle = Math.max(answer, 0);
        return (int) Math.min(answer, 0);
    }

    /** The next name, a byte string, or {@code null} at the end or when {@link #problem()} says so. */
    public String next() {
        IoBuffer memory = Scratch.memory();
        int count = LibPollux.px_readdir(handle, memory.address(), NAME_BYTES);
        problem = Math.min(count, 0);
        return count <= 0 ? null : memory.string(0, count);
    }

    /** Why {@link #next()} found no name: 0, it was the end; or {@code -errno}, and there may be more names. */
    public int problem() {
        return problem;
    }

    @Override
    public void close() {
        if (handle != 0) {
            LibPollux.px_closedir(handle);
            handle = 0;
        }
    }
}
