package pollux.server;

import java.util.concurrent.TimeUnit;
import pollux.buffer.IoBuffer;
import pollux.config.CgiSettings;
import pollux.config.ErrorLog;
import pollux.handler.CgiErrorOutput;
import pollux.handler.CgiProgram;
import pollux.handler.Log;
import pollux.loop.EventLoop;
import pollux.loop.Timer;
import pollux.loop.Watch;
import pollux.posix.Errno;
import pollux.posix.PosixException;
import pollux.posix.Processes;
import pollux.posix.ResourceLimits;
import pollux.posix.StringBlock;

/**
 * A running CGI program: its pipes, its deadlines and its end. It knows nothing of HTTP: what comes out of the program is
 * handed to its {@link Client} buffer by buffer, what goes in is fetched from there.
 *
 * <pre>
 *   start ──> RUNNING ── no output for cgi_timeout ──────────> ENDING ── still there ──> killed
 *                │   └── client gone, broken output ──────────>   │
 *                │ end of output ──> AWAITING, where only      │
 *                v                   the exit status tells     │
 *            FINISHING <── reaped, or EXIT_NS ──┘  whether it  │
 *                │                                 was whole   │
 *                ├── not ended within cgi_timeout ──> ENDING   │
 *                └──────────────── child reaped ───────────────┴──> GONE
 * </pre>
 *
 * Whichever way it goes, every descriptor is closed, the whole process group is ended, the child is reaped and its place
 * in the line of {@code cgi_max_processes} is given back. The client may let go at any time; the rest happens alone.
 */
final class CgiProcess implements Reaper.Parent {
    /** Whoever gets the output; told on the loop's thread. */
    interface Client {
        /** {@link #output()} holds more output; the client consumes it and calls {@link #resume}. */
        void programWrote();

        /** Whether nothing in the output says where it ends, so that it counts how the program has ended. */
        boolean isEndOpen();

        /**
         * There will be no more output.
         *
         * @param died whether a signal ended the program: what it wrote may be a part
         */
        void programEnded(boolean died);

        /** The program could not be run or was too slow; the client is let go of with this status. */
        void programFailed(int status);

        /** The pipe to the program has room: one write of content may be made. */
        void programReads(Watch pipe);
    }

    private enum State {
        RUNNING,
        AWAITING,
        FINISHING,
        ENDING,
        GONE
    }

    /** Bytes left free before and behind what is read, for the framing of chunks. */
    static final int MARGIN = 16;

    /**
     * How long the end of output waits for the program's. When a program dies, both are one act of the kernel, and are told
     * of within microseconds; a program that has closed its output and lives on must not hold its client up. What lies in
     * between is a process that dies slowly for want of a processor: groups with a quota of one get it every 100 ms.
     */
    private static final long EXIT_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** How long error output may still come after the end. */
    private static final long LAST_WORDS_NS = TimeUnit.SECONDS.toNanos(1);

    private final Worker worker;
    private final EventLoop loop;
    private final CgiSettings settings;
    private final CgiProgram program;
    private final Log log;
    private final CgiErrorOutput errorLines;
    private final Timer timer;
    private State state = State.RUNNING;
    private Client client;
    private int pid;
    private Reaper.Child child;
    private boolean reaped;
    private boolean died;
    private boolean execFailed;
    private boolean outputEnded;
    private boolean inputFailed;
    private Watch input;
    private Watch output;
    private Watch errors;
    private Watch execStatus;
    private IoBuffer buffer;

    CgiProcess(Worker worker, CgiSettings settings, CgiProgram program, Log log, Client client) {
        this.worker = worker;
        this.loop = worker.loop();
        this.settings = settings;
        this.program = program;
        this.log = log;
        this.client = client;
        this.errorLines = new CgiErrorOutput(log, settings.stderr().level());
        this.timer = new Timer(worker.timing(this::timeout, this::broken));
    }

    @Override
    public int pid() {
        return pid;
    }

    /** What came out of the program and is not consumed yet. */
    IoBuffer output() {
        return buffer;
    }

    /**
     * Starts the program. The place in the gate that the caller took is this process's from now on.
     *
     * @param inputFile a file to read its input from, owned by this from now on; -1 for none
     * @param piped whether input comes through a pipe
     * @return 0, or the status to answer with when it could not be started
     */
    int start(int inputFile, boolean piped) {
        CgiPipes pipes = CgiPipes.open(inputFile, piped, settings.stderr().file());
        try {
            buffer = pipes == null ? null : worker.buffers().bulk();
            pid = buffer == null ? -Errno.EMFILE : spawn(pipes);
        } catch (RuntimeException | Error problem) {
            // No memory for the buffer, or for what the program is told.
            giveBack(pipes);
            throw problem;
        }
        if (pid < 0) {
            String what = buffer == null ? "no descriptors or buffers left to run \"" : "fork() for \"";
            String why = buffer == null ? "\"" : "\" failed " + Errno.describe(-pid);
            log.error(ErrorLog.Level.CRIT, what + program.file() + why);
            giveBack(pipes);
            return 503;
        }
        pipes.closeChildEnds();
        child = worker.reaper().add(this);
        try {
            watch(pipes);
        } catch (PosixException refused) {
            unwatch(pipes);
            log.error(ErrorLog.Level.CRIT, refused.getMessage());
            return 503;
        }
        expectOutput();
        return 0;
    }

    private int spawn(CgiPipes pipes) {
        StringBlock environment = worker.environment();
        program.environment().writeTo(environment);
        return Processes.spawn(
                program.file(),
                program.arguments(),
                environment,
                program.workingDirectory(),
                limits(settings.limits()),
                pipes.childInput(),
                pipes.childOutput(),
                pipes.childErrors(),
                pipes.childStatus(),
                worker.spawning());
    }

    /** There is no program: everything that was had for one, its place in the gate as well. */
    private void giveBack(CgiPipes pipes) {
        if (pipes != null) {
            pipes.closeAll();
        }
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
        worker.gate().leave(settings);
    }

    private static ResourceLimits limits(CgiSettings.Limits limits) {
        return new ResourceLimits(
                limits.cpuSeconds(),
                limits.addressSpace(),
                limits.descriptors(),
                limits.processes(),
                limits.fileSize());
    }

    private void watch(CgiPipes pipes) {
        if (pipes.input() >= 0) {
            input = loop.watch(pipes.input(), 0, worker.watching(this::inputReady, this::broken));
        }
        output = loop.watch(pipes.output(), Watch.READ, worker.watching(this::outputReady, this::broken));
        if (pipes.errors() >= 0) {
            errors = loop.watch(pipes.errors(), Watch.READ, worker.watching(this::errorsReady, this::broken));
        }
        execStatus = loop.watch(pipes.status(), Watch.READ, worker.watching(this::execReady, this::broken));
        buffer.region(MARGIN, MARGIN);
    }

    /** Not all could be watched: the program, which runs already, is ended. */
    private void unwatch(CgiPipes pipes) {
        pipes.closeOwnEndsBut(input != null, output != null, errors != null);
        client = null;
        letGo();
    }

    /** A handler has thrown: this program is given up, and its client answers as best it can. */
    private void broken() {
        fail(500);
    }

    private void expectOutput() {
        loop.set(timer, loop.nowNs() + TimeUnit.MILLISECONDS.toNanos(settings.timeoutMs()));
    }

    // --- What comes from the program.

    private void outputReady(Watch watch) {
        int count = watch.read(buffer, buffer.room() - MARGIN);
        if (count < 0) {
            // Not the end: what came so far must not be taken for all of it.
            log.error(ErrorLog.Level.ERROR, "reading from \"" + program.file() + "\" failed");
            fail(502);
            return;
        }
        if (count == 0) {
            outputEnded = true;
            closeOutput();
            endOfOutput();
            return;
        }
        // Not even its end is of interest before this has been passed on: a program that has ended would wake every
        // turn.
        watch.interest(Watch.ASLEEP);
        expectOutput();
        client.programWrote();
    }

    /** The end of output counts once it is known that the program was run at all, and how it has ended, if that counts. */
    private void endOfOutput() {
        if (execStatus != null || execFailed || client == null) {
            return;
        }
        if (state == State.RUNNING && client.isEndOpen() && !child.hasEnded()) {
            state = State.AWAITING;
            loop.set(timer, loop.nowNs() + EXIT_NS);
        } else {
            tellEnd();
        }
    }

    private void tellEnd() {
        Client told = client;
        enterFinishing();
        told.programEnded(died);
    }

    private void errorsReady(Watch watch) {
        IoBuffer scratch = worker.scratch();
        int count = watch.read(scratch, scratch.room());
        if (count <= 0) {
            errorLines.end();
            watch.close();
            errors = null;
            if (state == State.GONE) {
                loop.cancel(timer);
            }
            return;
        }
        errorLines.take(scratch);
    }

    private void execReady(Watch watch) {
        IoBuffer scratch = worker.scratch();
        int count = watch.read(scratch, Integer.BYTES);
        watch.close();
        execStatus = null;
        if (count == Integer.BYTES) {
            int error = scratch.getInt(0);
            log.error(ErrorLog.Level.ERROR, "execve() \"" + program.file() + "\" failed " + Errno.describe(error));
            execFailed = true;
            fail(error == Errno.EACCES || error == Errno.EPERM ? 403 : 500);
        } else if (outputEnded) {
            endOfOutput();
        }
    }

    // --- What goes to the program.

    /** Says whether there is content to be written to the program now. */
    void wantsInput(boolean wanted) {
        if (input != null) {
            input.interest(wanted ? Watch.WRITE : 0);
        }
    }

    /** The content is complete: the program reads to its end. */
    void endInput() {
        if (input != null) {
            input.close();
            input = null;
        }
    }

    private void inputReady(Watch watch) {
        if (!watch.isWritable() || watch.isGone() || client == null) {
            endInput();
            if (client != null) {
                client.programReads(null);
            }
            return;
        }
        if (state == State.RUNNING && output != null && output.interest() == Watch.READ) {
            expectOutput();
        }
        if (inputFailed) {
            log.error(ErrorLog.Level.ERROR, "writing to \"" + program.file() + "\" failed");
            fail(502);
            return;
        }
        client.programReads(watch);
    }

    /**
     * A write has failed. When the program has closed its input, the next report says so, and that is its own affair; a
     * program that still reads would take the part that it has for all of the content.
     */
    void inputFailed() {
        inputFailed = true;
    }

    // --- What the client says.

    /** The output was consumed: the program may write more. */
    void resume() {
        buffer.region(MARGIN, MARGIN);
        if (output != null) {
            output.interest(Watch.READ);
            expectOutput();
        }
    }

    /** More of an incomplete head is needed: reads on behind what is there. */
    void readOn() {
        output.interest(Watch.READ);
    }

    /** The output waits for a slow client: that is not the program's fault. */
    void pause() {
        if (state == State.RUNNING) {
            loop.cancel(timer);
        }
    }

    /** The client has what it wanted, or wants no more. A program that still runs before its end of output is ended. */
    void letGo() {
        client = null;
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
        endInput();
        closeOutput();
        if (state == State.RUNNING) {
            end();
        } else if (state == State.AWAITING) {
            enterFinishing();
        }
    }

    // --- The end.

    private void closeOutput() {
        if (output != null) {
            output.close();
            output = null;
        }
    }

    private void fail(int status) {
        Client told = client;
        if (told != null) {
            told.programFailed(status);
        }
        if (client != null) {
            letGo();
        }
    }

    private void enterFinishing() {
        if (state != State.RUNNING && state != State.AWAITING) {
            return;
        }
        if (reaped) {
            gone();
        } else {
            state = State.FINISHING;
            expectOutput();
        }
    }

    /** Ends the whole process group: politely, and if that is not heard, by force. */
    private void end() {
        if (reaped) {
            gone();
            return;
        }
        state = State.ENDING;
        Processes.terminateGroup(pid);
        loop.set(timer, loop.nowNs() + TimeUnit.MILLISECONDS.toNanos(settings.killTimeoutMs()));
    }

    private void timeout(long nowNs) {
        switch (state) {
            case RUNNING -> {
                log.error(
                        ErrorLog.Level.ERROR,
                        "\"" + program.file() + "\" wrote nothing for " + settings.timeoutMs() + " ms (cgi_timeout)");
                fail(504);
            }
            case AWAITING -> {
                // The turn may have been late itself.
                if (!child.hasEnded()) {
                    tellEnd();
                }
            }
            case FINISHING -> end();
            case ENDING -> Processes.killGroup(pid);
            case GONE -> closeErrors();
        }
    }

    @Override
    public void exited(int code) {
        reaped = true;
        // Whoever the program left behind may hold its output open: nobody would see the end of it. Later would be too
        // late: the number of a group without members may become another program's.
        Processes.killGroup(pid);
        died = code >= 256;
        if (died && state != State.ENDING) {
            log.error(ErrorLog.Level.WARN, "\"" + program.file() + "\" was ended by signal " + (code - 256));
        }
        if (state == State.AWAITING) {
            tellEnd();
        } else if (state != State.RUNNING) {
            gone();
        }
    }

    /** The child is reaped, and its output is over or wanted no more. */
    private void gone() {
        state = State.GONE;
        worker.gate().leave(settings);
        if (execStatus != null) {
            execStatus.close();
            execStatus = null;
        }
        if (errors == null) {
            loop.cancel(timer);
        } else {
            loop.set(timer, loop.nowNs() + LAST_WORDS_NS);
        }
    }

    private void closeErrors() {
        if (errors != null) {
            errorLines.end();
            errors.close();
            errors = null;
        }
    }
}
