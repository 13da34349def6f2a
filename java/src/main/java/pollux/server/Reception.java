package pollux.server;

import java.util.concurrent.TimeUnit;
import pollux.loop.Watch;

/**
 * What is read of a client while its request is answered: content for whoever takes it; and while a program works, whether
 * the client is still there. A client whose content is costly (a form of hundreds of small files) is not read from for a
 * while after each piece of it, and nobody's content in a turn that is long already: they wait in the {@link WorkLine} like
 * others who take long.
 */
final class Reception implements WorkLine.Waiting {
    /** What one piece of content may cost without a rest; writing one to a slow disk takes less. */
    private static final long COSTLY_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final RequestInput input;
    private final Exchange exchange;
    private final Deadline deadline;
    private final WorkLine line;
    private boolean ended;
    private boolean givenUp;
    private boolean owing;
    private boolean resting;
    private boolean holding;
    private boolean isInLine;
    private long costNs;

    Reception(RequestInput input, Exchange exchange, Deadline deadline, WorkLine line) {
        this.input = input;
        this.exchange = exchange;
        this.deadline = deadline;
        this.line = line;
    }

    /** Another client. */
    void begin() {
        ended = false;
        givenUp = false;
    }

    /** Another request. */
    void beginRequest() {
        givenUp = false;
        owing = false;
    }

    /** The request is over: there is nothing to go on with, should the line come to this one. */
    void end() {
        resting = false;
        holding = false;
    }

    /**
     * Reads once, and passes on what has come.
     *
     * @return false when the client has gone before its content was whole
     */
    boolean read(Watch watch) {
        ContentIntake intake = exchange.intake();
        if (!isReadingContent()) {
            if (input.hasRoom()) {
                ended |= input.receive(watch) <= 0;
            }
            return true;
        }
        if (line.isTurnLong()) {
            rest();
            return true;
        }
        int count = intake.receive(watch);
        if (count == 0 && exchange.isResponded() && intake.taker() == ContentIntake.Taker.NOBODY) {
            // Half-closed (RFC 9112 9.6): the answer that is on its way did not need what is missing. An ended side
            // stays readable; it must not be asked for again, or every turn would wake up for it.
            ended = true;
            givenUp = true;
            return true;
        }
        if (count <= 0) {
            return false;
        }
        deadline.progressIn(Deadline.Purpose.CONTENT);
        deadline.progressIn(Deadline.Purpose.LINGER);
        long beganNs = line.nowNs();
        exchange.contentArrived();
        costNs = line.nowNs() - beganNs;
        if (costNs > COSTLY_NS && isReadingContent()) {
            rest();
        }
        return true;
    }

    /** Whether the content that has come with the head is left for a turn that is not as long as this one; then it is kept. */
    boolean mustWait() {
        holding = line.isTurnLong();
        if (holding) {
            rest();
        }
        return holding;
    }

    /** A place that is left from before is taken over. */
    private void rest() {
        resting = true;
        if (!isInLine) {
            isInLine = true;
            line.add(this);
        }
    }

    @Override
    public long takeTurn() {
        isInLine = false;
        if (!resting) {
            return 0;
        }
        Connection connection = exchange.connection();
        try {
            goOn();
            connection.proceed();
        } catch (RuntimeException | Error problem) {
            connection.failed(problem);
        }
        return costNs;
    }

    /** Reads again, if it did not, and passes on what was kept. */
    void goOn() {
        if (resting) {
            resting = false;
            deadline.progressIn(Deadline.Purpose.CONTENT);
            boolean held = holding;
            holding = false;
            if (held) {
                exchange.contentArrived();
            }
        }
    }

    /** Whether there is anything to be read for. */
    boolean wantsToRead() {
        ContentIntake intake = exchange.intake();
        if (givenUp || intake.wantsBytes()) {
            return !givenUp && !resting;
        }
        return !ended && intake.isComplete() && !intake.holdsNext() && exchange.isStreaming() && input.hasRoom();
    }

    /** Whether content is read. */
    boolean isReadingContent() {
        return exchange.intake().wantsBytes() && !givenUp;
    }

    /** No more content is read from the client: its framing is broken, or it is too slow. */
    void giveUp() {
        givenUp = true;
    }

    /** Whether no more content is read from the client. */
    boolean isGivenUp() {
        return givenUp;
    }

    /** Whether the client has ended its sending side. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether the client has ended its sending side, and none of what it had sent before is left. */
    boolean isOver() {
        return ended && input.isEmpty();
    }

    /** The answer has left, or is leaving, before all of the content was there. */
    void owe(boolean content) {
        owing = content;
    }

    /** Whether content is read for its own sake, behind the answer. */
    boolean isOwed() {
        return owing;
    }
}
