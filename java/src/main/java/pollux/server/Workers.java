package pollux.server;

import java.util.ArrayList;
import java.util.List;
import pollux.config.Config;
import pollux.config.ErrorLog;
import pollux.posix.PosixException;

/**
 * The workers of a server and their threads: as many as the configuration says, more or fewer after a reload. The first runs
 * on the thread that calls {@link #run}, and asks the others for what it was asked for itself.
 */
final class Workers {
    private final Server server;
    private final List<Worker> all = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    Workers(Server server) {
        this.server = server;
    }

    Worker first() {
        return all.get(0);
    }

    int count() {
        return all.size();
    }

    /**
     * Makes the workers of a configuration, with their logs.
     *
     * @throws PosixException when something is refused to one of them
     */
    void create(Config config) {
        all.addAll(missing(config));
    }

    /** Those that a configuration has more than there are. They do not count yet. */
    private List<Worker> missing(Config config) {
        List<Worker> missing = new ArrayList<>();
        try {
            for (int i = all.size(); i < config.process().workers(); i++) {
                Worker worker = new Worker(server, i, config);
                missing.add(worker);
                Server.openLogs(worker, config);
                worker.logs().retain(Server.logFiles(config));
            }
        } catch (PosixException refused) {
            missing.forEach(Worker::discard);
            throw refused;
        }
        return missing;
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

    /** Serves until all have ended. */
    void run() {
        all.subList(1, all.size()).forEach(this::start);
        try {
            first().run();
            for (Thread thread : List.copyOf(threads)) {
                thread.join();
            }
        } catch (InterruptedException impossible) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(Worker worker) {
        Thread thread = new Thread(worker::run, "worker " + worker.number());
        thread.start();
        threads.add(thread);
    }

    /**
     * Goes over to another configuration, by as many workers as it says: those that are too many end with what they have
     * under way, and whoever waits in the queues of their sockets is accepted by the others. On the first worker's thread.
     *
     * @param before the configuration that goes on when this is refused
     * @throws PosixException when an address, a log or a descriptor cannot be had
     */
    void apply(Config next, Config before) {
        List<Worker> fresh = missing(next);
        int count = next.process().workers();
        try {
            server.sockets().open(next.sockets(), count);
            fresh.forEach(worker -> worker.listen(count));
            first().apply(next, count);
        } catch (PosixException refused) {
            fresh.forEach(Worker::discard);
            server.sockets().keep(before.sockets());
            // There may be more sockets of an address than before, and somebody has to watch them.
            all.forEach(worker -> worker.submit(() -> apply(worker, before, all.size())));
            throw refused;
        }
        all.addAll(fresh);
        List<Worker> surplus = all.subList(count, all.size());
        surplus.forEach(worker -> worker.submit(worker::stopGracefully));
        surplus.clear();
        for (Worker worker : all.subList(1, count - fresh.size())) {
            worker.submit(() -> apply(worker, next, count));
        }
        server.sockets().keep(next.sockets());
        threads.removeIf(thread -> !thread.isAlive());
        fresh.forEach(this::start);
    }

    private static void apply(Worker worker, Config next, int count) {
        try {
            worker.apply(next, count);
        } catch (PosixException refused) {
            worker.report(ErrorLog.Level.EMERG, refused.getMessage());
        }
    }
}
