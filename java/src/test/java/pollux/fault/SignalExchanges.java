package pollux.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.get;

import java.io.UncheckedIOException;
import java.util.List;
import pollux.posix.Processes;
import pollux.posix.Signals;

/** What a server does at a signal: another configuration, more workers and fewer, other logs, another program. */
final class SignalExchanges {
    private static final String CLOSE = "Connection: close";

    private SignalExchanges() {}

    /** HUP: afterwards another configuration holds. A signal that got lost may be sent again. */
    static final class Reload implements Exchange {
        private final Course course;
        private int generation = 1;

        /** A later one than those before this. */
        private int effective = 1;

        Reload(Course course) {
            this.course = course;
        }

        @Override
        public String name() {
            return "reload";
        }

        @Override
        public int requests() {
            return 1;
        }

        private List<Reply> ask(FaultyServer server) {
            return Reply.ask(server.process().port(), get("/generation", CLOSE), List.of(false));
        }

        private void begin(FaultyServer server, int workers) {
            generation++;
            server.process().configure(course.configuration(generation, workers));
            server.process().signal(Signals.HUP);
        }

        @Override
        public void runWell(FaultyServer server) {
            runWell(server, 1);
        }

        private void runWell(FaultyServer server, int workers) {
            begin(server, workers);
            String expected = generation + "\n";
            Patience.until("generation " + expected, server, () -> {
                List<Reply> replies = ask(server);
                assertEquals(List.of(200), replies.stream().map(Reply::status).toList());
                effective = generation;
                return replies.get(0).content().equals(expected);
            });
        }

        @Override
        public void runFaulty(FaultyServer server) {
            begin(server, 1);
            // Whether it was heard shows when there is a fault no more.
            for (Reply reply : ask(server)) {
                String content = reply.content();
                if (reply.whole() && !reply.isRefusal()) {
                    int found = Integer.parseInt(content.strip());
                    assertTrue(found >= effective && found <= generation, () -> effective + ": " + reply);
                    effective = found;
                }
            }
        }
    }

    /** One more worker, and one less again. */
    static final class Hiring implements Exchange {
        private final Reload reload;

        Hiring(Reload reload) {
            this.reload = reload;
        }

        @Override
        public String name() {
            return "reload with other workers";
        }

        @Override
        public int requests() {
            return 2;
        }

        @Override
        public void runWell(FaultyServer server) {
            reload.runWell(server, 2);
            reload.runWell(server, 1);
        }

        @Override
        public void runFaulty(FaultyServer server) {
            reload.begin(server, 2);
            reload.ask(server);
            reload.begin(server, 1);
            reload.ask(server);
        }
    }

    /** USR1: the logs are opened again by their names. */
    static final class Reopening implements Exchange {
        @Override
        public String name() {
            return "reopening";
        }

        @Override
        public int requests() {
            return 0;
        }

        private static void moveAway(FaultyServer server) {
            if (server.site().has("run/access.log")) {
                server.site().path("run/access.old").toFile().delete();
                server.site().move("run/access.log", "run/access.old");
            }
        }

        @Override
        public void runWell(FaultyServer server) {
            moveAway(server);
            server.process().signal(Signals.USR1);
            Patience.until("a new log", server, () -> server.site().has("run/access.log"));
        }

        @Override
        public void runFaulty(FaultyServer server) {
            moveAway(server);
            server.process().signal(Signals.USR1);
            // A request behind it: both have been seen to when that is answered.
            Reply.ask(server.process().port(), get("/small.txt", CLOSE), List.of(false));
        }
    }

    /**
     * USR2, and QUIT for the new program when there is one that serves. It is a child: whoever has asked for something behind
     * the signal, and sees none, knows that there will be none.
     */
    static final class Upgrading implements Exchange {
        private static final String PID = "run/pollux.pid";

        @Override
        public String name() {
            return "upgrade";
        }

        @Override
        public int requests() {
            return 1;
        }

        /** What the file says; nothing while it is given another name. */
        private static String pid(FaultyServer server) {
            try {
                return server.site().read(PID).strip();
            } catch (UncheckedIOException moved) {
                return "";
            }
        }

        private static int heir(FaultyServer server) {
            String pid = pid(server);
            return pid.isEmpty() || pid.equals("" + server.process().pid()) ? 0 : Integer.parseInt(pid);
        }

        private static void ask(FaultyServer server) {
            Reply.ask(server.process().port(), get("/small.txt", CLOSE), List.of(false));
        }

        @Override
        public void runWell(FaultyServer server) {
            server.process().signal(Signals.USR2);
            Patience.until("the new program", server, () -> heir(server) != 0);
            end(server);
        }

        @Override
        public void runFaulty(FaultyServer server) {
            server.process().signal(Signals.USR2);
            ask(server);
            Patience.until(
                    "a new program, or its end",
                    server,
                    () -> heir(server) != 0 || server.process().children().isEmpty());
            end(server);
        }

        /** As it was before; the new one may be there, or not. */
        private static void end(FaultyServer server) {
            if (heir(server) != 0) {
                Processes.signal(heir(server), Signals.QUIT);
            }
            Patience.until("the old program alone", server, () -> {
                boolean isAlone = pid(server).equals("" + server.process().pid());
                return isAlone
                        && !server.site().has(PID + ".oldbin")
                        && server.process().children().isEmpty();
            });
        }
    }
}
