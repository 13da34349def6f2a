package pollux.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import pollux.config.Config;
import pollux.config.ErrorLog;
import pollux.posix.OffHeap;
import pollux.posix.PosixException;

/**
 * The workers of a server and their threads: as many as the configuration says, more or fewer after a reload. The first runs
 * on the thread that calls {@link #run}, and asks the others for what it was asked for itself. One whose loop is beyond help
 * is replaced, on the same thread and the same sockets; when that is impossible the server ends, and says so.
 */
final class Workers {
    /** So many within so long: the next one would fare no better. */
    private static final int MOST_REPLACEMENTS = 5;

    private static final long REPLACEMENTS_NS = TimeUnit.MINUTES.toNanos(1);

    private final Server server;
    private final List<Worker> all = new ArrayList<>();
    private final List<WorkerThread> threads = new ArrayList<>();
    private final Deque<Long> replacements = new ArrayDeque<>();
    private boolean failed;

    Workers(Server server) {
        this.server = server;
    }

    /** The one that answers for all. */
    synchronized Worker first() {
        return all.get(0);
    }

    /**
     * Makes the workers of a configuration, with their logs and threads.
     *
     * @throws PosixException when something is refused to one of them
     */
    void create(Config config) {
        all.addAll(missing(config));
        threads.addAll(WorkerThread.hire(all.subList(1, all.size())));
    }

    /** Those that a configuration has more than there are. They do not count yet. */
    private List<Worker> missing(Config config) {
        List<Worker> missing = new ArrayList<>();
        try {
            for (int i = all.size(); i < config.process().workers(); i++) {
                missing.add(make(i, config));
            }
        } catch (RuntimeException | Error refused) {
            missing.forEach(Worker::discard);
            throw refused;
        }
        return missing;
    }

    private Worker make(int number, Config config) {
        Worker worker = Worker.create(server, number, config);
        try {
            Server.openLogs(worker, config);
            worker.logs().retain(Server.logFiles(config));
            return worker;
        } catch (RuntimeException | Error refused) {
            worker.discard();
            throw refused;
        }
    }

    /**
     * Lets them listen; they accept when they run.
     *
     * @throws PosixException when an address cannot be had
     */
    void listen(Config config) {
        server.sockets().open(config.sockets(), all.size());
        all.forEach(worker -> worker.listen(all.size()));
    }

    /**
     * Serves until all have ended.
     *
     * @return false when they ended because one of them could not go on
     */
    boolean run() {
        start(all.subList(1, all.size()), threads);
        serve(first());
        threads().forEach(WorkerThread::join);
        return !failed;
    }

    private synchronized List<WorkerThread> threads() {
        return List.copyOf(threads);
    }

    private void start(List<Worker> workers, List<WorkerThread> hired) {
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get(i);
            hired.get(i).run(() -> serveOnItsThread(worker));
        }
    }

    private void serveOnItsThread(Worker worker) {
        try {
            serve(worker);
        } finally {
            OffHeap.endOfThread();
        }
    }

    /** Runs a worker, and in its place another one when its loop is beyond help. */
    private void serve(Worker worker) {
        Worker next = worker;
        while (next != null) {
            Worker present = next;
            try {
                present.run();
                next = null;
            } catch (RuntimeException | Error problem) {
                next = replacement(present, problem);
            }
        }
    }

    /** A fresh worker on the same sockets; {@code null} when there is none to be. */
    private synchronized Worker replacement(Worker broken, Throwable problem) {
        int place = all.indexOf(broken);
        if (broken.life().isEnding() || place < 0) {
            return null;
        }
        long now = System.nanoTime();
        replacements.add(now);
        while (now - replacements.peek() > REPLACEMENTS_NS) {
            replacements.remove();
        }
        if (replacements.size() > MOST_REPLACEMENTS) {
            give(broken, problem);
            return null;
        }
        try {
            Worker fresh = make(broken.number(), server.config());
            fresh.listen(all.size());
            all.set(place, fresh);
            fresh.report(ErrorLog.Level.ALERT, "worker " + place + " could not go on; another one has taken its place");
            return fresh;
        } catch (RuntimeException | Error none) {
            give(broken, none);
            return null;
        }
    }

    /** A server that half works is worse than none: whoever watches over it starts another one. */
    private void give(Worker broken, Throwable problem) {
        failed = true;
        System.err.println("pollux: [emerg] worker " + broken.number() + " cannot go on, the server ends: " + problem);
        for (Worker worker : all) {
            if (worker != broken) {
                worker.submit(() -> worker.life().stopNow());
            }
        }
    }

    /**
     * Goes over to another configuration, by as many workers as it says: those that are too many end with what they have
     * under way, and whoever waits in the queues of their sockets is accepted by the others. On the first worker's thread.
     *
     * @param before the configuration that goes on when this is refused
     * @throws PosixException when an address, a log or a descriptor cannot be had
     */
    synchronized void apply(Config next, Config before) {
        List<Worker> fresh = missing(next);
        List<WorkerThread> hired = List.of();
        int count = next.process().workers();
        try {
            hired = WorkerThread.hire(fresh);
            server.sockets().open(next.sockets(), count);
            fresh.forEach(worker -> worker.listen(count));
            first().apply(next, count);
        } catch (RuntimeException | Error refused) {
            hired.forEach(WorkerThread::dismiss);
            fresh.forEach(Worker::discard);
            server.sockets().keep(before.sockets());
            // There may be more sockets of an address than before, and somebody has to watch them.
            all.forEach(worker -> worker.submit(() -> apply(worker, before, all.size())));
            throw refused;
        }
        all.addAll(fresh);
        List<Worker> surplus = all.subList(count, all.size());
        surplus.forEach(worker -> worker.submit(() -> worker.life().stopGracefully()));
        surplus.clear();
        for (Worker worker : all.subList(1, count - fresh.size())) {
            worker.submit(() -> apply(worker, next, count));
        }
        server.sockets().keep(next.sockets());
        threads.removeIf(thread -> !thread.isAlive());
        threads.addAll(hired);
        start(fresh, hired);
    }

    /** Those that have retired serve again. */
    synchronized void comeBack() {
        int count = all.size();
        all.forEach(worker -> worker.submit(() -> worker.life().comeBack(count)));
    }

    private static void apply(Worker worker, Config next, int count) {
        try {
            worker.apply(next, count);
        } catch (PosixException refused) {
            worker.report(ErrorLog.Level.EMERG, refused.getMessage());
        }
    }
}
