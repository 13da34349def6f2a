package pollux.twin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import pollux.twin.Row.Difference;
import pollux.wire.Answer;

/**
 * Lays two outcomes beside each other. What cannot be equal is named first: the server's name, its port, the date, the
 * boundary of parts. Everything else is equal, or stands in the row as a difference with its reason; and a difference that
 * stands there must be there.
 */
final class Comparison {
    /** Stands for a Content-Length that is right: the content itself is compared. */
    static final String LENGTH_OF_CONTENT = "(that of the content)";

    private final Names nginx;
    private final Names pollux;
    private final StringBuilder complaints = new StringBuilder();

    Comparison(Names nginx, Names pollux) {
        this.nginx = nginx;
        this.pollux = pollux;
    }

    /**
     * What a server calls itself.
     *
     * @param product with its version, as in {@code Server}
     * @param name without
     * @param port where it listens
     */
    record Names(String product, String name, int port) {
        String generalise(String text) {
            return text.replace(product, "<product>")
                    .replace("<center>" + name + "</center>", "<center><name></center>")
                    .replaceAll("\\b" + port + "\\b", "<port>")
                    .replaceAll("(boundary=|\r\n--)\\d{20}", "$1<boundary>");
        }
    }

    /** Fails unless the outcomes are equal but for the row's differences. */
    static void check(Row row, Comparison comparison, Dialogue.Outcome byNginx, Dialogue.Outcome byPollux) {
        comparison.compare(row, byNginx, byPollux);
        if (comparison.complaints.length() > 0) {
            throw new AssertionError(
                    comparison.complaints.insert(0, row.name() + "\n").toString());
        }
    }

    private void compare(Row row, Dialogue.Outcome byNginx, Dialogue.Outcome byPollux) {
        Map<String, String> expected = describe(byNginx, nginx);
        Map<String, String> actual = describe(byPollux, pollux);
        Map<String, Difference> deliberate = new LinkedHashMap<>();
        row.differences().forEach(difference -> deliberate.put(difference.what(), difference));
        Set<String> all = new TreeSet<>(expected.keySet());
        all.addAll(actual.keySet());
        all.addAll(deliberate.keySet());
        for (String what : all) {
            String theirs = expected.get(what);
            String ours = actual.get(what);
            Difference difference = deliberate.get(what);
            if (difference != null) {
                if (!Objects.equals(theirs, difference.nginx()) || !Objects.equals(ours, difference.pollux())) {
                    complain(what + " (not the difference that is written down)", theirs, ours);
                }
            } else if (!isSame(what, theirs, ours, row) && !isOfOtherStatus(what, deliberate)) {
                complain(what, theirs, ours);
            }
        }
    }

    private void complain(String what, String theirs, String ours) {
        complaints.append("  ").append(what).append("\n    nginx:  ").append(escape(theirs));
        complaints.append("\n    pollux: ").append(escape(ours)).append('\n');
    }

    private static String escape(String text) {
        return text == null ? "(nothing)" : text.replace("\r", "\\r").replace("\n", "\\n");
    }

    /** A HEAD response announces the length of a page in which the server's name may be longer. */
    private boolean isSame(String what, String theirs, String ours, Row row) {
        if (Objects.equals(theirs, ours)) {
            return true;
        }
        boolean isHead = row.requests().get(0).startsWith("HEAD ");
        if (!isHead || !what.endsWith("Content-Length") || theirs == null || ours == null) {
            return false;
        }
        int longer = Integer.parseInt(ours) - Integer.parseInt(theirs);
        return longer == pollux.product().length() - nginx.product().length()
                || longer == pollux.name().length() - nginx.name().length();
    }

    /** Answers of which one refuses what the other grants have nothing more in common. */
    private static boolean isOfOtherStatus(String what, Map<String, Difference> deliberate) {
        int colon = what.indexOf(": ");
        String prefix = colon < 0 ? "" : what.substring(0, colon + 2);
        return deliberate.containsKey(prefix + "status");
    }

    private static Map<String, String> describe(Dialogue.Outcome outcome, Names names) {
        Map<String, String> all = new LinkedHashMap<>();
        List<Answer> answers = outcome.answers();
        for (int i = 0; i < answers.size(); i++) {
            describe(i == 0 ? "" : (i + 1) + ": ", answers.get(i), names, all);
        }
        if (!outcome.interim().isEmpty()) {
            all.put("interim", String.join("\n", outcome.interim()));
        }
        all.put("connection", outcome.connection());
        return all;
    }

    private static void describe(String prefix, Answer answer, Names names, Map<String, String> all) {
        String[] lines = answer.head().split("\r\n", -1);
        int code = Math.min(lines[0].length(), "HTTP/1.1 200".length());
        all.put(prefix + "status", lines[0].substring(0, code));
        all.put(prefix + "reason", lines[0].substring(code).strip());
        String content = names.generalise(answer.content());
        // The last one is empty: every line has its end.
        for (int i = 1; i < lines.length - 1; i++) {
            int colon = lines[i].indexOf(": ");
            String name = colon < 0 ? lines[i] : lines[i].substring(0, colon);
            String value = colon < 0 ? "(no colon)" : names.generalise(lines[i].substring(colon + 2));
            if (name.equals("Date")) {
                value = "<date>";
            } else if (name.equals("Server") && value.equals(names.name())) {
                value = "<name>";
            } else if (name.equals("Content-Length") && value.equals(Integer.toString(answer.bytes().length))) {
                value = LENGTH_OF_CONTENT;
            }
            all.merge(prefix + name, value, (first, second) -> first + "\n" + second);
        }
        boolean isLong = content.length() > 2_000;
        all.put(prefix + "content", isLong ? content.length() + " bytes, hash " + content.hashCode() : content);
    }
}
