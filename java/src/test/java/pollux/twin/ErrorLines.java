package pollux.twin;

import java.util.ArrayList;
import java.util.List;
import pollux.wire.Site;
import pollux.wire.Wait;

/**
 * An error log as it grows, in a form in which nginx's and Pollux's can be equal: without time, process, thread, the
 * connection's number, the server's name and its port.
 */
final class ErrorLines {
    private final Site site;
    private final String file;
    private final String name;
    private final int port;
    private int seen;

    /** The log {@code file} of a server that is called {@code name} and listens on {@code port}. */
    ErrorLines(Site site, String file, String name, int port) {
        this.site = site;
        this.file = file;
        this.name = name;
        this.port = port;
    }

    /** Waits for so many lines that nobody has taken. */
    void await(int lines) {
        Wait.until(() -> lines + " lines in " + fresh(), () -> fresh().lines().count() >= lines);
    }

    /** Waits for a line that names {@code marker}, and takes the lines before it. */
    String takeUntil(String marker) {
        Wait.until(() -> marker + " in " + fresh(), () -> fresh().matches("(?s).*" + marker + "[^\n]*\n.*"));
        String text = fresh();
        int end = text.lastIndexOf('\n', text.indexOf(marker)) + 1;
        seen += text.indexOf('\n', end) + 1;
        return generalise(text.substring(0, end));
    }

    /** What was written since the last was taken. */
    String fresh() {
        String all = site.has(file) ? site.read(file) : "";
        return all.substring(Math.min(seen, all.length()));
    }

    /** The text without what differs between any two servers. */
    String generalise(String text) {
        return text.replaceAll("(?m)^\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d ", "")
                .replaceAll("(?m)^(\\[\\w+\\] )\\d+#\\d+: ", "$1")
                .replaceAll("(?m)^(\\[\\w+\\] )\\*\\d+ ", "$1*n ")
                .replaceAll("\\b" + port + "\\b", "<port>")
                .replace(site.path().toString(), "@site@")
                .replace(name + ".", "<name>.")
                .replace("/" + name, "/<name>")
                .replaceAll("[nxu]{100,}", "<long>");
    }

    /** The messages of lines, each without whom it is about. */
    static String messages(String lines) {
        List<String> messages = new ArrayList<>();
        for (String line : lines.split("(?m)\n(?=\\[)", -1)) {
            messages.add(line.replaceAll("(?s)(, client: .*|\n)$", ""));
        }
        return String.join("\n", messages);
    }
}
