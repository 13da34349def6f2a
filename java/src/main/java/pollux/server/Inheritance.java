package pollux.server;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import pollux.posix.PosixException;
import pollux.posix.Processes;
import pollux.posix.Sockets;

/**
 * What a server that was started by an {@link Upgrade} has got from the one before: the sockets that listen, and the streams
 * that were its standard output and error. Until it serves, its own lead into a pipe to the one before, which logs what is
 * said there. An environment variable names the numbers, as nginx's does: the parent, its two streams, the sockets.
 */
public final class Inheritance {
    static final String VARIABLE = "POLLUX_SOCKETS";

    /** What comes through the pipe when clients are served. */
    static final byte READY = 0;

    private static final Inheritance PRESENT = parse(System.getenv(VARIABLE));

    private final int parent;
    private final int out;
    private final int err;
    private final List<Integer> sockets;

    private Inheritance(int parent, int out, int err, List<Integer> sockets) {
        this.parent = parent;
        this.out = out;
        this.err = err;
        this.sockets = sockets;
    }

    /** What this process has got; {@code null} for one that was started in the usual way. */
    public static Inheritance present() {
        return PRESENT;
    }

    private static Inheritance parse(String text) {
        if (text == null) {
            return null;
        }
        List<Integer> numbers = new ArrayList<>();
        for (String word : text.split(";", -1)) {
            if (!word.matches("[0-9]{1,9}")) {
                return null;
            }
            numbers.add(Integer.valueOf(word));
        }
        return numbers.size() < 3
                ? null
                : new Inheritance(
                        numbers.get(0),
                        numbers.get(1),
                        numbers.get(2),
                        List.copyOf(numbers.subList(3, numbers.size())));
    }

    /** The variable for one to whom these are left. */
    static String variable(int out, int err, List<Integer> sockets) {
        StringJoiner numbers = new StringJoiner(";", VARIABLE + "=", "");
        numbers.add("" + Processes.pid()).add("" + out).add("" + err);
        sockets.forEach(fd -> numbers.add("" + fd));
        return numbers.toString();
    }

    /** Whether the one before still runs. */
    boolean isParentAlive() {
        return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L) == parent;
    }

    /**
     * The sockets, under numbers that no other program gets to see; they are the caller's.
     *
     * @throws PosixException when one of them cannot be had: who waits in its queue would be lost with the one before
     */
    List<Integer> takeSockets() {
        List<Integer> taken = new ArrayList<>();
        for (int fd : sockets) {
            taken.add(PosixException.check(Sockets.duplicate(fd), "dup() of an inherited socket"));
            pollux.posix.Files.close(fd);
        }
        return taken;
    }

    /** Clients are served: tells the one before, and takes the streams that are left to it. */
    public void settle() {
        System.out.write(READY);
        System.out.flush();
        Processes.standardStream(1, out);
        Processes.standardStream(2, err);
        pollux.posix.Files.close(out);
        pollux.posix.Files.close(err);
    }
}
