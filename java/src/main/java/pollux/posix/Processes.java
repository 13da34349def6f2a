package pollux.posix;

import java.util.List;
import pollux.buffer.IoBuffer;

/**
 * Starting, ending and reaping child processes. A child leads a process group of its own; it is waited for by its own
 * pid, because the JVM may have children too.
 */
public final class Processes {
    private static final int WNOHANG = Constants.of("WNOHANG");
    private static final int SIGTERM = Constants.of("SIGTERM");
    private static final int SIGKILL = Constants.of("SIGKILL");

    /** {@link #reap}: the child still runs. */
    public static final int RUNNING = -1;

    /** {@link #reap}: there is no such child (any more). */
    public static final int NO_CHILD = -2;

    /** How a child is made. */
    public enum How {
        /** The parent's memory is borrowed until the program starts: its size costs nothing. */
        VFORK(0),
        /** The parent's page tables are copied. */
        FORK(1),
        /** As {@link #VFORK}, and the program leads a session of its own: no terminal's hangup reaches it. */
        SESSION(2);

        private final int number;

        How(int number) {
            this.number = number;
        }
    }

    /** A pipe's two ends: non-blocking, close-on-exec. */
    public record Pipe(int readEnd, int writeEnd) {}

    private Processes() {}

    /** This process. */
    public static int pid() {
        return LibPollux.px_getpid();
    }

    /** Whether this process is the superuser's. */
    public static boolean isRoot() {
        return LibPollux.px_geteuid() == 0;
    }

    /**
     * Makes a pipe; the caller owns both descriptors.
     *
     * @return the pipe, or {@code null} when there are no descriptors left
     */
    public static Pipe pipe() {
        IoBuffer memory = Scratch.memory();
        int answer = LibPollux.px_pipe(memory.address());
        return answer < 0 ? null : new Pipe(memory.getInt(0), memory.getInt(Integer.BYTES));
    }

    /**
     * Starts a program.
     *
     * @param path the program's file
     * @param arguments {@code argv}, the program's name first
     * @param environment the caller's, as before
     * @param directory its working directory, or {@code null} for the server's
     * @param limits what it may use, and then it has neither a core dump nor precedence; {@code null} for all as here
     * @param in its descriptor 0; {@code out} and {@code err} its 1 and 2. The caller still owns them
     * @param status the writing end of a pipe: when the program cannot be run, four bytes of errno come out of it; when
     *     it runs, the pipe just ends
     * @return the pid, or {@code -errno}
     */
    public static int spawn(
            String path,
            List<String> arguments,
            StringBlock environment,
            String directory,
            ResourceLimits limits,
            int in,
            int out,
            int err,
            int status,
            How how) {
        int pointers = (arguments.size() + 1) * Long.BYTES;
        int directoryBytes = directory == null ? 0 : directory.length() + 1;
        int numbers = pointers + ResourceLimits.COUNT * Long.BYTES;
        IoBuffer memory = OffHeap.SOURCE.allocate(numbers + bytes(arguments) + path.length() + 1 + directoryBytes);
        try {
            memory.region(pointers, pointers);
            long bounds = limits == null ? 0 : limits.writeTo(memory);
            boolean good = array(memory, 0, arguments);
            long file = Scratch.string(memory, path);
            long place = directory == null ? 0 : Scratch.string(memory, directory);
            long variables = environment.addresses();
            if (!good || variables == 0 || file == 0 || (directory != null && place == 0)) {
                return -Errno.EINVAL;
            }
            return LibPollux.px_spawn(
                    file, memory.address(), variables, place, bounds, in, out, err, status, how.number);
        } finally {
            memory.release();
        }
    }

    /** As the other one, with the environment {@code NAME=value} each and no limits. */
    public static int spawn(
            String path,
            List<String> arguments,
            List<String> environment,
            String directory,
            int in,
            int out,
            int err,
            int status,
            How how) {
        StringBlock block = new StringBlock();
        try {
            for (String variable : environment) {
                block.begin();
                block.put(variable);
                block.end();
            }
            return spawn(path, arguments, block, directory, null, in, out, err, status, how);
        } finally {
            block.release();
        }
    }

    /**
     * Starts the program that is to take over, as the leader of a session of its own.
     *
     * @param kept descriptors above 2 that it inherits under their numbers
     * @param output its 1 and its 2; all else as in {@link #spawn}
     */
    public static int spawnHeir(
            String path,
            List<String> arguments,
            List<String> environment,
            List<Integer> kept,
            int in,
            int output,
            int status) {
        int arguing = (arguments.size() + 1) * Long.BYTES;
        int pointers = arguing + (environment.size() + 1) * Long.BYTES;
        int numbers = pointers + (kept.size() + 1) * Integer.BYTES;
        IoBuffer memory = OffHeap.SOURCE.allocate(numbers + bytes(arguments) + bytes(environment) + path.length() + 1);
        try {
            memory.region(numbers, numbers);
            for (int i = 0; i <= kept.size(); i++) {
                memory.setInt(pointers + i * Integer.BYTES, i < kept.size() ? kept.get(i) : -1);
            }
            boolean good = array(memory, 0, arguments) && array(memory, arguing, environment);
            long file = Scratch.string(memory, path);
            if (!good || file == 0) {
                return -Errno.EINVAL;
            }
            long begin = memory.address();
            return LibPollux.px_spawn_heir(file, begin, begin + arguing, begin + pointers, in, output, output, status);
        } finally {
            memory.release();
        }
    }

    private static int bytes(List<String> strings) {
        int sum = 0;
        for (String string : strings) {
            sum += string.length() + 1;
        }
        return sum;
    }

    private static boolean array(IoBuffer memory, int at, List<String> strings) {
        int slot = at;
        for (String string : strings) {
            long address = Scratch.string(memory, string);
            if (address == 0) {
                return false;
            }
            memory.setLong(slot, address);
            slot += Long.BYTES;
        }
        memory.setLong(slot, 0);
        return true;
    }

    /**
     * A descriptor that tells of a child's end: it is readable from then on, and has nothing to be read.
     *
     * @return the descriptor, which the caller closes, or {@code -errno}: not every system has them
     */
    public static int descriptor(int pid) {
        return LibPollux.px_pidfd(pid);
    }

    /**
     * Asks, without waiting, whether a child has ended; if so, it is gone for good.
     *
     * @return the exit code 0 to 255, 256 + the signal that ended it, {@link #RUNNING} or {@link #NO_CHILD}
     */
    public static int reap(int pid) {
        IoBuffer memory = Scratch.memory();
        int answer = LibPollux.px_waitpid(pid, WNOHANG, memory.address());
        // Read at once: naming an errno for the first time looks it up by way of the same scratch memory.
        int status = memory.getInt(0);
        if (answer == 0 || answer == -Errno.EINTR) {
            return RUNNING;
        }
        return answer < 0 ? NO_CHILD : status;
    }

    /**
     * Waits until a child has ended. For a process that only starts another one; a loop never waits.
     *
     * @return as {@link #reap}
     */
    public static int await(int pid) {
        IoBuffer memory = Scratch.memory();
        int answer;
        do {
            answer = LibPollux.px_waitpid(pid, 0, memory.address());
        } while (answer == -Errno.EINTR);
        int status = memory.getInt(0);
        return answer < 0 ? NO_CHILD : status;
    }

    /** Makes one of descriptors 0, 1 and 2 another name of {@code fd}, which stays the caller's; 0 or {@code -errno}. */
    public static int standardStream(int number, int fd) {
        return Math.min(0, LibPollux.px_dup2(fd, number));
    }

    /** Asks every process of a child's group to end. */
    public static int terminateGroup(int pid) {
        return LibPollux.px_kill(-pid, SIGTERM);
    }

    /** Ends every process of a child's group. */
    public static int killGroup(int pid) {
        return LibPollux.px_kill(-pid, SIGKILL);
    }

    /** Sends a signal to one process; 0 or {@code -errno}. A signal of 0 only asks whether it is there. */
    public static int signal(int pid, int signal) {
        return LibPollux.px_kill(pid, signal);
    }

    /** The limit of open descriptors, raised first as far as the system lets it. */
    public static long raiseDescriptorLimit() {
        return LibPollux.px_descriptor_limit(1);
    }
}
