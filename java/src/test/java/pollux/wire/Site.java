package pollux.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fresh folder that a server of a test has as its prefix: {@code run/} for its logs, {@code www/} for its files. Text is
 * bytes, one a character (ISO 8859-1). Every file is of the same time, so that a whole response can be written down.
 */
public final class Site implements AutoCloseable {
    /** The time of every file: {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    public static final long MODIFIED_SECONDS = 784_111_777L;

    private final Path folder;

    private Site(Path folder) {
        this.folder = folder;
    }

    /** Makes an empty site in the system's folder for temporary files. */
    public static Site create() {
        try {
            // The real path, because some systems have a link there, and messages name what is behind it.
            Site site = new Site(Files.createTempDirectory("pollux-wire").toRealPath());
            return site.folder("run").folder("www");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The site's folder. */
    public Path path() {
        return folder;
    }

    /** A path below the site's folder. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /** Makes a folder, and those it lies in. */
    public Site folder(String name) {
        try {
            Files.createDirectories(path(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file, one byte a character. */
    public Site file(String name, String text) {
        return file(name, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes a file. */
    public Site file(String name, byte[] content) {
        try {
            Path file = path(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            Files.setLastModifiedTime(file, FileTime.from(java.time.Instant.ofEpochSecond(MODIFIED_SECONDS)));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file that may be executed. */
    public Site program(String name, String text) {
        file(name, text);
        return permissions(name, "rwxr-xr-x");
    }

    /** Sets permissions, as {@code ls} writes them. */
    public Site permissions(String name, String permissions) {
        try {
            Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString(permissions));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a symbolic link. */
    public Site link(String name, String target) {
        try {
            Files.createSymbolicLink(path(name), Path.of(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in a file; the empty string when there is none. */
    public String read(String name) {
        try {
            return Files.readString(path(name), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException none) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is such a file or folder. */
    public boolean has(String name) {
        return Files.exists(path(name));
    }

    /** The names of what is in a folder, sorted, hidden ones among them. */
    public List<String> names(String name) {
        try (Stream<Path> entries = Files.list(path(name))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a file another name, at once in place of what was there. */
    public void move(String from, String to) {
        try {
            Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a file. */
    public void remove(String name) {
        try {
            Files.delete(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes the folder with all that is in it. */
    @Override
    public void close() {
        try {
            Files.walkFileTree(folder, new Removing());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Removing extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path emptied, IOException problem) throws IOException {
            Files.delete(emptied);
            return FileVisitResult.CONTINUE;
        }
    }
}
