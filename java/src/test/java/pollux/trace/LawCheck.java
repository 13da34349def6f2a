package pollux.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Walks the system calls of a server and notes every one that breaks a law. The loop's thread is the one that polls a
 * listening socket; nothing before its first poll counts, for that is set-up.
 *
 * <ol>
 *   <li>One wait: {@code poll} is the only call on the loop's thread that can wait, and no other thread touches what the
 *       loop watches.
 *   <li>Readiness first: a read or write of a socket or a pipe was allowed by the latest poll, for that direction, and
 *       not used since. Regular files are exempt, and so is the writing end of the wake-up pipe, which signal handlers
 *       and other threads write to.
 *   <li>No errno after I/O: after a -1, nothing but {@code shutdown} and {@code close} happens to that descriptor, and
 *       {@code SO_ERROR} is never asked for.
 *   <li>Sockets and pipes are non-blocking and close-on-exec from birth.
 * </ol>
 */
final class LawCheck {
    private static final Set<String> POLLS = Set.of("poll", "ppoll");
    private static final Set<String> OTHER_WAITS = Set.of(
            "select",
            "pselect6",
            "epoll_wait",
            "epoll_pwait",
            "epoll_pwait2",
            "nanosleep",
            "clock_nanosleep",
            "pause",
            "rt_sigsuspend",
            "rt_sigtimedwait",
            "connect",
            "flock",
            "msgrcv",
            "semop",
            "io_uring_enter");
    private static final Set<String> READS = Set.of("read", "readv", "recvfrom", "recvmsg", "recvmmsg");
    private static final Set<String> WRITES =
            Set.of("write", "writev", "sendto", "sendmsg", "sendmmsg", "sendfile", "splice", "tee", "vmsplice");
    private static final Set<String> ACCEPTS = Set.of("accept", "accept4");
    private static final Set<String> ENDS = Set.of("close", "shutdown");
    private static final Set<String> BIRTHS = Set.of("socket", "socketpair", "accept", "accept4", "pipe", "pipe2");
    private static final Pattern POLLED = Pattern.compile("\\{fd=(\\d+)(?:<([^>]*)>)?, events=[^}]*}");
    private static final Pattern REPORTED = Pattern.compile("\\{fd=(\\d+)(?:<[^>]*>)?, revents=([^}]*)}");

    private final List<String> violations = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Set<Integer> readable = new HashSet<>();
    private final Set<Integer> writable = new HashSet<>();
    private final Set<Integer> givenUp = new HashSet<>();
    private final Map<Integer, String> watched = new HashMap<>();
    private String wakeUp = "";
    private int loopThread = -1;

    private LawCheck() {}

    /** Checks the calls of one process. */
    static LawCheck of(List<SystemCall> calls) {
        LawCheck check = new LawCheck();
        Set<Integer> listeners = new HashSet<>();
        for (SystemCall call : calls) {
            if (call.name().equals("listen") && call.answer() == 0) {
                listeners.add(call.descriptor());
            }
            if (check.loopThread < 0 && POLLS.contains(call.name()) && polls(call, listeners)) {
                check.begin(call);
            }
            if (check.loopThread == call.thread()) {
                check.onLoop(call);
            } else if (check.loopThread >= 0) {
                check.elsewhere(call);
            }
        }
        if (check.loopThread < 0) {
            throw new IllegalArgumentException("no thread polls a listening socket");
        }
        return check;
    }

    private static boolean polls(SystemCall call, Set<Integer> listeners) {
        Matcher polled = POLLED.matcher(call.arguments());
        while (polled.find()) {
            if (listeners.contains(Integer.valueOf(polled.group(1)))) {
                return true;
            }
        }
        return false;
    }

    /** The first wait: there are the listeners, and the only pipe is the one that wakes the loop up. */
    private void begin(SystemCall firstPoll) {
        loopThread = firstPoll.thread();
        Matcher polled = POLLED.matcher(firstPoll.arguments());
        while (polled.find()) {
            if (polled.group(2) != null && polled.group(2).startsWith("pipe:")) {
                wakeUp = polled.group(2);
            }
        }
    }

    /** What was found, a line each; empty when all laws hold. */
    List<String> violations() {
        return violations;
    }

    /** How often something lawful was seen, so that a test can tell that there was something to see. */
    int count(String what) {
        return counts.getOrDefault(what, 0);
    }

    /** All that was counted. */
    Map<String, Integer> counts() {
        return counts;
    }

    private void saw(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private void broken(String law, SystemCall call) {
        violations.add(law + ": " + call);
    }

    private void onLoop(SystemCall call) {
        String name = call.name();
        if (call.result().startsWith("? ERESTART") && !POLLS.contains(name)) {
            // A signal came before anything happened: the kernel makes the very call again, and that line counts. A
            // poll is not made again, and has reported nothing.
            return;
        }
        checkGivenUp(call);
        if (POLLS.contains(name)) {
            turn(call);
        } else if (OTHER_WAITS.contains(name)) {
            broken("another wait than poll", call);
        } else if (name.startsWith("wait") && !call.arguments().contains("WNOHANG")) {
            broken("waits for a child", call);
        } else if (READS.contains(name)) {
            move(call, readable, "reading");
        } else if (WRITES.contains(name)) {
            move(call, writable, "writing");
        } else if (ACCEPTS.contains(name)) {
            accept(call);
        } else if (name.equals("getsockopt") && call.arguments().contains("SO_ERROR")) {
            broken("asks for an error", call);
        } else if (name.equals("close")) {
            forget(call.descriptor());
        }
        if (BIRTHS.contains(name) && call.answer() >= 0) {
            checkBirth(call);
        }
    }

    private void elsewhere(SystemCall call) {
        boolean touches = call.kind().equals(watched.get(call.descriptor())) && call.isOnSocketOrPipe();
        if (touches && !isWakeUp(call)) {
            broken("another thread touches what the loop watches", call);
        }
    }

    private boolean isWakeUp(SystemCall call) {
        return call.name().equals("write") && call.kind().equals(wakeUp);
    }

    /** A new wait: whatever the one before it had allowed is void. */
    private void turn(SystemCall call) {
        saw("poll");
        readable.clear();
        writable.clear();
        Matcher polled = POLLED.matcher(call.arguments());
        while (polled.find()) {
            int fd = Integer.parseInt(polled.group(1));
            if (polled.group(2) != null) {
                watched.put(fd, polled.group(2));
            }
            if (givenUp.contains(fd)) {
                broken("waits for what was given up", call);
            }
        }
        if (call.result().contains("...")) {
            throw new IllegalArgumentException("strace cut the report off; let fewer clients come at once: " + call);
        }
        Matcher reported = REPORTED.matcher(call.result());
        while (reported.find()) {
            int fd = Integer.parseInt(reported.group(1));
            Set<String> events = Set.of(reported.group(2).split("\\|", -1));
            if (events.contains("POLLIN") || events.contains("POLLHUP")) {
                readable.add(fd);
            }
            if (events.contains("POLLOUT")) {
                writable.add(fd);
            }
        }
    }

    private void move(SystemCall call, Set<Integer> allowed, String direction) {
        if (!call.isOnSocketOrPipe()) {
            return;
        }
        if (isWakeUp(call)) {
            saw("wake-up");
            return;
        }
        saw(direction + " a " + call.kind().substring(0, call.kind().indexOf(':')));
        saw(call.name());
        if (!allowed.remove(call.descriptor())) {
            broken("not reported ready for " + direction + " since the latest wait", call);
        }
        if (call.answer() < 0) {
            saw("given up");
            givenUp.add(call.descriptor());
        }
    }

    private void accept(SystemCall call) {
        saw("accept");
        if (!readable.remove(call.descriptor())) {
            broken("accepts where no client was reported", call);
        }
    }

    private void checkGivenUp(SystemCall call) {
        if (call.isOnSocketOrPipe() && givenUp.contains(call.descriptor()) && !ENDS.contains(call.name())) {
            broken("used after a -1", call);
        }
    }

    private void forget(int fd) {
        readable.remove(fd);
        writable.remove(fd);
        givenUp.remove(fd);
        watched.remove(fd);
    }

    private void checkBirth(SystemCall call) {
        saw("born");
        boolean good = call.arguments().contains("CLOEXEC") && call.arguments().contains("NONBLOCK");
        if (!good) {
            broken("not non-blocking and close-on-exec from birth", call);
        }
    }
}
