package pollux.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pollux.config.ConfLoader;
import pollux.config.Config;
import pollux.posix.Errno;
import pollux.posix.PosixException;
import pollux.posix.Processes;
import pollux.posix.Processes.Pipe;
import pollux.posix.Signals;

/** Every child is reaped by its own pid, whatever tells of its end. */
class ReaperTest {
    @TempDir
    Path folder;

    private record Child(int pid, List<Integer> codes) implements Reaper.Parent {
        @Override
        public void exited(int code) {
            codes.add(code);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"descriptor", "no descriptors here", "none left for the second", "neither these nor signals"})
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void childrenAreReapedAsTheyEnd(String way) throws Exception {
        Files.writeString(folder.resolve("test.conf"), """
                error_log stderr crit;
                pid none;
                events { }
                http { access_log off; server { listen unix:s; } }
                """);
        ConfLoader.LoadRequest source = new ConfLoader.LoadRequest(folder.toString(), "test.conf", "");
        Config config = ConfLoader.load(source);
        Worker worker = Worker.create(new Server(source, config), 0, config);
        List<Child> children = new ArrayList<>();
        IntUnaryOperator descriptors = pid -> switch (way) {
            case "descriptor" -> Processes.descriptor(pid);
            case "no descriptors here", "neither these nor signals" -> -Errno.EINVAL;
            default -> children.isEmpty() ? Processes.descriptor(pid) : -Errno.EMFILE;
        };
        try {
            Reaper reaper = new Reaper(worker, descriptors, signal -> {
                if (way.equals("neither these nor signals")) {
                    throw new PosixException("sigaction()", Errno.ENOMEM);
                }
                Signals.catchSignal(signal);
            });
            List<Throwable> problems = new ArrayList<>();
            Wakeup wakeup = new Wakeup(worker.loop(), signal -> reaper.reap(), problems::add);
            for (String script : List.of("exit 0", "exit 7", "kill -9 $$")) {
                Child child = new Child(start(script), new ArrayList<>());
                reaper.add(child);
                children.add(child);
            }
            assertEquals(3, reaper.running().size());
            while (!reaper.running().isEmpty()) {
                worker.loop().turnOnce(-1);
            }
            assertEquals(List.of(0), children.get(0).codes());
            assertEquals(List.of(7), children.get(1).codes());
            assertEquals(List.of(256 + 9), children.get(2).codes());
            assertEquals(List.of(), problems);
            wakeup.close();
            for (Child child : children) {
                assertEquals(Processes.NO_CHILD, Processes.reap(child.pid()));
            }
        } finally {
            worker.life().stopNow();
            worker.run();
        }
    }

    private static int start(String script) {
        Pipe status = Processes.pipe();
        int pid = Processes.spawn(
                "/bin/sh",
                List.of("sh", "-c", script),
                List.of(),
                null,
                0,
                1,
                2,
                status.writeEnd(),
                Processes.How.VFORK);
        assertTrue(pid > 0);
        pollux.posix.Files.close(status.readEnd());
        pollux.posix.Files.close(status.writeEnd());
        return pid;
    }
}
