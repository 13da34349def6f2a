package pollux.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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
}
