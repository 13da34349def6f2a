package pollux.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code strace -f -y -a 1 -o FILE} wrote: joins the halves of calls that were interrupted by others, passes over
 * signals and exits, and keeps only the calls of the server's own threads, not those of the programs it started.
 */
final class TraceReader {
    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)\\) += (.+)");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");
    private static final String UNFINISHED = "<unfinished ...>";

    private TraceReader() {}

    /** The calls of the process whose thread wrote the first line, in the order in which they began. */
    static List<SystemCall> read(List<String> lines) {
        SystemCall[] calls = new SystemCall[lines.size()];
        Map<Integer, Integer> begun = new HashMap<>();
        int firstThread = -1;
        for (int i = 0; i < lines.size(); i++) {
            Matcher line = LINE.matcher(lines.get(i));
            if (!line.matches()) {
                throw new IllegalArgumentException("not a line of strace: " + lines.get(i));
            }
            int thread = Integer.parseInt(line.group(1));
            firstThread = firstThread < 0 ? thread : firstThread;
            String text = line.group(2);
            Matcher resumed = RESUMED.matcher(text);
            if (text.endsWith(UNFINISHED)) {
                begun.put(thread, i);
            } else if (resumed.matches()) {
                Integer at = begun.remove(thread);
                if (at != null) {
                    String first =
                            lines.get(at).substring(lines.get(at).indexOf(' ')).strip();
                    String whole = first.substring(0, first.length() - UNFINISHED.length()) + resumed.group(1);
                    calls[at] = call(at, thread, whole);
                }
            } else {
                calls[i] = call(i, thread, text);
            }
        }
        return ofProcess(firstThread, calls);
    }

    /** A call, or {@code null} for a line that tells of a signal or an exit. */
    private static SystemCall call(int index, int thread, String text) {
        if (text.startsWith("---") || text.startsWith("+++")) {
            return null;
        }
        Matcher matcher = CALL.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a call: line " + (index + 1) + ": " + text);
        }
        return new SystemCall(index + 1, thread, matcher.group(1), matcher.group(2), matcher.group(3));
    }

    private static List<SystemCall> ofProcess(int firstThread, SystemCall[] calls) {
        Set<Integer> threads = new HashSet<>(Set.of(firstThread));
        int before;
        do {
            before = threads.size();
            for (SystemCall call : calls) {
                if (call != null && threads.contains(call.thread()) && makesThread(call)) {
                    threads.add((int) call.answer());
                }
            }
        } while (threads.size() > before);
        List<SystemCall> own = new ArrayList<>();
        for (SystemCall call : calls) {
            if (call != null && threads.contains(call.thread())) {
                own.add(call);
            }
        }
        return own;
    }

    private static boolean makesThread(SystemCall call) {
        return call.name().startsWith("clone") && call.arguments().contains("CLONE_THREAD") && call.answer() > 0;
    }
}
