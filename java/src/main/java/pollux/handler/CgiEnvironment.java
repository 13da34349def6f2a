package pollux.handler;

import java.util.List;
import java.util.Locale;
import pollux.buffer.Ascii;
import pollux.config.CgiSettings;
import pollux.http.FieldName;
import pollux.http.HopByHop;
import pollux.http.RequestHead;
import pollux.posix.StringBlock;
import pollux.session.Session;

/**
 * The environment of a CGI program: the meta-variables of RFC 3875 section 4.1, those that nginx hands to FastCGI
 * programs, the visitor's session, and what {@code cgi_param} adds or replaces. Of the server's own environment a program
 * sees {@code PATH} and nothing else.
 *
 * <p>A variable that has no value is left out, but for QUERY_STRING, which is always there. REMOTE_USER is what the
 * client claims: nobody has checked the password.
 *
 * <p>It is bounded by the bounds of the request's head, of the session and of the configuration.
 */
public final class CgiEnvironment {
    private static final int NONE = 0;

    private final Request request;
    private final RequestHead head;
    private final String searchPath;
    private final Script script;
    private final long countedLength;
    private StringBlock block;

    /**
     * What was found behind a path.
     *
     * @param root the document root, absolute
     * @param file the script's absolute path
     * @param name the part of the request's path that led to it
     * @param pathInfo the rest of the path, or empty
     */
    record Script(String root, String file, String name, String pathInfo) {}

    CgiEnvironment(Request request, String searchPath, Script script, long countedLength) {
        this.request = request;
        this.head = request.head();
        this.searchPath = searchPath;
        this.script = script;
        this.countedLength = countedLength;
    }

    /** The same for content whose length was not known before. */
    CgiEnvironment withContentLength(long bytes) {
        return new CgiEnvironment(request, searchPath, script, bytes);
    }

    /** Writes all variables, no name twice. The request is still the one that the program was found for. */
    public void writeTo(StringBlock target) {
        block = target;
        block.clear();
        set("PATH", searchPath);
        setServer();
        setClient();
        setRequest();
        setScript();
        setFields();
        setSession();
        for (CgiSettings.Param param : request.location().cgi().params()) {
            block.set(param.name(), request.render(param.value()));
        }
        block = null;
    }

    /** All variables, {@code NAME=value} each, for whoever wants to see them. */
    public List<String> list() {
        StringBlock seen = new StringBlock();
        try {
            writeTo(seen);
            return seen.list();
        } finally {
            seen.release();
        }
    }

    /** Sets a variable that nobody has set before. */
    private void set(String name, String value) {
        block.begin(name);
        block.put(value);
        block.end();
    }

    private void setIfAny(String name, String value) {
        if (value != null && !value.isEmpty()) {
            set(name, value);
        }
    }

    private void setServer() {
        Peer peer = request.peer();
        boolean unix = peer.localAddress().startsWith("unix:");
        set("GATEWAY_INTERFACE", "CGI/1.1");
        set("SERVER_SOFTWARE", Product.NAME_AND_VERSION);
        set("SERVER_PROTOCOL", head.version() == 10 ? "HTTP/1.0" : "HTTP/1.1");
        set("SERVER_NAME", serverName(unix));
        set("SERVER_ADDR", peer.localAddress());
        // RFC 3875 4.1.15: never missing, even where there is no port.
        set("SERVER_PORT", unix ? "80" : Integer.toString(peer.localPort()));
        // php-cgi runs nothing without it: it proves that a server, not a client, chose the script.
        set("REDIRECT_STATUS", "200");
    }

    /** RFC 3875 4.1.14: never empty, and an IPv6 address has brackets. */
    private String serverName(boolean unix) {
        String name = request.serverName();
        if (!name.isEmpty()) {
            return name;
        }
        String address = request.peer().localAddress();
        return unix ? Product.HOSTNAME : address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    }

    private void setClient() {
        Peer peer = request.peer();
        set("REMOTE_ADDR", peer.remoteAddress());
        // RFC 3875 4.1.9: the address stands for a name that was not looked up; a look-up would wait.
        set("REMOTE_HOST", peer.remoteAddress());
        if (peer.remotePort() != 0) {
            set("REMOTE_PORT", Integer.toString(peer.remotePort()));
        }
        String authorization = head.value(FieldName.AUTHORIZATION);
        setIfAny("AUTH_TYPE", scheme(authorization));
        setIfAny("REMOTE_USER", BasicCredentials.user(authorization));
    }

    /** The scheme of an {@code Authorization} field: the token that it begins with. */
    private static String scheme(String authorization) {
        int end = 0;
        while (authorization != null && end < authorization.length() && Ascii.isToken(authorization.charAt(end))) {
            end++;
        }
        return end == 0 ? null : authorization.substring(0, end);
    }

    private void setRequest() {
        // An error page is fetched by GET, and the content of the request that failed is not its.
        boolean original = request.method() == head.method();
        set("REQUEST_METHOD", original ? head.methodText() : request.method().name());
        set("REQUEST_SCHEME", request.scheme());
        if (request.scheme().equals("https")) {
            set("HTTPS", "on");
        }
        set("REQUEST_URI", request.requestUri());
        set("QUERY_STRING", request.args() == null ? "" : request.args());
        if (original) {
            setIfAny("CONTENT_TYPE", head.value(FieldName.CONTENT_TYPE));
        }
        if (countedLength >= 0) {
            set("CONTENT_LENGTH", Long.toString(countedLength));
        } else if (original && request.contentLength() >= 0) {
            set("CONTENT_LENGTH", Long.toString(request.contentLength()));
        }
    }

    private void setScript() {
        set("DOCUMENT_ROOT", script.root());
        set("DOCUMENT_URI", request.path());
        set("SCRIPT_NAME", script.name());
        set("SCRIPT_FILENAME", script.file());
        if (!script.pathInfo().isEmpty()) {
            String root = script.root();
            set("PATH_INFO", script.pathInfo());
            set(
                    "PATH_TRANSLATED",
                    (root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + script.pathInfo());
        }
    }

    /**
     * The request's fields as {@code HTTP_*}. Names with an underscore come last and never touch a variable that a name
     * with a hyphen has made: {@code X_Real_IP} must not pass for {@code X-Real-IP}. Names with other odd bytes make no
     * variable.
     */
    private void setFields() {
        HopByHop hopByHop = new HopByHop(head);
        int[] hashes = new int[head.fieldCount()];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = mayPass(i) && !hopByHop.contains(i) ? hash(i) : NONE;
        }
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] != NONE && !head.isUnusual(i) && !isRepeated(hashes, i)) {
                setField(hashes, i);
            }
        }
        if (request.authority() != null) {
            // RFC 9112 3.2.2: Host is to be ignored where the target itself says whom it is for.
            block.set("HTTP_HOST", request.authority());
        }
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] != NONE && head.isUnusual(i) && !isTaken(hashes, i) && !isRepeated(hashes, i)) {
                setField(hashes, i);
            }
        }
    }

    private boolean mayPass(int i) {
        if (!head.isUnusual(i)) {
            return !isKeptBack(head.fieldName(i));
        }
        return !head.isUnusual(i, true) && !isKeptBack(FieldName.of(head.name(i).replace('_', '-')));
    }

    /** Whether a field of the same kind before this one has the same variable. */
    private boolean isRepeated(int[] hashes, int i) {
        for (int before = 0; before < i; before++) {
            if (hashes[before] == hashes[i] && head.isUnusual(before) == head.isUnusual(i) && isSame(before, i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a usual name has the variable of this unusual one, or the target's own host has it. */
    private boolean isTaken(int[] hashes, int i) {
        for (int other = 0; other < hashes.length; other++) {
            if (hashes[other] == hashes[i] && !head.isUnusual(other) && isSame(other, i)) {
                return true;
            }
        }
        return false;
    }

    /** The values of all fields with this variable, joined as RFC 9110 section 5.3 allows. */
    private void setField(int[] hashes, int first) {
        block.begin();
        block.put("HTTP_");
        for (int k = 0; k < head.nameLength(first); k++) {
            block.put(upper(first, k));
        }
        block.put('=');
        putValue(first);
        for (int i = first + 1; i < hashes.length; i++) {
            if (hashes[i] == hashes[first] && head.isUnusual(i) == head.isUnusual(first) && isSame(i, first)) {
                block.put(head.fieldName(i) == FieldName.COOKIE ? "; " : ", ");
                putValue(i);
            }
        }
        block.end();
    }

    private void putValue(int i) {
        block.put(head.buffer(), head.valueOffset(i), head.valueLength(i));
    }

    private int hash(int i) {
        int hash = 1;
        for (int k = 0; k < head.nameLength(i); k++) {
            hash = hash * 31 + upper(i, k);
        }
        return hash == NONE ? 1 : hash;
    }

    private boolean isSame(int one, int other) {
        boolean same = head.nameLength(one) == head.nameLength(other);
        for (int k = 0; same && k < head.nameLength(one); k++) {
            same = upper(one, k) == upper(other, k);
        }
        return same;
    }

    /** A byte of a field's name as it stands in a variable's. */
    private int upper(int i, int k) {
        int b = head.buffer().get(head.nameOffset(i) + k);
        return b == '-' ? '_' : b >= 'a' && b <= 'z' ? b - 'a' + 'A' : b;
    }

    private static boolean isKeptBack(FieldName name) {
        return name != null
                && switch (name) {
                    // RFC 3875 4.1.18: they have variables of their own.
                    case CONTENT_LENGTH, CONTENT_TYPE -> true;
                    // RFC 3875 9.2: others than the program may see an environment. cgi_param can hand them on.
                    case AUTHORIZATION, PROXY_AUTHORIZATION -> true;
                    // The server has met the expectation itself.
                    case EXPECT -> true;
                    // HTTP_PROXY is a setting of HTTP clients that programs use: the client must not choose it.
                    case PROXY -> true;
                    default -> false;
                };
    }

    private void setSession() {
        Session session = request.session();
        if (session == null) {
            return;
        }
        // An entry named "id" must not pass for the session's own.
        session.entries().forEach((name, value) -> block.set("SESSION_" + name.toUpperCase(Locale.ROOT), value));
        block.set("SESSION_ID", session.id());
    }
}
