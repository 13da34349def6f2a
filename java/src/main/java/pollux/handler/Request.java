package pollux.handler;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import pollux.config.Captures;
import pollux.config.FileSettings.DocumentRoot;
import pollux.config.Location;
import pollux.config.LogLine;
import pollux.config.ServerBlock;
import pollux.config.Template;
import pollux.config.Variable;
import pollux.config.Variables;
import pollux.http.Method;
import pollux.http.ProxyAddresses;
import pollux.http.RequestHead;
import pollux.session.Session;

/**
 * One request as handlers see it: what the client sent, where it was routed to, and who asks. One object for each
 * connection, used for one request after the other. The server sets it; a handler only reads.
 *
 * <p>{@link #path()} and {@link #args()} change with internal redirects; {@link #requestUri()} never does.
 */
public final class Request implements Variables {
    /** No system takes it in a name, and no call is made for one that has it. */
    private static final char NO_FILE = '\0';

    private static final SecureRandom RANDOM = new SecureRandom();

    private final RequestHead head;
    private final Response response;
    private final Log log;
    private Peer peer;
    private Progress progress;
    private ProxyAddresses proxied;
    private byte[] remoteBytes;
    private long limitRate;
    private ServerBlock server;
    private Location location;
    private Captures serverCaptures;
    private Captures locationCaptures;
    private Method method;
    private String requestUri = "";
    private String path = "";
    private String args;
    private String host;
    private String authority;
    private long contentLength = -1;
    private long startedMs;
    private long nowMs;
    private boolean internal;
    private boolean behindAlias;
    private String namedLocation;
    private Session session;
    private String id;
    private String contentFile;

    /** What is known of a request's way through its connection, for logs. */
    public interface Progress {
        /** {@link #sentLength()} when the content is in chunks. */
        long CHUNKED = -2;

        /** {@link #sentLength()} when no length was sent. */
        long NONE = -1;

        /** {@link #sentLength()} before the head is made. */
        long NOT_YET = -3;

        /** Bytes sent to the client so far, heads included. */
        long bytesSent();

        /** Bytes of content sent so far. */
        long bodyBytesSent();

        /** Bytes of the request read so far, its head included. */
        long requestLength();

        /** Requests on this connection so far, this one included. */
        long connectionRequests();

        /** Whether the request was there before the answer to the one before it had left. */
        boolean isPipelined();

        /** Whether the connection stays open: what {@code Connection} says, or, before the head is made, will likely say. */
        boolean isPersistent();

        /** The {@code Content-Length} that was sent; {@link #CHUNKED}, {@link #NONE}, or {@link #NOT_YET} sent. */
        long sentLength();

        /** What the kernel knows of the connection, {@code which} as {@link pollux.posix.Sockets#tcpInfo} has it; or negative. */
        int tcpInfo(int which);

        /** The content of the request, where a program or a sink has got it and memory has room; else {@code null}. */
        String requestContent();

        /** Whether the response has left completely. */
        boolean isComplete();
    }

    /**
     * Makes the request of a connection.
     *
     * @param head parsed anew for each request
     * @param response the answer that goes with it
     * @param log for what goes wrong
     */
    public Request(RequestHead head, Response response, Log log) {
        this.head = head;
        this.response = response;
        this.log = log;
    }

    /** Binds the request to a client; nothing was asked yet. */
    public void connect(Peer ends, Progress way) {
        peer = ends;
        progress = way;
        proxied = null;
        server = null;
        location = null;
        session = null;
        remoteBytes = null;
    }

    /** Forgets the last request. */
    public void clear(ServerBlock defaultServer, long wallMs) {
        server = defaultServer;
        location = defaultServer.root();
        serverCaptures = null;
        locationCaptures = null;
        method = Method.UNKNOWN;
        requestUri = "";
        path = "";
        args = null;
        host = null;
        authority = null;
        contentLength = -1;
        startedMs = wallMs;
        nowMs = wallMs;
        internal = false;
        behindAlias = false;
        limitRate = 0;
        namedLocation = null;
        session = null;
        id = null;
        contentFile = null;
    }

    /** The head as it came off the wire. */
    public RequestHead head() {
        return head;
    }

    /** The answer being made. */
    public Response response() {
        return response;
    }

    /** The error log. */
    public Log log() {
        return log;
    }

    /** The ends of the connection. */
    public Peer peer() {
        return peer;
    }

    Progress progress() {
        return progress;
    }

    /** The client's address in network byte order, 4 or 16 bytes; none for a Unix socket. */
    public byte[] remoteBytes() {
        if (remoteBytes == null) {
            remoteBytes = peer.binaryRemoteAddress().getBytes(StandardCharsets.ISO_8859_1);
        }
        return remoteBytes;
    }

    /** Whom the proxy in front of the connection named; {@code null} when there is none, or it named nobody. */
    public ProxyAddresses proxied() {
        return proxied;
    }

    /** Sets whom the proxy named, for all requests of the connection. */
    public void proxied(ProxyAddresses named) {
        proxied = named;
    }

    /** The server block that answers. */
    public ServerBlock server() {
        return server;
    }

    /** Chooses the server block. */
    public void server(ServerBlock block, Captures captures) {
        server = block;
        location = block.root();
        serverCaptures = captures;
    }

    /** The location that answers; the server block's own level while none was chosen. */
    public Location location() {
        return location;
    }

    /** Chooses the location. */
    public void location(Location chosen, Captures captures) {
        location = chosen;
        if (captures != null) {
            locationCaptures = captures;
        }
    }

    /** The method; an error page is fetched by GET whatever the client sent. */
    public Method method() {
        return method;
    }

    /** The name of {@link #method()}, of one that is not known too. */
    public String methodName() {
        return method == Method.UNKNOWN ? head.methodText() : method.name();
    }

    /** Sets the method. */
    public void method(Method wanted) {
        method = wanted;
    }

    /** The request target as the client wrote it: {@code $request_uri}. */
    public String requestUri() {
        return requestUri;
    }

    /** The path, decoded once and normalised, beginning with a slash; a byte string. */
    public String path() {
        return path;
    }

    /** The query string as it was sent, or {@code null} when there is no question mark. */
    public String args() {
        return args;
    }

    /** Sets target, path and query string as the client sent them. */
    public void target(String raw, String decodedPath, String query) {
        requestUri = raw;
        path = decodedPath;
        args = query;
    }

    /** Goes to another path inside the server; locations marked {@code internal} are open to it. */
    public void redirect(String newPath, String newArgs) {
        path = newPath;
        args = newArgs;
        internal = true;
        behindAlias = false;
    }

    /** Goes on in the same location with another path: what {@code try_files} found. */
    public void path(String found) {
        path = found;
    }

    /** As {@link #path(String)}, below an alias that stands for whole paths: from now on it is followed by the path. */
    public void pathBehindAlias(String found) {
        path = found;
        behindAlias = true;
    }

    /** Whether an internal redirect has happened. */
    public boolean isInternal() {
        return internal;
    }

    /** Goes to a named location, path and query string unchanged. */
    public void redirectNamed(String name) {
        namedLocation = name;
        internal = true;
        behindAlias = false;
    }

    /** The name that {@link #redirectNamed} was last given, with its {@code @}. */
    public String namedLocation() {
        return namedLocation;
    }

    /** The host asked for: lower-case, without port; {@code null} when the request names none. */
    public String host() {
        return host;
    }

    /** Sets the host asked for. */
    public void host(String name) {
        host = name;
    }

    /** The authority of an absolute target, port and all, which stands for Host; {@code null} for any other target. */
    public String authority() {
        return authority;
    }

    /** Sets the authority of an absolute target. */
    public void authority(String hostAndPort) {
        authority = hostAndPort;
    }

    /** The length of the request's content in bytes; -1 when it has none, or comes in chunks not yet counted. */
    public long contentLength() {
        return contentLength;
    }

    /** Sets the length of the content. */
    public void contentLength(long bytes) {
        contentLength = bytes;
    }

    /** The present time of the turn, in milliseconds since 1970. */
    public long nowMs() {
        return nowMs;
    }

    /** Moves the present time on. */
    public void nowMs(long wallMs) {
        nowMs = wallMs;
    }

    /** When the request's first byte was read, in milliseconds since 1970. */
    public long startedMs() {
        return startedMs;
    }

    /** The file that the content was written to first: {@code $request_body_file}; {@code null} for none. */
    public String contentFile() {
        return contentFile;
    }

    /** Says where the content is written to. */
    void contentFile(String path) {
        contentFile = path;
    }

    /** The visitor's session, or {@code null} where sessions are off. */
    public Session session() {
        return session;
    }

    /** Sets the visitor's session. */
    public void session(Session visitor) {
        session = visitor;
    }

    /** Bytes a second that the answer may take: {@code $limit_rate}; 0 until it is sent, and when there is no bound. */
    long limitRate() {
        return limitRate;
    }

    /** Sets how fast the answer may go. */
    public void limitRate(long bytesPerSecond) {
        limitRate = bytesPerSecond;
    }

    /** A random id, 32 hexadecimal digits, made when first asked for. */
    public String id() {
        if (id == null) {
            byte[] bits = new byte[16];
            RANDOM.nextBytes(bits);
            id = HexFormat.of().formatHex(bits);
        }
        return id;
    }

    /** {@code http}; other schemes come with TLS. */
    public String scheme() {
        return "http";
    }

    /** The name that the server gives itself: the host asked for, or the server block's first name. */
    public String serverName() {
        return host != null && !host.isEmpty() ? host : server.name();
    }

    /** A capture of the last expression that matched, by number 1 to 9; {@code null} when there is none. */
    String capture(int index) {
        Captures last = locationCaptures != null ? locationCaptures : serverCaptures;
        return last == null ? null : last.group(index);
    }

    /** A named capture of the location's or the server name's expression, or {@code null}. */
    String capture(String name) {
        String found = locationCaptures == null ? null : locationCaptures.named(name);
        return found == null && serverCaptures != null ? serverCaptures.named(name) : found;
    }

    /** The document root: {@code root}, or {@code alias} as it is written. */
    public String documentRoot() {
        return location.files().root().path().render(this);
    }

    /** Whether {@link #filename()} depends on nothing but the path: no variable, no second thoughts about an alias. */
    boolean isFilenameByPath() {
        return !behindAlias && location.files().root().path().isConstant();
    }

    /** The file that the request's path maps to. */
    public String filename() {
        return filename(path);
    }

    /**
     * The file that a path maps to in this location. What a request brings in never climbs out of the folder: where the
     * path behind an alias begins with two dots ({@code /a../x} in {@code location /a { alias /b/; }}), or a variable has
     * them, the answer is a name that no file can have. nginx would follow it.
     *
     * @param uri a decoded path
     */
    public String filename(String uri) {
        DocumentRoot root = location.files().root();
        String base = root.path().render(this);
        String file = mapped(root, base, uri);
        boolean isConstant = root.path().isConstant();
        int from = isConstant ? Math.max(0, base.length() - 1) : 0;
        boolean isMeant = !isConstant && root.path().source().contains("..");
        return !isMeant && climbs(file, from) ? file + NO_FILE : file;
    }

    private static boolean climbs(String file, int from) {
        return file.indexOf("/../", from) >= 0 || file.startsWith("/..", Math.max(from, file.length() - 3));
    }

    private String mapped(DocumentRoot root, String base, String uri) {
        if (!root.alias()) {
            return base + uri;
        }
        if (root.replaced() < 0) {
            return behindAlias ? base + uri : base;
        }
        return root.replaced() > uri.length() ? base : base + uri.substring(root.replaced());
    }

    /** Renders a value of the configuration for this request. */
    public String render(Template template) {
        return template.render(this);
    }

    @Override
    public String value(Variable variable) {
        return RequestVariables.value(this, variable);
    }

    @Override
    public void log(Variable variable, LogLine line) {
        LoggedVariables.write(this, variable, line);
    }
}
