package pollux.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import pollux.wire.Site;

/**
 * Requests over one connection, the last of which ends it. The first time it goes without a fault, and what comes is what
 * must come ever after: in a fault's presence, the beginning of that at least, then the end of the connection or a refusal.
 */
final class HttpExchange implements Exchange {
    /** What the client could make of the answers. */
    enum Claim {
        /** All was said to have gone well. */
        DONE,
        /** It was refused. */
        REFUSED,
        /** The connection ended too early to tell. */
        UNKNOWN
    }

    /** Looks at what became of a request. */
    interface Check {
        void look(Site site, Claim claim);
    }

    private final String name;
    private final String bytes;
    private final List<Integer> statuses;
    private final List<Boolean> heads = new ArrayList<>();
    private Consumer<Site> preparation = site -> {};
    private Check check = (site, claim) -> {};
    private boolean isVolatile;
    private List<Reply> good = List.of();

    /** Requests, and the statuses of their answers. */
    HttpExchange(String name, String bytes, Integer... statuses) {
        this.name = name;
        this.bytes = bytes;
        this.statuses = List.of(statuses);
        for (int i = 0; i < statuses.length; i++) {
            heads.add(bytes.startsWith("HEAD "));
        }
    }

    /** What is done to the site each time before. */
    HttpExchange before(Consumer<Site> action) {
        preparation = action;
        return this;
    }

    /** What is looked at each time afterwards. */
    HttpExchange after(Check look) {
        check = look;
        return this;
    }

    /** The answers are not the same each time, only their statuses: they count something, or hold a new name. */
    HttpExchange changing() {
        isVolatile = true;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int requests() {
        return statuses.size();
    }

    @Override
    public void runWell(FaultyServer server) {
        preparation.accept(server.site());
        List<Reply> replies = Reply.ask(server.process().port(), bytes, heads);
        List<Integer> came = replies.stream().map(Reply::status).toList();
        assertEquals(statuses, came, () -> name + ": " + replies);
        assertTrue(replies.stream().allMatch(Reply::whole), () -> name + ": not whole: " + replies);
        if (good.isEmpty()) {
            good = replies;
        } else if (!isVolatile) {
            assertEquals(good, replies, name);
        }
        check.look(server.site(), Claim.DONE);
    }

    @Override
    public void runFaulty(FaultyServer server) {
        preparation.accept(server.site());
        List<Reply> replies = Reply.ask(server.process().port(), bytes, heads);
        check.look(server.site(), judge(replies));
    }

    @Override
    public void runInStorm(FaultyServer server) {
        preparation.accept(server.site());
        Claim claim = judge(Reply.ask(server.process().port(), bytes, heads));
        if (claim == Claim.DONE) {
            check.look(server.site(), claim);
        }
    }

    private Claim judge(List<Reply> replies) {
        boolean refused = false;
        for (int i = 0; i < replies.size(); i++) {
            Reply reply = replies.get(i);
            if (reply.isRefusal() && (i >= good.size() || !reply.equals(good.get(i)))) {
                if (reply.whole() && !reply.isLast() && i + 1 < good.size()) {
                    refused = true;
                    continue;
                }
                assertEquals(i + 1, replies.size(), () -> name + ": more behind a refusal: " + replies);
                return reply.whole() ? Claim.REFUSED : Claim.UNKNOWN;
            }
            assertTrue(i < good.size(), () -> name + ": too many answers: " + replies);
            if (!reply.whole()) {
                assertEquals(i + 1, replies.size(), () -> name + ": more behind a cut answer: " + replies);
                assertBegins(good.get(i), reply);
                return Claim.UNKNOWN;
            }
            if (isVolatile) {
                assertEquals(good.get(i).status(), reply.status(), () -> name + ": " + reply);
            } else {
                assertEquals(good.get(i), reply, () -> name + ": a whole answer that is wrong");
            }
        }
        return replies.size() < good.size() ? Claim.UNKNOWN : refused ? Claim.REFUSED : Claim.DONE;
    }

    private void assertBegins(Reply whole, Reply part) {
        boolean headCame = part.head().endsWith("\r\n") && part.status() > 0;
        if (headCame && !isVolatile && !part.content().isEmpty()) {
            assertEquals(whole.head(), part.head(), () -> name + ": another head");
            assertTrue(whole.content().startsWith(part.content()), () -> name + ": wrong bytes: " + part);
        }
    }
}
