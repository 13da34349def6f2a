package pollux.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pollux.posix.Processes;
import pollux.posix.Signals;
import pollux.wire.Proc;
import pollux.wire.Site;
import pollux.wire.Wait;

/**
 * Programs that follow each other on the same sockets: USR2 makes an heir, and when that serves the one before is told to
 * go. All the while visitors ask.
 */
final class Lineage implements AutoCloseable {
    private static final String PID = "run/pollux.pid";
    private static final String OLD = PID + ".oldbin";
    private static final String LOG = "run/error.log";
    private static final String CONFIGURATION = """
            daemon off;
            worker_processes @workers@;
            pid run/pollux.pid;
            error_log run/error.log info;
            events { use epoll; worker_connections 64; }
            http {
                access_log run/access.log;
                server { listen 127.0.0.1:@port@; listen unix:@site@/run/socket; root www; }
            }
            """;

    private static final int WORKERS = 2;

    /** All that is in {@code run}, but for what is only there for a while. */
    private static final List<String> LASTING =
            List.of("access.log", "error.log", "faults", "pollux.pid", "socket", "stderr", "stdout");

    private static final Pattern SERVES = Pattern.compile("the new program serves, process (\\d+)\n");
    private static final Pattern ENDED =
            Pattern.compile("the new program, process \\d+, has ended (.*); this one goes on\n");

    /** What an heir says, as the one before passes it on. */
    private static final Pattern REASON = Pattern.compile(
            "\\[emerg] \\d+#0: the new program: pollux: \\[emerg] [^\n]+ failed (\\(\\d+: [A-Z][^\n]+\\)|in /[^\n]+:\\d+)\n");

    private final Site site = Site.create().file("www/small.txt", "small\n");
    private final FaultyServer first;
    private final Visitors visitors;
    private int pid;

    /**
     * What an heir does.
     *
     * @param starting the calls that it makes up to when it waits for visitors, and how often each
     * @param serving the calls that it makes for its visitors: of such a one a visitor may notice
     */
    record Calls(Map<String, Long> starting, Set<String> serving) {}

    /** Starts the first one; nobody visits it yet. */
    Lineage() {
        first = FaultyServer.start(site, CONFIGURATION.replace("@workers@", "" + WORKERS), "vfork");
        visitors = new Visitors(first.process().port(), site.path("run/socket"));
        pid = first.process().pid();
    }

    /** What has gone wrong with all of them. */
    FaultPlan plan() {
        return first.plan();
    }

    /** How many requests visitors have made. */
    int requests() {
        return visitors.asked();
    }

    /** Makes an heir without a fault, and looks at what it does; from then on there are visitors. */
    Calls begin() {
        Map<String, Long> before = made();
        beget();
        Wait.until(() -> "an heir: " + site.read(LOG), () -> heir() != 0);
        // It says so before it takes its streams; when its workers wait for visitors it has done all.
        long waits = before.get("epoll_wait") + WORKERS;
        Wait.until("workers that wait", () -> plan().made("epoll_wait") >= waits);
        Map<String, Long> starting = difference(before, made());
        succeed();
        before = made();
        visitors.begin();
        visitors.awaitMore();
        return new Calls(starting, difference(before, made()).keySet());
    }

    private Map<String, Long> made() {
        Map<String, Long> made = new LinkedHashMap<>();
        plan().calls().forEach(call -> made.put(call, plan().made(call)));
        made.remove(FaultPlan.FREE);
        return made;
    }

    private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> difference = new LinkedHashMap<>();
        after.forEach((call, made) -> {
            if (made > before.get(call)) {
                difference.put(call, made - before.get(call));
            }
        });
        return difference;
    }

    /** From now on the plan is the next one's. */
    private void beget() {
        plan().only(plan().loaded() + 1);
        site.file(LOG, "");
        assertEquals(0, Processes.signal(pid, Signals.USR2));
    }

    /** The heir that serves, or 0. */
    private int heir() {
        Matcher serves = SERVES.matcher(site.read(LOG));
        return serves.find() ? Integer.parseInt(serves.group(1)) : 0;
    }

    private boolean hasFailed() {
        return ENDED.matcher(site.read(LOG)).find();
    }

    /**
     * Makes an heir in which one call fails: it serves, or there is none, and then everything is as it was. No visitor
     * notices; but when it serves and the call is one that it makes for visitors, it may have been for one of them.
     */
    void fail(String call, int place, int errno, Calls calls) {
        List<String> open = descriptors();
        plan().once(call, place, errno);
        beget();
        Wait.until(() -> "an heir, or its end: " + site.read(LOG), () -> heir() != 0 || hasFailed());
        boolean failed = hasFailed();
        int visible = !failed && calls.serving().contains(call) ? 1 : 0;
        if (failed) {
            assertFalse(plan().isPending(call), "it was not made");
            assertAsBefore(open);
        } else {
            Wait.until("the call", () -> !plan().isPending(call));
            succeed();
        }
        visitors.awaitMore();
        List<String> lost = visitors.takeLost();
        assertTrue(lost.size() <= visible, () -> lost + " were lost, the heir " + (failed ? "failed" : "serves"));
        String log = site.read(LOG);
        assertFalse(log.contains(" unexpected ") || log.contains("Exception"), log);
    }

    private void assertAsBefore(List<String> open) {
        String log = site.read(LOG);
        assertTrue(REASON.matcher(log).find(), () -> "no reason: " + log);
        Matcher ended = ENDED.matcher(log);
        assertTrue(ended.find() && ended.group(1).equals("with status 1"), log);
        // The line is written before the file has its name back.
        Wait.until("the pid file", () -> !site.has(OLD));
        assertEquals(pid + "\n", site.read(PID));
        assertEquals(LASTING, site.names("run"));
        Wait.until(() -> "descriptors " + open + " and not " + descriptors(), () -> descriptors()
                .equals(open));
    }

    /** The one before goes, and its heir takes its place. */
    private void succeed() {
        int old = pid;
        int heir = heir();
        assertEquals(old + "\n", site.read(OLD));
        assertEquals(heir + "\n", site.read(PID));
        assertEquals(0, Processes.signal(old, Signals.QUIT));
        Wait.until("the end of the one before", () -> hasEnded(old));
        // Its threads end one by one, and as long as there is one it has children.
        Wait.until("another parent", () -> !Proc.read(heir, "status").contains("\nPPid:\t" + old + "\n"));
        assertFalse(hasEnded(heir), () -> "the heir has ended: " + site.read(LOG));
        pid = heir;
        assertEquals(heir + "\n", site.read(PID));
        assertEquals(LASTING, site.names("run"));
    }

    /** Whether a process is gone, or waits only for somebody to ask how it ended. */
    private static boolean hasEnded(int pid) {
        String stat = Proc.read(pid, "stat");
        return stat.isEmpty() || stat.contains(") Z ");
    }

    /** The pipes and the lasting files that the present one has open. */
    private List<String> descriptors() {
        List<String> targets = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path each : all) {
                String target = target(each);
                if (target.startsWith(site.path("run").toString()) || target.startsWith("pipe:")) {
                    targets.add(target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        targets.sort(null);
        return targets;
    }

    /** Empty for a descriptor that was closed since it was listed. */
    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closed) {
            return "";
        }
    }

    /** Ends them all. */
    @Override
    public void close() {
        plan().disarm();
        visitors.close();
        int heir = heir();
        if (heir != 0 && heir != pid) {
            end(heir);
        }
        end(pid);
        first.kill();
        site.close();
    }

    private static void end(int pid) {
        if (!hasEnded(pid)) {
            Processes.signal(pid, Signals.TERM);
            Wait.until("the end of " + pid, () -> hasEnded(pid));
        }
    }
}
