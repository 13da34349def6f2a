package pollux.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Walks the system calls of a server and notes every one that breaks a law. The loop's thread is the one that waits for
 * a listening socket; nothing before its first wait counts, for that is set-up.
 *
 * <ol>
 *   <li>One wait: {@code poll} or {@code epoll_wait} for all there is, the wake-up pipe among it, is the only call on the
 *       loop's thread that can wait, and no other thread touches what the loop watches.
 *   <li>Readiness first: a read or write of a socket or a pipe was allowed by the latest wait, for that direction, and
 *       not used since. Regular files are exempt, and so is the writing end of the wake-up pipe, which signal handlers
 *       and other threads write to.
 *   <li>No errno after I/O: after a -1, nothing but {@code shutdown} and {@code close} happens to that descriptor, and
 *       {@code SO_ERROR} is never asked for.
 *   <li>Sockets and pipes are non-blocking and close-on-exec from birth.
 * </ol>
 */
final class LawCheck {
    private static final Set<String> OTHER_WAITS = Set.of(
            "select",
            "pselect6",
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

    private final List<String> violations = new ArrayList<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Set<Integer> readable = new HashSet<>();
    private final Set<Integer> writable = new HashSet<>();
    private final Set<Integer> givenUp = new HashSet<>();
    private final Map<Integer, String> watched = new HashMap<>();
    private final Waits waits = new Waits();
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
            // A worker watches a copy of the process's own.
            if (call.arguments().contains("F_DUPFD") && listeners.contains(call.descriptor())) {
                listeners.add((int) call.answer());
            }
            check.waits.follow(call);
            if (check.loopThread < 0 && Waits.isWait(call) && check.isForAnyOf(call, listeners)) {
                check.begin(call);
            }
            if (check.loopThread == call.thread()) {
                check.onLoop(call);
            } else if (check.loopThread >= 0) {
                check.elsewhere(call);
            }
        }
        if (check.loopThread < 0) {
            throw new IllegalArgumentException("no thread waits for a listening socket");
        }
        return check;
    }

    private boolean isForAnyOf(SystemCall wait, Set<Integer> listeners) {
        return !Collections.disjoint(waits.watched(wait).keySet(), listeners);
    }

    /** The first wait: there are the listeners, and the only pipe is the one that wakes the loop up. */
    private void begin(SystemCall firstWait) {
        loopThread = firstWait.thread();
        waits.watched(firstWait).forEach((fd, kind) -> {
            if (kind != null && kind.startsWith("pipe:")) {
                wakeUp = kind;
            }
        });
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
        if (Waits.isMadeAgain(call)) {
            // A signal came before anything happened, and the line of the second try counts.
            return;
        }
        checkGivenUp(call);
        if (Waits.isWait(call)) {
            turn(call);
        } else if (OTHER_WAITS.contains(name) && !call.arguments().contains("LOCK_NB")) {
            broken("another wait than the loop's", call);
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
        if (isWakeUp(call)) {
            saw("wake-up");
        } else if (touches) {
            broken("another thread touches what the loop watches", call);
        }
    }

    private boolean isWakeUp(SystemCall call) {
        return call.name().equals("write") && call.kind().equals(wakeUp);
    }

    /** A new wait: whatever the one before it had allowed is void. */
    private void turn(SystemCall call) {
        saw(call.name());
        readable.clear();
        writable.clear();
        Map<Integer, String> now = waits.watched(call);
        if (!now.containsValue(wakeUp)) {
            broken("another wait than the loop's", call);
        }
        now.forEach((fd, kind) -> {
            if (kind != null) {
                watched.put(fd, kind);
            }
            if (givenUp.contains(fd)) {
                broken("waits for what was given up", call);
            }
        });
        waits.reported(call).forEach((fd, events) -> {
            if (events.contains("IN") || events.contains("HUP")) {
                readable.add(fd);
            }
            if (events.contains("OUT")) {
                writable.add(fd);
            }
        });
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
