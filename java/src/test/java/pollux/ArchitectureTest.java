package pollux;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pollux.posix.LibPollux;

/**
 * The rooms and the arrows between them, as the design has them, and the places where the outside world may be touched.
 * Where a rule has exceptions they are named, and an exception that nobody needs any more fails as well.
 */
class ArchitectureTest {
    private static final JavaClasses POLLUX = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("pollux");

    private static final Set<String> ROOMS =
            Set.of("buffer", "posix", "loop", "http", "config", "session", "handler", "server");

    @ParameterizedTest(name = "{0} knows {1}")
    @CsvSource({
        "buffer,",
        "posix, buffer",
        "loop, buffer posix",
        "http, buffer",
        "config,",
        "session, buffer posix",
        "handler, buffer posix http config session",
        "server, buffer posix loop http config session handler",
    })
    void aRoomKnowsTheRoomsBelowItAndTheJdk(String room, String below) {
        List<String> known = new ArrayList<>(List.of("java..", "pollux." + room));
        if (room.equals("posix")) {
            known.add("com.sun.jna");
        }
        if (below != null) {
            for (String name : below.split(" ", -1)) {
                known.add("pollux." + name);
            }
        }
        classes()
                .that()
                .resideInAPackage("pollux." + room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(known.toArray(String[]::new))
                .check(POLLUX);
    }

    @Test
    void everyClassIsInARoomOrStartsTheServer() {
        Set<String> packages = new TreeSet<>();
        for (JavaClass type : POLLUX) {
            packages.add(type.getPackageName());
        }
        Set<String> expected = new TreeSet<>(Set.of("pollux"));
        for (String room : ROOMS) {
            expected.add("pollux." + room);
        }
        assertEquals(expected, packages);
    }

    @Test
    void nobodyKnowsWhoeverStartsTheServer() {
        noClasses()
                .that()
                .resideInAPackage("pollux.*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("pollux")
                .check(POLLUX);
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching("pollux.(*)").should().beFreeOfCycles().check(POLLUX);
    }

    /** Sockets and pipes are read and written in Watch, which keeps account; the rest are regular files and the nudge. */
    @ParameterizedTest(name = "{0} is called by {1}")
    @CsvSource({
        "px_recv, loop.Watch",
        "px_send, loop.Watch",
        "px_read, loop.Watch",
        "px_write, loop.Watch posix.Files server.Wakeup",
        "px_sendfile, loop.Watch",
        "px_pread, posix.Files",
        "px_pwrite, posix.Files",
        "px_poll, loop.PollPoller",
        "px_epoll_wait, loop.EpollPoller",
        "px_epoll_ctl, loop.EpollPoller",
        "px_kqueue, loop.KqueuePoller",
        "px_kevent, loop.KqueuePoller",
        "px_accept, posix.Sockets",
        "px_close, posix.Files",
        "px_spawn, posix.Processes",
        "px_spawn_heir, posix.Processes",
        "px_waitpid, posix.Processes",
        "px_malloc, posix.OffHeap",
        "px_free, posix.OffHeap",
    })
    void aCallThatTheLawsSpeakOfIsMadeInItsPlacesAlone(String function, String callers) {
        Set<String> expected = new TreeSet<>();
        for (String caller : callers.split(" ", -1)) {
            expected.add("pollux." + caller);
        }
        Set<String> actual = new TreeSet<>();
        for (JavaMethod method : POLLUX.get(LibPollux.class).getMethods()) {
            if (method.getName().equals(function)) {
                for (JavaAccess<?> access : method.getAccessesToSelf()) {
                    actual.add(access.getOriginOwner().getName());
                }
            }
        }
        assertEquals(expected, actual);
    }

    /** The nudge's pipe is the worker's own: nobody else may take the exception for a door. */
    @Test
    void onlyWatchesReadAndWriteWhatTheLoopWatches() {
        noClasses()
                .that()
                .resideInAnyPackage("pollux.server", "pollux.handler", "pollux.session")
                .and(not(named("pollux.server.Wakeup")))
                .and(not(named("pollux.server.LogFile")))
                .should()
                .callMethodWhere(describe(
                        "a write without an offset",
                        call -> call.getTargetOwner().getName().equals("pollux.posix.Files")
                                && call.getName().equals("append")))
                .check(POLLUX);
    }

    @Test
    void namesOfHostsAreLookedUpInFourPlaces() {
        assertEquals(
                Set.of(
                        "pollux.config.HostName",
                        "pollux.config.ListenAddress",
                        "pollux.handler.Peer",
                        "pollux.handler.Product"),
                whoDependsOn("java.net."));
    }

    @Test
    void onlyTheServerStartsThreads() {
        assertEquals(Set.of("pollux.server.WorkerThread"), whoDependsOn("java.lang.Thread"));
    }

    /** One writes at a time to the sessions' file, and another worker that wants to does something else meanwhile. */
    @Test
    void onlyTheSessionsFileHasALock() {
        assertEquals(Set.of("pollux.session.FileSessionStore"), whoDependsOn("java.util.concurrent.locks."));
    }

    @Test
    void nothingOfTheJdkMovesBytesOverChannelsOrRunsPrograms() {
        noClasses()
                .should()
                .dependOnClassesThat(describe(
                        "channels, processes, executors, queues that wait, streams of files",
                        type -> type.getPackageName().startsWith("java.nio.channels")
                                || type.isEquivalentTo(ProcessBuilder.class)
                                || type.isEquivalentTo(Process.class)
                                || type.isAssignableTo(java.util.concurrent.Executor.class)
                                || type.isAssignableTo(java.util.concurrent.BlockingQueue.class)
                                || type.isAssignableTo(java.io.FileInputStream.class)
                                || type.isAssignableTo(java.io.FileOutputStream.class)
                                || type.isAssignableTo(java.io.RandomAccessFile.class)))
                .check(POLLUX);
    }

    @ParameterizedTest(name = "{0}.{1}")
    @CsvSource({
        "java.lang.Runtime, exec",
        "java.lang.Thread, sleep",
        "java.lang.Object, wait",
        "java.lang.Integer, parseInt",
        "java.lang.Long, parseLong",
    })
    void aCallThatWaitsOrTrustsItsInputIsNowhere(String owner, String method) {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        owner + "." + method,
                        call -> call.getTargetOwner().isAssignableTo(owner)
                                && call.getName().equals(method)))
                .check(POLLUX);
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return describe(name, type -> type.getName().equals(name));
    }

    /** The outermost classes that use a class of this name, or of a package that ends with a full stop. */
    private static Set<String> whoDependsOn(String prefix) {
        Set<String> users = new TreeSet<>();
        for (JavaClass type : POLLUX) {
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getName())
                    .filter(name -> prefix.endsWith(".") ? name.startsWith(prefix) : name.equals(prefix))
                    .forEach(name -> users.add(type.getName().replaceFirst("\\$.*", "")));
        }
        return users;
    }
}
