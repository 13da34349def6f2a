package pollux.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the kernel says of a process ({@code proc(5)}). */
public final class Proc {
    private static final int KIBIBYTE = 1024;

    private Proc() {}

    /** A file of the process's folder; the empty string when the process is gone. */
    public static String read(int pid, String file) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/" + file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** The names of a process's threads. */
    public static List<String> threads(int pid) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            threads.forEach(thread -> names.add(
                    read(pid, "task/" + thread.getFileName() + "/comm").strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static long number(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** A size in bytes: {@code VmRSS} is what is resident now, {@code VmHWM} the most there ever was. */
    public static long memory(int pid, String name) {
        return number(read(pid, "status"), name) * KIBIBYTE;
    }

    /** Bytes that the process has given to write calls. */
    public static long written(int pid) {
        return number(read(pid, "io"), "wchar");
    }

    /** Processor time that the process has used, in the kernel and outside, in hundredths of a second. */
    public static long processorTicks(int pid) {
        // The second field, the program's name in parentheses, may hold anything.
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }
}
