package pollux.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How this process was started, so that it can be started again: the strings of its command line and its environment, to the
 * byte where the system tells them.
 */
final class Program {
    private Program() {}

    /** The file of the Java machine. */
    static String machine() {
        return ProcessHandle.current().info().command().orElseGet(() -> commandLine()
                .get(0));
    }

    /** The command line, the machine's own name first; the caller's to change. */
    static List<String> commandLine() {
        return words("/proc/self/cmdline", Program::argumentsOfTheMachine);
    }

    /** The environment, {@code NAME=value} each; the caller's to change. */
    static List<String> environment() {
        return words("/proc/self/environ", Program::environmentOfTheMachine);
    }

    /** Where there is no such file, what the Java machine knows. */
    private static List<String> words(String file, Supplier<List<String>> otherwise) {
        try {
            String content = new String(Files.readAllBytes(Path.of(file)), StandardCharsets.ISO_8859_1);
            List<String> words = new ArrayList<>(List.of(content.split("\0", -1)));
            words.remove(words.size() - 1);
            return words;
        } catch (IOException none) {
            return otherwise.get();
        }
    }

    private static List<String> argumentsOfTheMachine() {
        ProcessHandle.Info info = ProcessHandle.current().info();
        List<String> words = new ArrayList<>(List.of(info.command().orElse("java")));
        words.addAll(List.of(info.arguments().orElse(new String[0])));
        return words;
    }

    private static List<String> environmentOfTheMachine() {
        List<String> words = new ArrayList<>();
        for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
            words.add(variable.getKey() + "=" + variable.getValue());
        }
        return words;
    }
}
