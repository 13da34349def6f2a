package pollux.server;

import pollux.config.Captures;
import pollux.config.ErrorLog;
import pollux.config.ServerBlock;
import pollux.config.VirtualHosts;
import pollux.handler.Request;
import pollux.http.Framing;
import pollux.http.HostName;
import pollux.http.Method;
import pollux.http.RequestHead;
import pollux.http.RequestTarget;

/**
 * Settles what has to be settled before a request can be routed: how its content is framed, what its target is, and
 * which server block it is for. Until all three are known nothing in the request can be trusted, and a refusal ends the
 * connection.
 */
final class Acceptance {
    private final RequestHead head;
    private final RequestTarget target;
    private final HostName.Memory hostNames;
    private final HeadComplaints complaints;
    private long framing;

    /** {@code log} is told why a request is refused. */
    Acceptance(RequestHead head, boolean mergeSlashes, Memories memories, HeadLog log) {
        this.complaints = new HeadComplaints(log);
        this.head = head;
        this.target = new RequestTarget(mergeSlashes, memories.targets());
        this.hostNames = memories.hostNames();
    }

    /** How the content is delimited: an answer of {@link Framing#of} that is no refusal, once accepted. */
    long framing() {
        return framing;
    }

    /** Whether no location is asked about: {@code OPTIONS *}, and the methods that are refused everywhere. */
    boolean isAboutServer() {
        Method method = head.method();
        return target.form() == RequestTarget.Form.ASTERISK || method == Method.TRACE || method == Method.CONNECT;
    }

    /**
     * Fills the request from its head.
     *
     * @param hosts the server blocks of the address that the client came to
     * @return 0, or the status to refuse with
     */
    int accept(Request request, VirtualHosts hosts) {
        request.method(head.method());
        framing = Framing.of(head);
        if (Framing.isRefused(framing)) {
            complaints.framing(head);
            return (int) -framing;
        }
        request.contentLength(framing >= 0 ? framing : -1);
        int refusal = target.parse(head.buffer(), head.targetOffset(), head.targetLength(), head.method());
        if (refusal != 0) {
            complaints.target(target, head.buffer().string(head.targetOffset(), head.targetLength()));
            return refusal;
        }
        request.target(target.raw(), target.path(), target.args());
        HostName name = HostName.of(head, target, hostNames);
        if (name == null) {
            complaints.host(head);
            return 400;
        }
        request.authority(target.form() == RequestTarget.Form.ABSOLUTE ? name.text() : null);
        return chooseServer(request, hosts, name.host());
    }

    /** A request without a host, an empty one here, is for the server block whose name is empty, if there is one. */
    private int chooseServer(Request request, VirtualHosts hosts, String host) {
        ServerBlock server = hosts.find(host);
        if (server == null) {
            request.log().error(ErrorLog.Level.ERROR, "a regular expression of server_name gave up");
            return 500;
        }
        request.host(host.isEmpty() ? null : host);
        Captures captures = host.isEmpty() ? null : server.hostCaptures(host);
        request.server(server, captures == null || hosts.isNamed(host) ? null : captures);
        boolean underscores = server.connection().underscoresInHeaders();
        if (server.connection().ignoreInvalidHeaders() && head.hasUnusual(underscores)) {
            complaints.unusual(head, underscores);
            head.dropUnusual(underscores);
        }
        complaints.method(head.method());
        return 0;
    }
}
