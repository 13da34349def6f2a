package pollux.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that run at the same time, each on a thread of its own. */
public final class AtOnce {
    private AtOnce() {}

    /** What a client does. */
    public interface Client {
        /** Asks, and looks at the answers. */
        void run() throws Exception;
    }

    /** Runs them all; the first failure fails the test, when all before it have ended. */
    public static void run(List<Client> clients) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Client client : clients) {
                running.add(threads.submit(() -> {
                    client.run();
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
