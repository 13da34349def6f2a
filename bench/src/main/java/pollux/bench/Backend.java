package pollux.bench;

import java.util.function.Supplier;
import pollux.loop.EpollPoller;
import pollux.loop.PollPoller;
import pollux.loop.Poller;

/** The ways to wait that are measured: a line for each. */
@SuppressWarnings("ImmutableEnumChecker") // a constructor reference holds nothing
public enum Backend {
    POLL(PollPoller::new),
    EPOLL(EpollPoller::new);

    private final Supplier<Poller> maker;

    Backend(Supplier<Poller> maker) {
        this.maker = maker;
    }

    Poller make() {
        return maker.get();
    }
}
