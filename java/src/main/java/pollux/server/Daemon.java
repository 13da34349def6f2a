package pollux.server;

import java.util.List;
import pollux.buffer.IoBuffer;
import pollux.loop.EventLoop;
import pollux.loop.PollPoller;
import pollux.loop.Watch;
import pollux.posix.Errno;
import pollux.posix.OffHeap;
import pollux.posix.PosixException;
import pollux.posix.Processes;

/**
 * {@code daemon on}: the program starts itself again in a session of its own, because a Java machine cannot fork and go on.
 * The daemon's standard output is a pipe at first: a byte through it says that clients can connect, its end that there is
 * no daemon. Standard error stays where it was until then, so that whoever started it reads why.
 */
public final class Daemon implements Watch.Handler {
    /** The property that the daemon itself is started with. */
    static final String PROPERTY = "pollux.daemon";

    private static final String NULL = "/dev/null";
    private static final int MODE = 0600;
    private static final int MOST_FAILED_READS = 3;

    private final EventLoop loop = new EventLoop(new PollPoller(), System::nanoTime);
    private final IoBuffer said = OffHeap.SOURCE.allocate(Integer.BYTES);
    private int failedReads;

    private Daemon() {}

    /** Whether this process is the daemon. */
    public static boolean isThis() {
        return Boolean.getBoolean(PROPERTY);
    }

    /**
     * Starts this program again as a daemon, and waits until clients can connect to it or it has ended.
     *
     * @return the exit status that is due: 0 when it serves, else that of the daemon, never 0
     * @throws PosixException when it could not even be started
     */
    public static int start() {
        return new Daemon().run();
    }

    private int run() {
        List<String> arguments = Program.commandLine();
        arguments.add(1, "-D" + PROPERTY + "=true");
        List<String> environment = Program.environment();
        Processes.Pipe pipe = Processes.pipe();
        if (pipe == null) {
            throw new PosixException("pipe()", Errno.EMFILE);
        }
        String java = Program.machine();
        int nothing = PosixException.check(pollux.posix.Files.openRead(NULL), "open() \"" + NULL + "\"");
        int out = pipe.writeEnd();
        int pid = Processes.spawn(java, arguments, environment, null, nothing, out, 2, out, Processes.How.SESSION);
        pollux.posix.Files.close(nothing);
        pollux.posix.Files.close(out);
        loop.watch(pipe.readEnd(), Watch.READ, this);
        PosixException.check(pid, "vfork()");
        loop.run();
        loop.close();
        return status(java, pid);
    }

    private int status(String java, int pid) {
        if (failedReads > 0) {
            throw new PosixException("read() of what the daemon says", Errno.EIO);
        }
        if (said.length() == 1) {
            return 0;
        }
        if (said.length() == Integer.BYTES) {
            throw new PosixException("execve() \"" + java + "\"", said.getInt(said.start()));
        }
        int status = Processes.await(pid);
        return status > 0 && status < 256 ? status : 1;
    }

    @Override
    public void ready(Watch watch, long nowNs) {
        if (watch.read(said, said.room()) < 0) {
            failed(watch, null);
        } else {
            failedReads = 0;
            end(watch);
        }
    }

    /** It may be a want of memory that passes, and the end of the daemon must not be waited for. */
    @Override
    public void failed(Watch watch, Throwable problem) {
        failedReads++;
        if (failedReads == MOST_FAILED_READS) {
            end(watch);
        }
    }

    private void end(Watch watch) {
        watch.close();
        loop.stop();
    }

    /**
     * In the daemon, when clients can connect and the process that waits has been told, by one byte: lets go of the terminal.
     *
     * Without {@code /dev/null} they stay what they are: clients are served already.
     *
     * @param keepErrors whether descriptor 2 is a log, and stays
     */
    public static void settle(boolean keepErrors) {
        int nothing = pollux.posix.Files.openAppend(NULL, MODE);
        if (nothing < 0) {
            return;
        }
        Processes.standardStream(1, nothing);
        if (!keepErrors) {
            Processes.standardStream(2, nothing);
        }
        pollux.posix.Files.close(nothing);
    }
}
