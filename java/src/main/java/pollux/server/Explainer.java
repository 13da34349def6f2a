package pollux.server;

import java.util.List;
import pollux.buffer.IoBuffer;
import pollux.config.Config;
import pollux.config.ErrorLog;
import pollux.config.ErrorSettings.ErrorPage;
import pollux.config.Listen;
import pollux.config.ListenSocket;
import pollux.config.Origins;
import pollux.config.ServerBlock;
import pollux.config.VirtualHosts;
import pollux.handler.CgiProgram;
import pollux.handler.ContentHandler;
import pollux.handler.FileCaches;
import pollux.handler.Handler;
import pollux.handler.HeadersFilter;
import pollux.handler.Peer;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.handler.ReturnHandler;
import pollux.handler.Unsent;
import pollux.handler.Work;
import pollux.http.Method;
import pollux.http.RequestHead;
import pollux.http.RequestHead.Expectation;
import pollux.http.RequestParser;
import pollux.http.Status;
import pollux.posix.OffHeap;

/**
 * Walks one request as {@link Exchange} does, by the same parser, {@link Acceptance}, {@link Dispatcher},
 * {@link ErrorResponder}, handlers and filters, with an {@link Explanation} in place of a connection. Nothing is opened but
 * files for reading, nothing listens, and nothing that is stored changes: what would change something is rehearsed, and
 * programs are not run.
 */
public final class Explainer implements AutoCloseable {
    private final Config config;
    private final Origins origins;
    private final FileCaches caches = new FileCaches();
    private final Handlers handlers = Handlers.create(caches);
    private final Router router = new Router();

    /** Explains by a configuration; {@code origins} tells where it was written. */
    public Explainer(Config config, Origins origins) {
        this.config = config;
        this.origins = origins;
    }

    /**
     * What would become of a request.
     *
     * @throws Question.RefusedException when nobody listens where it would be sent
     */
    public Explanation explain(Question question) throws Question.RefusedException {
        ListenSocket socket = Addresses.find(config.sockets(), question);
        VirtualHosts hosts = socket.select(Addresses.host(question));
        return new Walk(hosts).run(question);
    }

    /** Gives the files up that were looked at. */
    @Override
    public void close() {
        caches.close();
    }

    /** One request's way. */
    private final class Walk implements HeadLog {
        private final Explanation explanation = new Explanation(config.prefix());
        private final RequestHead head = new RequestHead();
        private final Response response = new Response();
        private final Request request = new Request(head, response, this);
        private final VirtualHosts hosts;
        private final Acceptance acceptance;
        private final Places places = new Places(explanation, origins, request);
        private final Steps steps = new Steps(explanation, places, request, response);
        private final Dispatcher dispatcher =
                new Dispatcher(handlers, router, this::attachSession, request, response, steps);
        private final ErrorResponder errors = new ErrorResponder(request, response);
        private boolean accepted;
        private boolean ended;

        Walk(VirtualHosts hosts) {
            this.hosts = hosts;
            boolean merging = hosts.defaultServer().connection().mergeSlashes();
            this.acceptance = new Acceptance(head, merging, Memories.create(), this);
        }

        @Override
        public void error(ErrorLog.Level level, String message) {
            explanation.add("log", "[" + level.text() + "] " + message);
        }

        private void attachSession(Request visitor, Response unused) {
            explanation.add(
                    "session",
                    "by cookie " + visitor.location().session().cookie() + "; a visitor without one gets it",
                    origins.of(visitor.location(), "session", ""));
        }

        Explanation run(Question question) {
            Listen listen = hosts.listen();
            ServerBlock first = hosts.defaultServer();
            Peer peer = Addresses.peer(listen, question);
            explanation.add(
                    "request", question.head().substring(0, question.head().indexOf('\r')));
            explanation.add("client", peer.remoteAddress());
            long now = System.currentTimeMillis();
            request.connect(peer, new Unsent());
            request.clear(first, now);
            request.nowMs(now);
            IoBuffer input = OffHeap.SOURCE.allocate(question.head().length());
            try {
                input.put(question.head());
                RequestParser parser = new RequestParser(Limits.of(first.connection()));
                int parsed = parser.parse(input, head);
                if (parsed == RequestParser.NEED_MORE) {
                    parsed = -400;
                }
                if (parsed < 0) {
                    explanation.add("refused", "the head cannot be read as one");
                }
                walk(parsed < 0 ? -parsed : begin(listen));
                places.limits();
                return explanation;
            } finally {
                response.clear();
                input.release();
            }
        }

        /** As {@link Exchange#begin}. */
        private int begin(Listen listen) {
            int refusal = acceptance.accept(request, hosts);
            places.server(hosts, refusal == 0 ? request.server() : hosts.defaultServer(), listen);
            if (refusal != 0) {
                return refusal;
            }
            accepted = true;
            if (head.expectation() == Expectation.UNKNOWN) {
                return 417;
            }
            return acceptance.isAboutServer() ? dispatcher.aboutServer() : Handler.REDIRECTED;
        }

        private void walk(int outcome) {
            int next = outcome;
            while (!ended) {
                next = switch (next) {
                    case Handler.REDIRECTED, Handler.REDIRECTED_NAMED -> dispatcher.dispatch(next);
                    case Dispatcher.TAKE_CONTENT -> takeContent(dispatcher.contentHandler());
                    case Dispatcher.RUN_PROGRAM -> program();
                    case Handler.WORK -> Work.whole(response.takeWork());
                    case Handler.DONE -> respond();
                    case ReturnHandler.CLOSE, ReturnHandler.CLIENT_GONE ->
                        end(next, next + " the connection ends without an answer");
                    default -> error(next);
                };
            }
        }

        private int end(int status, String text) {
            explanation.add("status", text);
            explanation.status(status);
            ended = true;
            return Handler.DONE;
        }

        private int error(int status) {
            int outcome = errors.answer(status, accepted, !dispatcher.isExhausted());
            ErrorPage page = request.location().errors().find(status);
            boolean isPage = outcome != Handler.DONE || response.field("Location") != null;
            if (page != null && isPage) {
                String where = outcome == Handler.REDIRECTED_NAMED
                        ? request.namedLocation()
                        : outcome == Handler.REDIRECTED ? request.path() : response.field("Location");
                String at = origins.of(request.location(), "error_page", Integer.toString(status));
                explanation.add("error_page", status + " leads to " + where, at);
            } else if (status >= 400) {
                explanation.add("page", "Pollux's own for " + status);
            }
            if (outcome == Handler.REDIRECTED) {
                request.method(head.method() == Method.HEAD ? Method.HEAD : Method.GET);
                request.contentLength(-1);
            }
            return outcome;
        }

        private int takeContent(ContentHandler handler) {
            steps.storing();
            int outcome = handler.rehearse(request, response);
            explanation.add("unchanged", "this only says what would be stored");
            return outcome;
        }

        private int program() {
            CgiProgram program = handlers.cgi().program();
            steps.program(program);
            return end(0, "- what the program says, 200 if it says nothing");
        }

        /** As {@link Exchange}'s answer, up to where its head is written. */
        private int respond() {
            errors.settleStatus();
            int unfiltered = response.status();
            int refusal = ResponseFilters.apply(request, response, handlers.conditions());
            if (refusal == Handler.WORK) {
                refusal = Work.whole(response.takeWork());
                refusal = refusal == Handler.DONE
                        ? ResponseFilters.apply(request, response, handlers.conditions())
                        : refusal;
            }
            int filtered = refusal != Handler.DONE ? refusal : response.status();
            if (filtered != unfiltered) {
                explanation.add("condition", "the request's conditions or ranges ask for " + filtered);
            }
            if (refusal != Handler.DONE) {
                return refusal;
            }
            HeadersFilter.apply(request, response);
            int status = response.status();
            end(status, (status + " " + Status.reason(status)).strip());
            places.fields(response, head.method() == Method.HEAD);
            return Handler.DONE;
        }
    }

    /** The sockets of the configuration, and who of them a URL leads to. */
    private static final class Addresses {
        private Addresses() {}

        /** The host that an address may be; {@code localhost} is one without asking anybody. */
        static String host(Question question) {
            return question.host().equals("localhost") ? "127.0.0.1" : question.host();
        }

        private static boolean isNumeric(Question question) {
            return isIpv6(question.host()) || question.host().matches("[0-9.]+");
        }

        static ListenSocket find(List<ListenSocket> sockets, Question question) throws Question.RefusedException {
            if (sockets.isEmpty()) {
                throw new Question.RefusedException("the configuration has no server");
            }
            if (question.port() < 0) {
                return sockets.get(0);
            }
            boolean isNumeric = isNumeric(question);
            ListenSocket found = null;
            for (ListenSocket socket : sockets) {
                Listen listen = socket.listen();
                if (question.unix() != null) {
                    if (listen.kind() == Listen.Kind.UNIX && listen.host().equals(question.unix())) {
                        return socket;
                    }
                } else if (listen.kind() != Listen.Kind.UNIX && listen.port() == question.port()) {
                    if (listen.host().equals(host(question))) {
                        return socket;
                    }
                    boolean isFamily = !isNumeric
                            || (listen.wildcard() && (listen.kind() == Listen.Kind.IPV6) == isIpv6(question.host()));
                    boolean isBetter = found == null
                            || (listen.wildcard() && !found.listen().wildcard());
                    found = isFamily && isBetter ? socket : found;
                }
            }
            if (found == null) {
                List<String> texts =
                        sockets.stream().map(socket -> socket.listen().text()).toList();
                String where = question.unix() != null
                        ? "unix:" + question.unix()
                        : (isNumeric ? question.host() + " " : "") + "port " + question.port();
                throw new Question.RefusedException(
                        "nobody listens on " + where + "; there is " + String.join(", ", texts));
            }
            return found;
        }

        private static boolean isIpv6(String host) {
            return host.indexOf(':') >= 0;
        }

        /** The client that was asked about, or one of this machine. */
        static Peer peer(Listen listen, Question question) {
            if (listen.kind() == Listen.Kind.UNIX) {
                return new Peer("unix:", 0, "unix:" + listen.host(), 0, 1, System.currentTimeMillis());
            }
            String loopback = listen.kind() == Listen.Kind.IPV6 ? "::1" : "127.0.0.1";
            String local = !listen.wildcard() ? listen.host() : isNumeric(question) ? question.host() : loopback;
            String remote = question.from() == null ? loopback : question.from();
            return new Peer(remote, 0, local, listen.port(), 1, System.currentTimeMillis());
        }
    }
}
