package pollux.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small traces, made by hand, that keep each law and break it: whoever checks must be able to find something. */
class LawCheckTest {
    private static final String START = """
            10 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 7<socket:[107]>
            10 listen(7<socket:[107]>, 511) = 0
            """;
    private static final String CLIENT = """
            10 poll([{fd=5<pipe:[105]>, events=POLLIN}, {fd=7<socket:[107]>, events=POLLIN}], 2, -1) = 1 ([{fd=7, revents=POLLIN}])
            10 accept4(7<socket:[107]>, NULL, NULL, SOCK_CLOEXEC|SOCK_NONBLOCK) = 8<socket:[108]>
            """;

    /** A wait for the wake-up pipe, the listener and the client; {@code revents} is what it says of the client. */
    private static String poll(String revents) {
        return "10 poll([{fd=5<pipe:[105]>, events=POLLIN}, {fd=7<socket:[107]>, events=POLLIN}, "
                + "{fd=8<socket:[108]>, events=POLLIN|POLLOUT}], 3, 60000) = "
                + (revents.isEmpty() ? "0 (Timeout)" : "1 ([{fd=8, revents=" + revents + "}])") + "\n";
    }

    private static LawCheck check(String trace) {
        List<String> lines = new ArrayList<>(Arrays.asList((START + CLIENT + trace).split("\n", -1)));
        lines.removeIf(String::isBlank);
        return LawCheck.of(TraceReader.read(lines));
    }

    private static void assertLawful(String trace) {
        assertEquals(List.of(), check(trace).violations());
    }

    private static void assertBroken(String law, String trace) {
        List<String> violations = check(trace).violations();
        assertEquals(1, violations.size(), violations.toString());
        assertTrue(violations.get(0).startsWith(law + ": "), violations.get(0));
    }

    @Test
    void oneReadAndOneWriteForOneReportIsTheLaw() {
        LawCheck check = check(poll("POLLIN|POLLOUT")
                + """
                10 recvfrom(8<socket:[108]>, ""..., 4096, 0, NULL, NULL) = 80
                10 openat(AT_FDCWD</>, ""..., O_RDONLY|O_CLOEXEC) = 9</srv/index.html>
                10 pread64(9</srv/index.html>, ""..., 512, 0) = 512
                10 read(9</srv/index.html>, ""..., 512) = 0
                10 read(9</srv/index.html>, ""..., 512) = 0
                10 sendto(8<socket:[108]>, ""..., 700, MSG_NOSIGNAL, NULL, 0) = 700
                10 write(4</srv/access.log>, ""..., 90) = 90
                """
                + poll("POLLOUT")
                + "10 sendfile(8<socket:[108]>, 9</srv/index.html>, [0], 100000) = 65536\n"
                + poll("POLLIN|POLLHUP")
                + "10 recvfrom(8<socket:[108]>, \"\", 4096, 0, NULL, NULL) = 0\n"
                + "10 close(8<socket:[108]>) = 0\n");
        assertEquals(List.of(), check.violations());
        assertEquals(4, check.count("poll"));
        assertEquals(1, check.count("accept"));
        assertEquals(2, check.count("reading a socket"));
        assertEquals(2, check.count("writing a socket"));
        assertEquals(1, check.count("sendfile"));
    }

    @ParameterizedTest(name = "{0} after {1}")
    @CsvSource({
        "recvfrom, POLLOUT",
        "recvmsg, POLLOUT",
        "read, ''",
        "readv, POLLERR",
        "sendto, POLLIN",
        "sendmsg, POLLHUP",
        "write, ''",
        "writev, POLLIN|POLLHUP",
        "sendfile, POLLIN",
    })
    void nothingIsReadOrWrittenThatWasNotReportedForIt(String call, String revents) {
        String direction = call.contains("re") ? "reading" : "writing";
        assertBroken(
                "not reported ready for " + direction + " since the latest wait",
                poll(revents) + "10 " + call + "(8<socket:[108]>, \"\"..., 10) = 10\n");
    }

    @Test
    void oneReportDoesNotPayTwice() {
        String read = "10 recvfrom(8<socket:[108]>, \"\"..., 10, 0, NULL, NULL) = 10\n";
        assertLawful(poll("POLLIN") + read + poll("POLLIN") + read);
        assertBroken("not reported ready for reading since the latest wait", poll("POLLIN") + read + read);
    }

    @Test
    void aReportIsVoidAfterTheNextWait() {
        assertBroken(
                "not reported ready for writing since the latest wait",
                poll("POLLOUT") + poll("") + "10 sendto(8<socket:[108]>, \"\"..., 10, 0, NULL, 0) = 10\n");
    }

    @Test
    void aNumberUsedAgainDoesNotInheritTheReport() {
        assertBroken(
                "not reported ready for reading since the latest wait",
                poll("POLLIN")
                        + "10 close(8<socket:[108]>) = 0\n"
                        + "10 pipe2([8<pipe:[120]>, 9<pipe:[120]>], O_NONBLOCK|O_CLOEXEC) = 0\n"
                        + "10 read(8<pipe:[120]>, \"\"..., 10) = 10\n");
    }

    @Test
    void aListenerIsAskedOnceForEachReport() {
        assertBroken(
                "accepts where no client was reported",
                "10 accept4(7<socket:[107]>, NULL, NULL, SOCK_CLOEXEC|SOCK_NONBLOCK) = -1 EAGAIN (Try again)\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "another wait than the loop's; flock(9</run/store>, LOCK_SH) = 0",
                "another wait than the loop's; nanosleep({tv_sec=0, tv_nsec=1}, NULL) = 0",
                "another wait than the loop's; clock_nanosleep(CLOCK_REALTIME, 0, {tv_sec=1, tv_nsec=0}, NULL) = 0",
                "another wait than the loop's; epoll_wait(9<anon_inode:[eventpoll]>, [], 16, 0) = 0",
                "another wait than the loop's; poll([{fd=8<socket:[108]>, events=POLLIN}], 1, 0) = 0 (Timeout)",
                "another wait than the loop's; select(9, [8], NULL, NULL, NULL) = 1 (in [8])",
                "another wait than the loop's; connect(9<socket:[109]>, {sa_family=AF_INET}, 16) = 0",
                "waits for a child; wait4(77, NULL, 0, NULL) = 77",
                "asks for an error; getsockopt(8<socket:[108]>, SOL_SOCKET, SO_ERROR, [0], [4]) = 0",
                "not non-blocking and close-on-exec from birth; pipe2([8<pipe:[1]>, 9<pipe:[1]>], O_CLOEXEC) = 0",
                "not non-blocking and close-on-exec from birth; socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 9<socket:[9]>",
            })
    void aCallThatMustNotBe(String law, String call) {
        assertBroken(law, "10 " + call + "\n");
    }

    /** The loop goes over to epoll, as it does when the set has grown: from then on that is its wait. */
    private static final String OVER_TO_EPOLL = """
            10 epoll_create1(EPOLL_CLOEXEC) = 20<anon_inode:[eventpoll]>
            10 epoll_ctl(20<anon_inode:[eventpoll]>, EPOLL_CTL_ADD, 5<pipe:[105]>, {events=EPOLLIN, data={u32=5, u64=5}}) = 0
            10 epoll_ctl(20<anon_inode:[eventpoll]>, EPOLL_CTL_ADD, 8<socket:[108]>, {events=EPOLLIN|EPOLLET, data={u32=88, u64=88}}) = 0
            """;

    private static String epollWait(String events, int data) {
        return "10 epoll_wait(20<anon_inode:[eventpoll]>, [{events=" + events + ", data={u32=" + data + ", u64=" + data
                + "}}], 512, -1) = 1\n";
    }

    @Test
    void epollWaitAllowsWhatItReports() {
        String receive = "10 recvfrom(8<socket:[108]>, \"\"..., 10, 0, NULL, NULL) = 10\n";
        String send = "10 sendto(8<socket:[108]>, \"\"..., 10, 0, NULL, 0) = 10\n";
        assertLawful(OVER_TO_EPOLL + epollWait("EPOLLIN|EPOLLOUT|EPOLLRDHUP", 88) + receive + send);
        assertLawful(OVER_TO_EPOLL + epollWait("EPOLLHUP", 88) + receive);
        String noReport = "10 epoll_wait(20<anon_inode:[eventpoll]>, 0x7f, 512, -1) = -1 EINTR (Interrupted)\n";
        for (String unlawful : List.of(
                epollWait("EPOLLIN|EPOLLOUT", 88) + send + send,
                epollWait("EPOLLIN", 88) + send,
                epollWait("EPOLLERR", 88) + send,
                epollWait("EPOLLIN|EPOLLOUT", 88) + epollWait("EPOLLIN", 5) + send,
                epollWait("EPOLLIN|EPOLLOUT", 88) + noReport + send)) {
            assertBroken("not reported ready for writing since the latest wait", OVER_TO_EPOLL + unlawful);
        }
    }

    @Test
    void theSetOfEpollIsFollowed() {
        String delete = "10 epoll_ctl(20<anon_inode:[eventpoll]>, EPOLL_CTL_DEL, 8<socket:[108]>, 0x7f) = 0\n";
        String failed = "10 recvfrom(8<socket:[108]>, \"\", 10, 0, NULL, NULL) = -1 ECONNRESET (Reset)\n";
        String given = OVER_TO_EPOLL + epollWait("EPOLLIN", 88) + failed;
        assertLawful(given + delete + "10 close(8<socket:[108]>) = 0\n" + epollWait("EPOLLIN", 5));
        assertBroken("waits for what was given up", given + epollWait("EPOLLIN", 5));
        String forgotten = OVER_TO_EPOLL + delete + epollWait("EPOLLIN", 88);
        assertThrows(IllegalArgumentException.class, () -> check(forgotten));
        String withoutWakeUp = "10 epoll_ctl(20<anon_inode:[eventpoll]>, EPOLL_CTL_DEL, 5<pipe:[105]>, 0x7f) = 0\n";
        assertBroken("another wait than the loop's", OVER_TO_EPOLL + withoutWakeUp + epollWait("EPOLLIN", 88));
    }

    @Test
    void childrenMayBeAskedForWithoutWaiting() {
        assertLawful("10 wait4(77, 0x7f, WNOHANG, NULL) = 0\n");
    }

    @Test
    void whoeverIsGivenUpIsLeftAlone() {
        String failed =
                poll("POLLOUT|POLLIN") + "10 sendto(8<socket:[108]>, \"\"..., 10, 0, NULL, 0) = -1 EPIPE (Broken)\n";
        assertLawful(failed + "10 shutdown(8<socket:[108]>, SHUT_WR) = 0\n10 close(8<socket:[108]>) = 0\n");
        assertBroken("used after a -1", failed + "10 recvfrom(8<socket:[108]>, \"\", 10, 0, NULL, NULL) = 0\n");
        assertBroken("waits for what was given up", failed + poll(""));
    }

    @Test
    void aCallThatASignalInterruptsIsMadeAgainByTheKernelAndCountsOnce() {
        String interrupted = """
                10 sendfile(8<socket:[108]>, 9</srv/x>, [0], 100) = ? ERESTARTSYS (To be restarted)
                10 --- SIGCHLD {si_signo=SIGCHLD} ---
                10 write(6<pipe:[105]>, ""..., 1) = 1
                """;
        String sent = "10 sendfile(8<socket:[108]>, 9</srv/x>, [0], 100) = 100\n";
        assertLawful(poll("POLLOUT") + interrupted + sent);
        assertBroken(
                "not reported ready for writing since the latest wait", poll("POLLOUT") + interrupted + sent + sent);
        String noReport =
                "10 poll([{fd=5<pipe:[105]>, events=POLLIN}, {fd=8<socket:[108]>, events=POLLOUT}], 2, -1) = ? ERESTART_RESTARTBLOCK (Interrupted)\n";
        assertBroken("not reported ready for writing since the latest wait", poll("POLLOUT") + noReport + sent);
    }

    @Test
    void theWakeUpPipeMayBeWrittenToByAnybodyAtAnyTime() {
        assertLawful("10 write(6<pipe:[105]>, \"\"..., 1) = 1\n11 write(6<pipe:[105]>, \"\"..., 1) = 1\n");
        assertBroken(
                "not reported ready for reading since the latest wait", "10 read(5<pipe:[105]>, \"\"..., 64) = 1\n");
    }

    @Test
    void otherThreadsMayDoAsTheyLikeButNotWithWhatTheLoopWatches() {
        String thread = "10 clone3({flags=CLONE_VM|CLONE_THREAD, exit_signal=0}, 88) = 11\n";
        assertLawful(thread + "11 accept(20<socket:[500]>, NULL, NULL) = 21<socket:[501]>\n11 pause() = 0\n");
        assertBroken(
                "another thread touches what the loop watches",
                thread + poll("") + "11 recvfrom(8<socket:[108]>, \"\"..., 10, 0, NULL, NULL) = 10\n");
    }

    /** A program has descriptors of the same numbers, and waits as it likes. */
    @Test
    void programsAreNoThreads() {
        assertLawful("""
                10 vfork( <unfinished ...>
                12 dup2(9<pipe:[130]>, 8<socket:[108]>) = 8<pipe:[130]>
                12 read(8<socket:[108]>, ""..., 10) = 10
                10 <... vfork resumed>) = 12
                12 nanosleep({tv_sec=1, tv_nsec=0}, NULL) = 0
                """);
    }

    @Test
    void callsInHalvesArePutTogether() {
        assertBroken(
                "not reported ready for writing since the latest wait",
                """
                10 poll([{fd=5<pipe:[105]>, events=POLLIN}, {fd=8<socket:[108]>, events=POLLIN}], 2, -1 <unfinished ...>
                11 read(3</etc/x>,  <unfinished ...>
                10 <... poll resumed>) = 1 ([{fd=8, revents=POLLIN}])
                10 recvfrom(8<socket:[108]>,  <unfinished ...>
                11 <... read resumed>""..., 10) = 10
                10 <... recvfrom resumed>""..., 10, 0, NULL, NULL) = 10
                --- no signal
                """.replace("--- no signal\n", "10 --- SIGCHLD {si_signo=SIGCHLD} ---\n")
                        + "10 write(8<socket:[108]>, \"\"..., 1) = 1\n");
    }

    @Test
    void aTraceThatProvesNothingIsRefused() {
        String cut = "10 poll([{fd=5<pipe:[105]>, events=POLLIN}], 1, -1) = 9 ([{fd=8, revents=POLLIN}, ...])\n";
        assertThrows(IllegalArgumentException.class, () -> check(cut));
        List<String> noLoop = List.of("10 read(3</etc/x>, \"\", 10) = 0");
        assertThrows(IllegalArgumentException.class, () -> LawCheck.of(TraceReader.read(noLoop)));
        assertThrows(IllegalArgumentException.class, () -> TraceReader.read(List.of("strace: Process 10 attached")));
    }
}
