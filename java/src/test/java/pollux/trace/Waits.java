package pollux.trace;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a wait watches and what it reports: {@code poll} has both in its line; the set of {@code epoll_wait} is kept by the
 * kernel, and is followed here from one {@code epoll_ctl} to the next.
 */
final class Waits {
    private static final Set<String> POLLS = Set.of("poll", "ppoll");
    private static final Set<String> EPOLL_WAITS = Set.of("epoll_wait", "epoll_pwait", "epoll_pwait2");
    private static final Pattern POLLED = Pattern.compile("\\{fd=(\\d+)(?:<([^>]*)>)?, events=[^}]*}");
    private static final Pattern POLL_REPORT = Pattern.compile("\\{fd=(\\d+)(?:<[^>]*>)?, revents=([^}]*)}");
    private static final Pattern CONTROL = Pattern.compile(
            "\\d+<[^>]*>, EPOLL_CTL_(?:ADD|MOD|(DEL)), (\\d+)<([^>]*)>, (?:.*u64=(\\d+)}}|0x\\w+|NULL) *");
    private static final Pattern EPOLL_REPORT = Pattern.compile("\\{events=([^,]*), data=\\{u32=\\d+, u64=(\\d+)}}");

    /** A descriptor in the kernel's set: what it is, and what reports of it carry. */
    private record Member(String kind, long data) {}

    private final Map<Integer, Map<Integer, Member>> sets = new HashMap<>();

    static boolean isWait(SystemCall call) {
        return POLLS.contains(call.name()) || EPOLL_WAITS.contains(call.name());
    }

    /** Whether the kernel makes the call again when a signal interrupts it: a wait has reported nothing then. */
    static boolean isMadeAgain(SystemCall call) {
        return call.result().startsWith("? ERESTART") && !isWait(call);
    }

    /** Notes what a call changes in a kernel's set; every call may be given. */
    void follow(SystemCall call) {
        if (call.name().equals("epoll_ctl") && call.answer() == 0) {
            Matcher control = CONTROL.matcher(call.arguments());
            if (!control.matches()) {
                throw new IllegalArgumentException("not understood: " + call);
            }
            Map<Integer, Member> set = sets.computeIfAbsent(call.descriptor(), made -> new HashMap<>());
            Integer fd = Integer.valueOf(control.group(2));
            if (control.group(1) != null) {
                set.remove(fd);
            } else {
                set.put(fd, new Member(control.group(3), Long.parseLong(control.group(4))));
            }
        } else if (call.name().equals("close")) {
            sets.remove(call.descriptor());
            sets.values().forEach(set -> set.remove(call.descriptor()));
        }
    }

    /** The descriptors that a wait watches, each with its kind, {@code null} where the line does not tell. */
    Map<Integer, String> watched(SystemCall wait) {
        Map<Integer, String> watched = new HashMap<>();
        if (POLLS.contains(wait.name())) {
            Matcher polled = POLLED.matcher(wait.arguments());
            while (polled.find()) {
                watched.put(Integer.valueOf(polled.group(1)), polled.group(2));
            }
        } else {
            sets.getOrDefault(wait.descriptor(), Map.of()).forEach((fd, member) -> watched.put(fd, member.kind()));
        }
        return watched;
    }

    /** What a wait reported: the names of the events without {@code POLL} or {@code EPOLL} in front. */
    Map<Integer, Set<String>> reported(SystemCall wait) {
        Map<Integer, Set<String>> reported = new HashMap<>();
        boolean poll = POLLS.contains(wait.name());
        String text = poll ? wait.result() : wait.arguments();
        if (text.contains("...")) {
            throw new IllegalArgumentException("strace cut the report off; let fewer clients come at once: " + wait);
        }
        if (poll) {
            Matcher report = POLL_REPORT.matcher(text);
            while (report.find()) {
                reported.put(Integer.valueOf(report.group(1)), events(report.group(2)));
            }
        } else {
            Map<Long, Integer> byData = new HashMap<>();
            sets.getOrDefault(wait.descriptor(), Map.of()).forEach((fd, member) -> byData.put(member.data(), fd));
            Matcher report = EPOLL_REPORT.matcher(text);
            while (report.find()) {
                Integer fd = byData.get(Long.valueOf(report.group(2)));
                if (fd == null) {
                    throw new IllegalArgumentException("reports what is not in its set: " + wait);
                }
                reported.put(fd, events(report.group(1)));
            }
        }
        return reported;
    }

    private static Set<String> events(String names) {
        Set<String> events = new HashSet<>();
        for (String name : names.split("\\|", -1)) {
            events.add(name.replaceFirst("^E?POLL", ""));
        }
        return events;
    }
}
