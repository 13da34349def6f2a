package pollux.server;

import java.util.concurrent.TimeUnit;
import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;
import pollux.config.CgiSettings;
import pollux.config.ErrorLog;
import pollux.handler.CgiProgram;
import pollux.handler.CgiResponseParser;
import pollux.handler.ContentSink;
import pollux.handler.Handler;
import pollux.handler.NphStatus;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.handler.SessionChange;
import pollux.handler.SpooledContent;
import pollux.loop.Timer;
import pollux.loop.Watch;
import pollux.posix.Files;

/**
 * The conversation between one request and one CGI program: waits for the program's turn, gives it the content (through
 * a pipe, or from a file when it came in chunks and its length had to be counted first), makes the response's head of
 * the program's header, and passes the rest on in chunks, up to the announced length, or to the end of the connection.
 */
final class CgiExchange implements CgiProcess.Client, CgiGate.Waiting {
    private static final int NO_FILE = -1;
    private static final int UNKNOWN = -1;
    private static final String LINE_END = "\r\n";
    private static final String LAST_CHUNK = "0\r\n\r\n";

    /** So many bytes that no client gets are read to the program's end; one that writes more is ended. */
    private static final long MOST_DROPPED = 1 << 20;

    private final Exchange exchange;
    private final Worker worker;
    private final CgiSettings settings;
    private final CgiResponseParser parser = new CgiResponseParser();
    private final NphStatus rawStatus = new NphStatus();
    private final Timer queueTimer;
    private CgiProgram program;
    private CgiProcess process;
    private int inputFile = NO_FILE;
    private SpooledContent spooled;
    private boolean waiting;
    private boolean answered;
    private boolean chunked;
    private boolean discarding;
    private boolean sending;
    private String lastChunk = LAST_CHUNK;
    private long left = UNKNOWN;
    private long dropped;

    CgiExchange(Exchange exchange, CgiSettings settings, CgiProgram program) {
        this.exchange = exchange;
        this.worker = exchange.worker();
        this.settings = settings;
        this.program = program;
        this.queueTimer = new Timer(worker.timing(now -> waitedTooLong(), () -> exchange.programFailed(500)));
    }

    // --- Starting.

    /**
     * Starts the program, or the counting of its content.
     *
     * @param counted whether the content comes in chunks: it is spooled first
     * @return {@link Handler#DONE} when all is under way, or a status
     */
    int begin(boolean counted) {
        if (!counted) {
            return enter();
        }
        SpooledContent spool = SpooledContent.open(exchange.request(), exchange.response());
        return spool == null ? exchange.response().status() : exchange.feed(new Counting(spool));
    }

    /** Spools the content, and starts the program when it is whole. */
    private final class Counting implements ContentSink {
        private final SpooledContent spool;

        Counting(SpooledContent spool) {
            this.spool = spool;
        }

        @Override
        public int take(IoBuffer from, int offset, int length) {
            return spool.take(from, offset, length);
        }

        @Override
        public int complete(Response response) {
            int refusal = spool.complete(response);
            if (refusal != 0) {
                return refusal;
            }
            inputFile = spool.takeFile();
            if (exchange.request().contentFile() != null) {
                spooled = spool;
                int outcome = worker.handlers().cgi().resolve(exchange.request());
                if (outcome != Handler.DONE) {
                    return outcome;
                }
                program = worker.handlers().cgi().program();
            }
            program = program.withContentLength(spool.length());
            return enter();
        }

        @Override
        public void abort() {
            spool.abort();
        }
    }

    private int enter() {
        if (worker.gate().enter(settings)) {
            return start();
        }
        waiting = true;
        // Its content waits too: what is nobody's would be passed over.
        if (inputFile == NO_FILE) {
            exchange.intake().toPipe();
        }
        worker.gate().await(settings, this);
        worker.loop().set(queueTimer, worker.loop().nowNs() + TimeUnit.MILLISECONDS.toNanos(settings.queueTimeoutMs()));
        return Handler.DONE;
    }

    @Override
    public void admitted() {
        waiting = false;
        worker.loop().cancel(queueTimer);
        int status;
        try {
            status = start();
        } catch (RuntimeException | Error problem) {
            // Whoever gave its place to this one has nothing to do with it.
            worker.report(problem);
            status = 500;
        }
        if (status != Handler.DONE) {
            exchange.programFailed(status);
        } else {
            exchange.connection().proceed();
        }
    }

    private void waitedTooLong() {
        log(ErrorLog.Level.ERROR, "all cgi_max_processes are busy and cgi_queue_timeout is over");
        exchange.programFailed(503);
    }

    private int start() {
        boolean piped = inputFile == NO_FILE
                && exchange.request().contentLength() > 0
                && !exchange.intake().isComplete();
        int file = inputFile;
        inputFile = NO_FILE;
        CgiProcess started = new CgiProcess(
                worker, settings, program, exchange.connection().log().bound(), this);
        int status = started.start(file, piped);
        if (status != Handler.DONE) {
            return status;
        }
        process = started;
        if (piped) {
            exchange.intake().toPipe();
            exchange.keepContent();
            exchange.sendContinue();
            contentArrived();
        }
        return Handler.DONE;
    }

    // --- Content of the request.

    /** The connection has read content for the program. */
    void contentArrived() {
        if (process != null) {
            process.wantsInput(exchange.intake().hasToPour());
        }
    }

    @Override
    public void programReads(Watch pipe) {
        ContentIntake intake = exchange.intake();
        if (pipe != null && intake.hasToPour() && intake.pour(pipe) < 0) {
            process.inputFailed();
        } else if (pipe == null) {
            process.endInput();
            intake.toNobody();
            exchange.contentArrived();
        } else if (intake.isComplete()) {
            process.endInput();
        } else {
            contentArrived();
        }
        exchange.connection().proceed();
    }

    // --- Output of the program.

    @Override
    public void programWrote() {
        if (answered) {
            forward();
        } else if (program.nonParsed()) {
            answerRaw();
        } else {
            parse();
        }
        // Whatever came of it: a head without content yet, or an error in the program's place, is to be sent too.
        exchange.connection().proceed();
    }

    private void parse() {
        IoBuffer output = process.output();
        int result = parser.parse(output, exchange.response());
        if (result == CgiResponseParser.COMPLETE) {
            answer();
        } else if (result < 0 || output.room() <= CgiProcess.MARGIN) {
            log(ErrorLog.Level.ERROR, "\"" + program.scriptName() + "\" sent an invalid header: " + parser.problem());
            exchange.programFailed(502);
        } else {
            process.readOn();
        }
    }

    private void answer() {
        changeSession();
        if (parser.kind() == CgiResponseParser.Kind.LOCAL_REDIRECT) {
            exchange.redirectedByProgram(parser.location());
            return;
        }
        answered = true;
        left = parser.contentLength();
        if (exchange.respondStreaming(left) && process != null) {
            forward();
        }
    }

    private void changeSession() {
        Request request = exchange.request();
        if (request.session() == null || parser.sessionChanges().isEmpty()) {
            return;
        }
        for (SessionChange change : parser.sessionChanges()) {
            if (!change.applyTo(request.session())) {
                log(ErrorLog.Level.WARN, "session entry \"" + change.name() + "\" is too large or has a wrong name");
            }
        }
        worker.saveSession(request);
    }

    private void answerRaw() {
        IoBuffer output = process.output();
        rawStatus.take(output, output.start(), output.length());
        if (!rawStatus.isDecided()) {
            process.readOn();
            return;
        }
        answered = true;
        exchange.respondRaw(rawStatus.code());
        forward();
    }

    /** The head of the response is on its way; this is how the content follows it. */
    void responding(boolean inChunks, boolean withoutContent, String trailers) {
        lastChunk = trailers == null ? LAST_CHUNK : "0\r\n" + trailers + "\r\n";
        chunked = inChunks;
        discarding = withoutContent;
    }

    /** Hands what the program wrote to the output: behind the head if it fits there, else from the buffer itself. */
    private void forward() {
        IoBuffer output = process.output();
        int wanted = discarding ? 0 : output.length();
        if (left != UNKNOWN) {
            int announced = (int) Math.min(left, output.length());
            left -= announced;
            wanted = Math.min(wanted, announced);
        }
        dropped += output.length() - wanted;
        output.region(output.start(), output.start() + wanted);
        if (!output.isEmpty()) {
            send(output);
        } else if (dropped <= MOST_DROPPED) {
            process.resume();
        } else {
            log(ErrorLog.Level.WARN, "\"" + program.file() + "\" goes on beyond the end of its answer: it is ended");
            finish();
        }
    }

    private void send(IoBuffer output) {
        if (chunked) {
            frame(output);
        }
        if (exchange.out().stage(output, lastChunk.length())) {
            process.resume();
        } else {
            sending = true;
            exchange.out().stream(output);
            process.pause();
        }
    }

    /** Puts a chunk's size before, and its line end behind what is in the buffer; the margins leave room for both. */
    private static void frame(IoBuffer chunk) {
        int length = chunk.length();
        int begin = chunk.start();
        int end = chunk.end();
        chunk.put(LINE_END);
        int at = begin;
        chunk.set(--at, (byte) '\n');
        chunk.set(--at, (byte) '\r');
        for (int rest = length; rest > 0; rest >>>= 4) {
            chunk.set(--at, (byte) Ascii.hexDigit(rest & 0xf));
        }
        chunk.region(at, end + LINE_END.length());
    }

    /** The output has drained: the program may go on. */
    void drained() {
        if (sending) {
            sending = false;
            exchange.out().stream(null);
            process.resume();
        }
    }

    @Override
    public boolean isEndOpen() {
        return answered ? left == UNKNOWN && !discarding : program.nonParsed();
    }

    @Override
    public void programEnded(boolean died) {
        if (!answered && !died && program.nonParsed() && !process.output().isEmpty()) {
            answered = true;
            exchange.respondRaw(0);
            forward();
        }
        if (!answered) {
            log(ErrorLog.Level.ERROR, "\"" + program.file() + "\" ended before its header was complete");
            exchange.programFailed(502);
        } else if ((left > 0 && !discarding) || (died && isEndOpen())) {
            log(ErrorLog.Level.ERROR, "\"" + program.file() + "\" ended before its content was complete");
            exchange.programCut();
        } else {
            if (dropped > 0 && !discarding) {
                log(ErrorLog.Level.WARN, "\"" + program.file() + "\" sent more than its Content-Length");
            }
            finish();
        }
    }

    private void finish() {
        if (chunked && !discarding && !exchange.out().stage(lastChunk)) {
            exchange.programCut();
        } else {
            exchange.programDone();
        }
    }

    @Override
    public void programFailed(int status) {
        if (answered) {
            exchange.programCut();
        } else {
            exchange.programFailed(status);
        }
    }

    // --- The end.

    /** The request needs the program no more, or never got one. */
    void letGo() {
        worker.loop().cancel(queueTimer);
        if (waiting) {
            waiting = false;
            worker.gate().giveUp(settings, this);
        }
        if (inputFile != NO_FILE) {
            Files.close(inputFile);
            inputFile = NO_FILE;
        }
        if (spooled != null) {
            spooled.abort();
            spooled = null;
        }
        exchange.out().stream(null);
        CgiProcess ended = process;
        process = null;
        if (ended != null) {
            ended.letGo();
        }
    }

    private void log(ErrorLog.Level level, String message) {
        exchange.request().log().error(level, message);
    }
}
