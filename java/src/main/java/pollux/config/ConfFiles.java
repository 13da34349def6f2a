package pollux.config;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Opens configuration files, and finds those that a pattern names. Names are byte strings; the JDK wants them decoded. */
final class ConfFiles {
    private static final Charset NAMES =
            Charset.forName(System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name()));

    private ConfFiles() {}

    /** Reads a file; {@code where} is what an error message ends with. */
    static ConfFile read(String name, String where) throws ConfException {
        try {
            Path path = path(name);
            if (Files.isDirectory(path)) {
                throw new ConfException("pread() \"" + name + "\" failed (21: Is a directory)" + where);
            }
            return new ConfFile(name, new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException | InvalidPathException missing) {
            throw new ConfException("open() \"" + name + "\" failed (2: No such file or directory)" + where);
        } catch (AccessDeniedException denied) {
            throw new ConfException("open() \"" + name + "\" failed (13: Permission denied)" + where);
        } catch (IOException other) {
            throw new ConfException("open() \"" + name + "\" failed (" + reason(other) + ")" + where);
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException fs && fs.getReason() != null ? fs.getReason() : String.valueOf(e);
    }

    static boolean isPattern(String name) {
        return name.indexOf('*') >= 0 || name.indexOf('?') >= 0 || name.indexOf('[') >= 0;
    }

    /** The names that match a pattern of {@code glob(3)}, sorted; any folder on the way may be a pattern too. */
    static List<String> matching(String pattern) {
        List<String> found = List.of(pattern.startsWith("/") ? "/" : "");
        String[] segments = pattern.split("/+", -1);
        for (int i = 0; i < segments.length; i++) {
            if (!segments[i].isEmpty()) {
                found = descend(found, segments[i], i < segments.length - 1);
            }
        }
        return found;
    }

    private static List<String> descend(List<String> folders, String segment, boolean more) {
        List<String> found = new ArrayList<>();
        for (String folder : folders) {
            List<String> names = isPattern(segment) ? list(folder, segment) : List.of(segment);
            for (String name : names) {
                String full = folder + name;
                if (more ? Files.isDirectory(path(full)) : Files.exists(path(full))) {
                    found.add(more ? full + "/" : full);
                }
            }
        }
        return found;
    }

    private static List<String> list(String folder, String segment) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(folder.isEmpty() ? "." : folder))) {
            Pattern pattern = Pattern.compile(globToRegex(segment), Pattern.DOTALL);
            for (Path entry : entries) {
                String name = new String(entry.getFileName().toString().getBytes(NAMES), StandardCharsets.ISO_8859_1);
                boolean hidden = name.startsWith(".") && !segment.startsWith(".");
                if (!hidden && pattern.matcher(name).matches()) {
                    names.add(name);
                }
            }
        } catch (IOException | PatternSyntaxException unreadable) {
            // glob(3) passes over folders it cannot read, and nginx with it.
            return List.of();
        }
        names.sort(null);
        return names;
    }

    private static String globToRegex(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int close = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (close > 0) {
                String members =
                        glob.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
                regex.append('[')
                        .append(members.startsWith("!") ? "^" + members.substring(1) : members)
                        .append(']');
                i = close;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    private static Path path(String name) {
        return Path.of(new String(name.getBytes(StandardCharsets.ISO_8859_1), NAMES));
    }
}
