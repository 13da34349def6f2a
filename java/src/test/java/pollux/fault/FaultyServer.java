package pollux.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import pollux.wire.ServerProcess;
import pollux.wire.Site;
import pollux.wire.Wait;

/** A server whose calls go by a {@link FaultPlan}, and its census: what it must have again when a fault is over. */
final class FaultyServer implements AutoCloseable {
    private static final Path LIBRARIES =
            Path.of("target", "native-faults", "faults").toAbsolutePath();
    private static final long LOOK_AGAIN_NS = TimeUnit.MICROSECONDS.toNanos(200);

    /** The first nudge comes so soon, and each later one after twice as long. */
    private static final long NUDGE_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Site site;
    private final ServerProcess process;
    private final FaultPlan plan;
    private final DatagramSocket syslog;
    private Set<String> lasting;
    private List<String> before = List.of();
    private long memory;

    private FaultyServer(Site site, ServerProcess process, FaultPlan plan) {
        this.site = site;
        this.process = process;
        this.plan = plan;
        try {
            this.syslog = new DatagramSocket(process.port3(), InetAddress.getLoopbackAddress());
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a server, and what takes its log at {@code @port3@}.
     *
     * @param site stays the caller's
     * @param spawning how it makes children: {@code vfork} or {@code fork}
     */
    static FaultyServer start(Site site, String configuration, String spawning) {
        FaultPlan plan = FaultPlan.create(site.path("run/faults"));
        List<String> wrapper = new ArrayList<>(wrapper(site));
        wrapper.add("JDK_JAVA_OPTIONS=-Dpollux.spawn=" + spawning);
        ServerProcess process = ServerProcess.startUnder(wrapper, site, configuration);
        // A program that takes over has the same plan.
        plan.only(plan.loaded());
        return new FaultyServer(site, process, plan);
    }

    /** What a server is started by so that it finds the library with faults, and the plan {@code run/faults} of its site. */
    static List<String> wrapper(Site site) {
        assertTrue(Files.isRegularFile(LIBRARIES.resolve("libpollux.so")), LIBRARIES + " holds no libpollux.so");
        return List.of("env", "LD_LIBRARY_PATH=" + LIBRARIES, "POLLUX_FAULTS=" + site.path("run/faults"));
    }

    Site site() {
        return site;
    }

    ServerProcess process() {
        return process;
    }

    FaultPlan plan() {
        return plan;
    }

    /**
     * What is there now, and was whenever this was called before, is what there must be after each fault: the socket of a
     * client that is just leaving is another one each time.
     */
    void takeCensus() {
        Set<String> now = descriptors();
        if (lasting == null) {
            lasting = now;
        }
        lasting.retainAll(now);
        before = lasting.stream()
                .map(each -> each.substring(each.indexOf(' ') + 1).replaceFirst(":\\[\\d+]$", ""))
                .filter(this::isOurs)
                .sorted()
                .toList();
    }

    /** Each open descriptor: sockets and pipes with their own numbers, files by name, since a log may be opened again. */
    private Set<String> descriptors() {
        Set<String> found = new HashSet<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/fd"))) {
            for (Path each : all) {
                try {
                    String target = Files.readSymbolicLink(each).toString();
                    int number = 1;
                    while (!found.add(number + " " + target)) {
                        number++;
                    }
                } catch (NoSuchFileException closed) {
                    // Since it was listed: then it is not one that lasts.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Whether a descriptor's target is not one of Java's own machine. */
    private boolean isOurs(String target) {
        return !target.startsWith("/") || target.startsWith(site.path().toString()) || target.equals("/dev/null");
    }

    /**
     * Waits until there is what there was when {@link #takeCensus} was called.
     *
     * @param nudge is done now and then: some things come back only when they are needed
     */
    void awaitCensus(Runnable nudge) {
        if (census().equals(before)) {
            return;
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Wait.LIMIT_MS);
        long pauseNs = NUDGE_NS;
        long nudgeNs = System.nanoTime() + pauseNs;
        while (!census().equals(before)) {
            if (System.nanoTime() - nudgeNs > 0) {
                nudge.run();
                pauseNs *= 2;
                nudgeNs = System.nanoTime() + pauseNs;
            }
            assertTrue(process.isAlive(), "the server has died: " + process.standardError());
            if (System.nanoTime() - end > 0) {
                assertEquals(String.join("\n", before), String.join("\n", census()), "descriptors, children, files");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }

    /** As much memory as is out now is what there must be whenever {@link #awaitMemory} is called. */
    void countMemory() {
        memory = plan.memory();
    }

    /**
     * Waits until as many blocks of memory are out as there were when {@link #countMemory} was called.
     *
     * @param giveSparesBack is done now and then: a buffer that came back later than the last time is spare
     */
    void awaitMemory(Runnable giveSparesBack) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Wait.LIMIT_MS);
        long pauseNs = NUDGE_NS;
        long nudgeNs = System.nanoTime() + pauseNs;
        while (plan.memory() != memory) {
            if (System.nanoTime() - nudgeNs > 0) {
                giveSparesBack.run();
                pauseNs *= 2;
                nudgeNs = System.nanoTime() + pauseNs;
            }
            if (System.nanoTime() - end > 0) {
                assertEquals(memory, plan.memory(), "blocks of memory");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
    }

    /** Descriptors but for those of Java's own machine, children, and files that are on the way to be others. */
    private List<String> census() {
        List<String> found = new ArrayList<>();
        for (String name : process.descriptors()) {
            if (isOurs(name)) {
                found.add(name);
            }
        }
        process.children().forEach(child -> found.add("a child"));
        for (String folder : List.of("run/body", "run/store", "run/dav", "run/dav/tree", "run")) {
            if (site.has(folder)) {
                for (String name : site.names(folder)) {
                    if (folder.equals("run/body") || name.endsWith(".tmp") || name.endsWith(".new")) {
                        found.add(folder + "/" + name);
                    }
                }
            }
        }
        return found;
    }

    /** Ends the server as a crash would. */
    void kill() {
        syslog.close();
        process.kill();
    }

    @Override
    public void close() {
        plan.disarm();
        syslog.close();
        process.close();
    }
}
