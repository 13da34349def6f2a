package pollux.server;

import java.util.function.Consumer;
import java.util.function.IntConsumer;
import pollux.handler.Work;

/** The {@link Work} of one request after the other: a step a turn, when the {@link WorkLine} has time for it. */
final class WorkInTurns implements WorkLine.Waiting {
    private final WorkLine line;
    private final IntConsumer done;
    private final Consumer<Throwable> failed;
    private Work work;
    private boolean isInLine;

    /**
     * Makes room for work.
     *
     * @param done gets the outcome of work that took more than the first step
     * @param failed gets what such work, or {@code done}, has thrown
     */
    WorkInTurns(WorkLine line, IntConsumer done, Consumer<Throwable> failed) {
        this.line = line;
        this.failed = failed;
        this.done = done;
    }

    /** Takes the first step, if there is time: {@link Work#MORE} when others are to follow by themselves, or the outcome. */
    int start(Work begun) {
        work = begun;
        if (line.isSpent()) {
            enter();
            return Work.MORE;
        }
        return step();
    }

    boolean isUnderWay() {
        return work != null;
    }

    /** Gives up what is left of it. */
    void end() {
        Work cut = work;
        work = null;
        if (cut != null) {
            cut.abort();
        }
    }

    private int step() {
        int outcome = work.step();
        if (outcome == Work.MORE) {
            enter();
        } else {
            work = null;
        }
        return outcome;
    }

    /** A place may be left from work that was given up: this one takes it over. */
    private void enter() {
        if (!isInLine) {
            isInLine = true;
            line.add(this);
        }
    }

    @Override
    public long takeTurn() {
        isInLine = false;
        if (work == null) {
            return 0;
        }
        try {
            int outcome = step();
            if (outcome != Work.MORE) {
                done.accept(outcome);
            }
        } catch (RuntimeException | Error problem) {
            end();
            failed.accept(problem);
        }
        return 0;
    }
}
