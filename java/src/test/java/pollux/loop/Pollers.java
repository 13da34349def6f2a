package pollux.loop;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Every backend there is on this machine: each passes the same tests. */
final class Pollers {
    /** For {@code @MethodSource}. */
    static final String ALL = "pollux.loop.Pollers#all";

    private Pollers() {}

    static Stream<Named<Supplier<Poller>>> all() {
        return Stream.of(
                Named.of("poll", PollPoller::new),
                Named.of("epoll", EpollPoller::new),
                Named.of("kqueue, simulated", () -> new KqueuePoller(-1, new SimulatedKqueue())),
                Named.of("auto", () -> new AutoPoller(EpollPoller::new)));
    }
}
