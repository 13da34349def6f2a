package pollux.wire;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import pollux.Main;

/** The server's classes in one file, as an installed server has them. */
public final class Packed {
    private Packed() {}

    /** The tests' class path with the file in front; it is made in the site, and goes with it. */
    static String classPath(Site site) {
        Path classes = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        Path jar = site.path("pollux.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> all = Files.walk(classes)) {
            List<Path> files =
                    all.filter(file -> file.toString().endsWith(".class")).toList();
            for (Path file : files) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar + ":" + System.getProperty("java.class.path");
    }

    /**
     * The class path of a server that becomes another user, copied into the site: classes are loaded when they are first needed,
     * so they must lie where that user can read.
     */
    public static String readableByAll(Site site) {
        List<String> places = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path from = Path.of(entry);
            boolean ours = Files.exists(from.resolve("pollux/Main.class"));
            if (ours || from.getFileName().toString().startsWith("jna")) {
                Path to = site.path("classes" + places.size() + (ours ? "" : ".jar"));
                copy(from, to);
                places.add(to.toString());
            }
        }
        return String.join(File.pathSeparator, places);
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
