package pollux.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pollux.buffer.IoBuffer;
import pollux.config.ErrorLog;
import pollux.loop.Watch;
import pollux.posix.Errno;
import pollux.posix.OffHeap;
import pollux.posix.PosixException;
import pollux.posix.Processes;
import pollux.posix.Signals;
import pollux.posix.Sockets;

/**
 * The program is exchanged without a client noticing, as nginx does it
 * (<a href="https://nginx.org/en/docs/control.html#upgrade">nginx.org</a>): at USR2 the program is started again, whatever
 * lies in its place by then, and inherits the sockets. Both serve until one of them is told to go. While the new one
 * lives the old one's pid stands in a file whose name ends in {@code .oldbin}; when the new one ends first, everything is as
 * it was. On the first worker's thread.
 */
final class Upgrade {
    /** What one who starts may say in one line before it is cut. */
    private static final int LONGEST = 4096;

    private static final String DAEMON_PROPERTY = "-D" + Daemon.PROPERTY + "=true";

    private final Server server;
    private final IoBuffer said = OffHeap.SOURCE.allocate(LONGEST);
    private final IoBuffer problem = OffHeap.SOURCE.allocate(Integer.BYTES);
    private int heir;
    private boolean ready;

    Upgrade(Server server) {
        this.server = server;
    }

    /** Whether a new program runs, or starts. */
    boolean hasHeir() {
        return heir != 0;
    }

    /** Whether another process listens on the same sockets. */
    boolean othersListen() {
        Inheritance inheritance = Inheritance.present();
        return heir != 0 || (inheritance != null && inheritance.isParentAlive());
    }

    private void report(ErrorLog.Level level, String message) {
        server.first().report(level, message);
    }

    /** USR2. */
    void begin() {
        if (othersListen()) {
            report(
                    ErrorLog.Level.CRIT,
                    "the signal to change the program is ignored: the old one or the new one has to end first");
            return;
        }
        try {
            server.pidFile().setAside();
        } catch (PosixException refused) {
            report(ErrorLog.Level.ALERT, refused.getMessage() + ", the program is not changed");
            return;
        }
        List<Integer> opened = new ArrayList<>();
        try {
            start(opened);
            report(ErrorLog.Level.NOTICE, "changing the program, process " + heir + " starts");
        } catch (PosixException | OutOfMemoryError refused) {
            report(ErrorLog.Level.ALERT, refused.getMessage() + ", the program is not changed");
            putBack();
        } finally {
            opened.forEach(pollux.posix.Files::close);
        }
    }

    /** {@code opened}: gets the descriptors that are the new program's alone. */
    private void start(List<Integer> opened) {
        Processes.Pipe words = pipe();
        opened.add(words.writeEnd());
        watch(words.readEnd(), this::hear);
        Processes.Pipe status = pipe();
        opened.add(status.writeEnd());
        watch(status.readEnd(), this::fail);
        int nothing = PosixException.check(pollux.posix.Files.openRead("/dev/null"), "open() \"/dev/null\"");
        opened.add(nothing);
        int out = PosixException.check(Sockets.duplicate(1), "dup() of the standard output");
        opened.add(out);
        int err = PosixException.check(Sockets.duplicate(2), "dup() of the standard error");
        opened.add(err);
        List<Integer> kept = new ArrayList<>(List.of(out, err));
        List<Integer> sockets = server.sockets().all();
        kept.addAll(sockets);
        List<String> command = command();
        List<String> environment = Program.environment();
        environment.removeIf(variable -> variable.startsWith(Inheritance.VARIABLE + "="));
        environment.add(Inheritance.variable(out, err, sockets));
        said.clear();
        problem.clear();
        ready = false;
        heir = PosixException.check(
                Processes.spawnHeir(
                        command.get(0),
                        command.subList(1, command.size()),
                        environment,
                        kept,
                        nothing,
                        words.writeEnd(),
                        status.writeEnd()),
                "vfork()");
        follow();
    }

    private Processes.Pipe pipe() {
        Processes.Pipe pipe = Processes.pipe();
        if (pipe == null) {
            throw new PosixException("pipe()", Errno.EMFILE);
        }
        return pipe;
    }

    private void watch(int fd, java.util.function.Consumer<Watch> body) {
        Worker first = server.first();
        try {
            first.loop().watch(fd, Watch.READ, first.watching(body, () -> {}));
        } catch (RuntimeException | Error refused) {
            pollux.posix.Files.close(fd);
            throw refused;
        }
    }

    /**
     * The file to run and its arguments: the launcher that started this, because the new program may want another Java or
     * other options; where there was none, the same command again.
     */
    private static List<String> command() {
        List<String> words = Program.commandLine();
        words.remove(DAEMON_PROPERTY);
        String home = System.getProperty("pollux.home");
        int jar = words.indexOf("-jar");
        if (home != null && jar >= 0 && Files.isExecutable(Path.of(home, "pollux"))) {
            List<String> command = new ArrayList<>(List.of(home + "/pollux", home + "/pollux"));
            command.addAll(words.subList(jar + 2, words.size()));
            return command;
        }
        words.add(0, Program.machine());
        return words;
    }

    /** The new program cannot even be run. */
    private void fail(Watch watch) {
        if (watch.read(problem, problem.room()) <= 0) {
            watch.close();
        } else if (problem.length() == Integer.BYTES) {
            int error = problem.getInt(problem.start());
            report(ErrorLog.Level.ALERT, "execve() of the new program failed " + Errno.describe(error));
        }
    }

    /** What the new program says while it starts goes to this one's log: nobody else may be there to read it. */
    private void hear(Watch watch) {
        int count = watch.read(said, said.room());
        if (count <= 0) {
            watch.close();
        }
        int end;
        while ((end = endOfLine(count <= 0)) >= 0) {
            tell(said.string(said.start(), end));
            said.consume(Math.min(end + 1, said.length()));
        }
        said.compact();
    }

    /** Where the first line ends, relative to the start; -1 when there is none. */
    private int endOfLine(boolean last) {
        for (int i = 0; i < said.length(); i++) {
            byte b = said.get(said.start() + i);
            if (b == '\n' || b == Inheritance.READY) {
                ready |= b == Inheritance.READY;
                return i;
            }
        }
        return !said.isEmpty() && (last || said.room() == 0) ? said.length() : -1;
    }

    private void tell(String line) {
        if (!line.isBlank()) {
            boolean bad = line.contains("[emerg]") || line.contains("Error");
            report(bad ? ErrorLog.Level.EMERG : ErrorLog.Level.NOTICE, "the new program: " + line);
        }
        if (ready) {
            ready = false;
            report(ErrorLog.Level.NOTICE, "the new program serves, process " + heir);
        }
    }

    private void follow() {
        int fd = Processes.descriptor(heir);
        if (fd < 0 || !isWatched(fd)) {
            Signals.catchSignal(Signals.CHLD);
            server.first().submit(this::reap);
        }
    }

    private boolean isWatched(int fd) {
        try {
            watch(fd, watch -> {
                if (reap()) {
                    watch.close();
                }
            });
            return true;
        } catch (PosixException refused) {
            return false;
        }
    }

    /** Looks whether the new program has ended: then this one goes on alone. True when there is none any more. */
    boolean reap() {
        if (heir == 0) {
            return true;
        }
        int code = Processes.reap(heir);
        if (code == Processes.RUNNING) {
            return false;
        }
        String how = code > 255 ? "by signal " + (code - 256) : "with status " + Math.max(code, 0);
        report(ErrorLog.Level.ALERT, "the new program, process " + heir + ", has ended " + how + "; this one goes on");
        heir = 0;
        putBack();
        server.comeBack();
        return true;
    }

    private void putBack() {
        try {
            server.pidFile().putBack();
        } catch (PosixException refused) {
            report(ErrorLog.Level.ALERT, refused.getMessage());
        }
    }

    /** Gives the memory back. */
    void close() {
        said.release();
        problem.release();
    }
}
