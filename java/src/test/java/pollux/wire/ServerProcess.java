package pollux.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import pollux.posix.Processes;
import pollux.posix.Signals;

/**
 * A real server: a process of its own, started from the class path of the tests with the options of {@code ./pollux}. Its
 * prefix is a {@link Site}; its configuration is {@code test.conf} there, in which {@code @port@}, {@code @port2@} and
 * {@code @port3@} stand for free ports and {@code @site@} for the site's folder.
 *
 * <p>{@link #close} fails when the server did not end by itself, or when it met a bug on the way.
 */
public final class ServerProcess implements AutoCloseable {
    private static final int PORTS = 3;
    private static final int TRIES = 5;

    private final Site site;
    private final Process process;
    private final int[] ports;

    private ServerProcess(Site site, Process process, int[] ports) {
        this.site = site;
        this.process = process;
        this.ports = ports;
    }

    /**
     * A whole configuration around server blocks: the logs are {@code run/access.log} and {@code run/error.log} (from
     * {@code info} on), the pid is in {@code run/pollux.pid}.
     */
    public static String http(String blocks) {
        return """
                daemon off;
                pid run/pollux.pid;
                error_log run/error.log info;
                events { worker_connections 512; }
                http {
                    access_log run/access.log;
                    client_body_temp_path run/body;
                    types { text/plain txt; text/html html; application/json json; image/png png; }
                """ + blocks + "\n}\n";
    }

    /** {@link #http} around one server block that listens on {@code @port@} and has the root {@code www}. */
    public static String server(String directives) {
        return http("server { listen 127.0.0.1:@port@; root www;\n" + directives + "\n}");
    }

    /**
     * Starts a server and waits until it accepts.
     *
     * @param site the prefix; it stays the caller's
     * @param configuration the text of {@code test.conf}, with placeholders
     * @param arguments more of the command line
     */
    public static ServerProcess start(Site site, String configuration, String... arguments) {
        return startUnder(List.of(), site, configuration, arguments);
    }

    /**
     * {@link #start} by way of another program, such as a tracer.
     *
     * @param wrapper a command that becomes the server: the process that is started has the server's pid
     */
    public static ServerProcess startUnder(List<String> wrapper, Site site, String configuration, String... arguments) {
        return start(wrapper, System.getProperty("java.class.path"), site, configuration, arguments);
    }

    /**
     * {@link #startUnder} with the server's classes in one file, as they are when it is installed: no descriptor is needed to
     * load one.
     */
    static ServerProcess startPackedUnder(List<String> wrapper, Site site, String configuration) {
        return start(wrapper, Packed.classPath(site), site, configuration);
    }

    private static ServerProcess start(
            List<String> wrapper, String classPath, Site site, String configuration, String... arguments) {
        for (int i = 1; ; i++) {
            int[] ports = freePorts();
            configure(site, configuration, ports);
            List<String> all = new ArrayList<>(List.of("-p", site.path().toString(), "-c", "test.conf"));
            all.addAll(List.of(arguments));
            ServerProcess server = new ServerProcess(site, launch(site, wrapper, command(classPath, all)), ports);
            if (server.isUp()) {
                return server;
            }
            // Somebody else may have taken a port since it was found free; a Unix socket stays taken.
            String why = server.standardError();
            if (i == TRIES || !why.contains("Address already in use") || why.contains("bind() to unix:")) {
                throw new AssertionError("the server did not start: " + server.standardError());
            }
        }
    }

    private static int[] freePorts() {
        List<ServerSocket> held = new ArrayList<>();
        try {
            int[] ports = new int[PORTS];
            for (int i = 0; i < PORTS; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                ports[i] = held.get(i).getLocalPort();
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void configure(Site site, String configuration, int[] ports) {
        String text = configuration
                .replace("@port@", Integer.toString(ports[0]))
                .replace("@port2@", Integer.toString(ports[1]))
                .replace("@port3@", Integer.toString(ports[2]))
                .replace("@site@", site.path().toString());
        // At once: a server may be about to read it.
        site.file("test.conf.new", text);
        site.move("test.conf.new", "test.conf");
    }

    /**
     * The command that runs Pollux's main class as {@code ./pollux} does. The words of {@code -Dpollux.test.wrapper} stand
     * before it: a command that becomes the server, such as {@code env} with another native library.
     */
    public static List<String> command(List<String> arguments) {
        return command(System.getProperty("java.class.path"), arguments);
    }

    private static List<String> command(String classPath, List<String> arguments) {
        List<String> command = new ArrayList<>();
        String wrapper = System.getProperty("pollux.test.wrapper", "");
        if (!wrapper.isEmpty()) {
            command.addAll(List.of(wrapper.split(" ", -1)));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xrs",
                "-XX:+StartAttachListener",
                "-XX:+UseSerialGC",
                "-Xms16m",
                "-Xmx64m",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-cp",
                classPath,
                "pollux.Main"));
        command.addAll(arguments);
        return command;
    }

    /** What {@code pollux -t} says about a configuration file of the site, and its exit status behind it. */
    public static String test(Site site, String file) {
        ProcessBuilder builder =
                new ProcessBuilder(command(List.of("-p", site.path().toString(), "-c", file, "-t")));
        builder.redirectErrorStream(true);
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return output + "exit status " + process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Process launch(Site site, List<String> wrapper, List<String> wrapped) {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(wrapped);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(site.path().toFile());
        builder.redirectOutput(site.path("run/stdout").toFile());
        builder.redirectError(site.path("run/stderr").toFile());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the pid file, which appears when the listeners accept. False when the process has ended instead. */
    private boolean isUp() {
        Wait.until(
                () -> "the server's start: " + standardError(),
                () -> !process.isAlive() || site.read("run/pollux.pid").strip().equals(Long.toString(process.pid())));
        return process.isAlive();
    }

    /** Gives the server another configuration text; it is read at the next HUP. */
    public void configure(String configuration) {
        configure(site, configuration, ports);
    }

    /** The server's prefix. */
    public Site site() {
        return site;
    }

    /** The port that {@code @port@} stands for. */
    public int port() {
        return ports[0];
    }

    /** The port that {@code @port2@} stands for. */
    public int port2() {
        return ports[1];
    }

    /** The port that {@code @port3@} stands for. */
    public int port3() {
        return ports[2];
    }

    /** The server's process. */
    public int pid() {
        return (int) process.pid();
    }

    /** Connects to {@link #port()}. */
    public RawClient connect() {
        return RawClient.connect(port());
    }

    /** Sends one request over a connection of its own and reads its response. */
    public Answer ask(String request) {
        try (RawClient client = connect()) {
            return client.ask(request);
        }
    }

    /** Sends bytes over a connection of their own and reads everything up to its end, dates replaced. */
    public String exchange(String bytes) {
        try (RawClient client = connect()) {
            return client.send(bytes).readAll();
        }
    }

    /** The access log so far. */
    public String accessLog() {
        return site.read("run/access.log");
    }

    /** The error log so far. */
    public String errorLog() {
        return site.read("run/error.log");
    }

    /** What the process wrote to descriptor 1 so far. */
    public String standardOutput() {
        return site.read("run/stdout");
    }

    /** What the process wrote to descriptor 2 so far. */
    public String standardError() {
        return site.read("run/stderr");
    }

    /** Waits until the error log has a text. */
    public void awaitError(String text) {
        Wait.until(() -> "\"" + text + "\" in the error log:\n" + errorLog(), () -> errorLog()
                .contains(text));
    }

    /** Waits until the access log has so many lines, and gives them. */
    public List<String> awaitAccess(int lines) {
        Wait.until(
                () -> lines + " lines in the access log:\n" + accessLog(),
                () -> accessLog().chars().filter(c -> c == '\n').count() >= lines);
        return Arrays.asList(accessLog().split("\n"));
    }

    /** What the process has open: the targets of {@code /proc/PID/fd}, sorted; numbers of sockets and pipes left out. */
    public List<String> descriptors() {
        List<String> targets = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid() + "/fd"))) {
            for (Path descriptor : descriptors) {
                target(descriptor).ifPresent(targets::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Collections.sort(targets);
        return targets;
    }

    /** {@link #descriptors()} without the files of Java's own machine, which come and go. */
    public List<String> ownDescriptors() {
        return descriptors().stream()
                .filter(name ->
                        !name.startsWith("/") || name.startsWith(site.path().toString()) || name.equals("/dev/null"))
                .toList();
    }

    /** Nothing for a descriptor that was closed since it was listed. */
    private static Optional<String> target(Path descriptor) throws IOException {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return Optional.of(target.replaceFirst("^(socket|pipe):\\[\\d+\\]$", "$1"));
        } catch (NoSuchFileException closed) {
            return Optional.empty();
        }
    }

    /** The pids of the process's children, those that nobody has reaped among them. */
    public List<Integer> children() {
        List<Integer> children = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid() + "/task"))) {
            for (Path thread : threads) {
                // Empty for a thread that has ended since the folder was read.
                String pids = Proc.read(pid(), "task/" + thread.getFileName() + "/children");
                for (String child : pids.split(" ", -1)) {
                    if (!child.isEmpty()) {
                        children.add(Integer.valueOf(child));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return children;
    }

    /** The names of the process's threads, as the system has them. */
    public List<String> threads() {
        return Proc.threads(pid());
    }

    /** Sends a signal. */
    public void signal(int number) {
        int answer = Processes.signal(pid(), number);
        if (answer < 0) {
            throw new AssertionError("kill() answered " + answer);
        }
    }

    /** Whether the process still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the process has ended by itself; its exit status. */
    public int awaitExit() {
        Wait.until("the server's end", () -> !process.isAlive());
        return process.exitValue();
    }

    /** Ends the server as a crash would: it cannot do anything about it. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Ends the server at once. */
    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                signal(Signals.TERM);
            }
            if (!process.waitFor(Wait.LIMIT_MS, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the server did not end at TERM");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            process.destroyForcibly();
        }
        if (errorLog().contains(" unexpected ") || standardError().contains("Exception")) {
            throw new AssertionError("the server met a bug:\n" + errorLog() + standardError());
        }
    }
}
