package pollux.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import pollux.Main;

/** The server's classes in one file, as an installed server has them. */
final class Packed {
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
}
