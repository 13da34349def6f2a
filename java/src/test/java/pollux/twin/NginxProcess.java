package pollux.twin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import pollux.wire.Site;
import pollux.wire.Wait;

/** A real nginx of one process in the foreground, with a site as its prefix: {@code run/nginx.pid} says that it accepts. */
public final class NginxProcess implements AutoCloseable {
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin");

    private final Site site;
    private final Process process;

    private NginxProcess(Site site, Process process) {
        this.site = site;
        this.process = process;
    }

    /** Starts nginx with a configuration file of the site, and waits until it accepts. */
    public static NginxProcess start(Site site, String file) {
        ProcessBuilder builder = command(site, file, "-g", "daemon off; master_process off;");
        builder.redirectError(site.path("run/nginx.stderr").toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        NginxProcess nginx = new NginxProcess(site, launch(builder));
        String pid = Long.toString(nginx.process.pid());
        Wait.until(
                () -> "nginx's start: " + site.read("run/nginx.stderr"),
                () -> !nginx.process.isAlive()
                        || site.read("run/nginx.pid").strip().equals(pid));
        if (!nginx.process.isAlive()) {
            throw new AssertionError("nginx did not start: " + site.read("run/nginx.stderr"));
        }
        return nginx;
    }

    /** What {@code nginx -t} says about a configuration file of the site, and its exit status behind it. */
    static String test(Site site, String file) {
        return output(command(site, file, "-t"));
    }

    /** The command that runs nginx with a site as its prefix. */
    static ProcessBuilder command(Site site, String file, String... more) {
        List<String> command = new ArrayList<>(List.of(
                executable(),
                "-p",
                site.path() + "/",
                "-e",
                site.path("run/nginx.stderr").toString(),
                "-c",
                file));
        command.addAll(List.of(more));
        return new ProcessBuilder(command);
    }

    /** A machine without nginx fails these tests: without the twin nothing is known. */
    private static String executable() {
        Stream<String> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1));
        return Stream.concat(path, FOLDERS.stream())
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no nginx; install it with: apt-get install nginx"))
                .toString();
    }

    private static Process launch(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String output(ProcessBuilder builder) {
        builder.redirectErrorStream(true);
        Process process = launch(builder);
        try (java.io.InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
            return text + "exit status " + process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Wait.LIMIT_MS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("nginx did not end at TERM: " + site.read("run/nginx.stderr"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
