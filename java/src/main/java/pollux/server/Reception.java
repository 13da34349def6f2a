package pollux.server;

import pollux.loop.Watch;

/**
 * What is read of a client while its request is answered: content for whoever takes it; and while a program works, whether
 * the client is still there.
 */
final class Reception {
    private final RequestInput input;
    private final Exchange exchange;
    private final Deadline deadline;
    private boolean ended;
    private boolean givenUp;
    private boolean owing;

    Reception(RequestInput input, Exchange exchange, Deadline deadline) {
        this.input = input;
        this.exchange = exchange;
        this.deadline = deadline;
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
        exchange.contentArrived();
        return true;
    }

    /** Whether there is anything to be read for. */
    boolean wantsToRead() {
        ContentIntake intake = exchange.intake();
        if (givenUp || intake.wantsBytes()) {
            return !givenUp;
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
