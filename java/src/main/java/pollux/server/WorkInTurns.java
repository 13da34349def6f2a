package pollux.server;

import java.util.function.Consumer;
import java.util.function.IntConsumer;
import pollux.handler.Work;
import pollux.loop.Timer;

/** The {@link Work} of one request after the other: a step each turn of the loop, so that others are served in between. */
final class WorkInTurns implements Timer.Action {
    private final Worker worker;
    private final IntConsumer done;
    private final Consumer<Throwable> failed;
    private Timer timer;
    private Work work;

    /**
     * Makes room for work.
     *
     * @param done gets the outcome of work that took more than the first step
     * @param failed gets what such work, or {@code done}, has thrown
     */
    WorkInTurns(Worker worker, IntConsumer done, Consumer<Throwable> failed) {
        this.worker = worker;
        this.failed = failed;
        this.done = done;
    }

    /** Takes the first step: {@link Work#MORE} when others are to follow by themselves, or the outcome. */
    int start(Work begun) {
        work = begun;
        if (timer == null) {
            timer = new Timer(this);
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
            worker.loop().cancel(timer);
            cut.abort();
        }
    }

    private int step() {
        int outcome = work.step();
        if (outcome == Work.MORE) {
            worker.loop().set(timer, worker.loop().nowNs());
        } else {
            work = null;
        }
        return outcome;
    }

    @Override
    public void expired(long nowNs) {
        int outcome = step();
        if (outcome != Work.MORE) {
            done.accept(outcome);
        }
    }

    @Override
    public void failed(Throwable problem) {
        end();
        failed.accept(problem);
    }
}
