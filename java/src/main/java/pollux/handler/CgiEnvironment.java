package pollux.handler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import pollux.buffer.Ascii;
import pollux.config.CgiSettings;
import pollux.http.FieldName;
import pollux.http.HopByHop;
import pollux.http.RequestHead;
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
final class CgiEnvironment {
    private final Request request;
    private final RequestHead head;
    private final Map<String, String> variables = new LinkedHashMap<>();

    CgiEnvironment(Request request, String searchPath) {
        this.request = request;
        this.head = request.head();
        set("PATH", searchPath);
    }

    /**
     * All variables, {@code NAME=value} each, no name twice.
     *
     * @param root the document root, absolute
     * @param script the script's absolute path
     * @param scriptName the part of the request's path that led to it
     * @param pathInfo the rest of the path, or empty
     */
    List<String> list(String root, String script, String scriptName, String pathInfo) {
        setServer();
        setClient();
        setRequest();
        setScript(root, script, scriptName, pathInfo);
        setFields();
        setSession();
        for (CgiSettings.Param param : request.location().cgi().params()) {
            set(param.name(), request.render(param.value()));
        }
        List<String> list = new ArrayList<>(variables.size());
        variables.forEach((name, value) -> list.add(name + "=" + value));
        return list;
    }

    private void set(String name, String value) {
        variables.put(name, value);
    }

    private void setIfAny(String name, String value) {
        if (value != null && !value.isEmpty()) {
            variables.put(name, value);
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
        if (original && request.contentLength() >= 0) {
            set("CONTENT_LENGTH", Long.toString(request.contentLength()));
        }
    }

    private void setScript(String root, String script, String scriptName, String pathInfo) {
        set("DOCUMENT_ROOT", root);
        set("DOCUMENT_URI", request.path());
        set("SCRIPT_NAME", scriptName);
        set("SCRIPT_FILENAME", script);
        if (!pathInfo.isEmpty()) {
            set("PATH_INFO", pathInfo);
            String folder = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
            set("PATH_TRANSLATED", folder + pathInfo);
        }
    }

    /**
     * The request's fields as {@code HTTP_*}. Names with an underscore come last and never touch a variable that a name
     * with a hyphen has made: {@code X_Real_IP} must not pass for {@code X-Real-IP}. Names with other odd bytes make no
     * variable.
     */
    private void setFields() {
        Map<String, String> fields = new LinkedHashMap<>();
        HopByHop hopByHop = new HopByHop(head);
        for (int i = 0; i < head.fieldCount(); i++) {
            if (!head.isUnusual(i)) {
                addField(fields, hopByHop, i);
            }
        }
        if (request.authority() != null) {
            // RFC 9112 3.2.2: Host is to be ignored where the target itself says whom it is for.
            fields.put(variable(FieldName.HOST.text()), request.authority());
        }
        Set<String> taken = Set.copyOf(fields.keySet());
        for (int i = 0; i < head.fieldCount(); i++) {
            if (head.isUnusual(i) && !head.isUnusual(i, true) && !taken.contains(variable(head.name(i)))) {
                addField(fields, hopByHop, i);
            }
        }
        variables.putAll(fields);
    }

    private void addField(Map<String, String> fields, HopByHop hopByHop, int i) {
        String name = head.name(i);
        FieldName known = FieldName.of(name.replace('_', '-'));
        if (isKeptBack(known) || hopByHop.contains(i)) {
            return;
        }
        String separator = known == FieldName.COOKIE ? "; " : ", ";
        fields.merge(variable(name), head.value(i), (before, value) -> before + separator + value);
    }

    private static String variable(String field) {
        return "HTTP_" + field.replace('-', '_').toUpperCase(Locale.ROOT);
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
        session.entries().forEach((name, value) -> set("SESSION_" + name.toUpperCase(Locale.ROOT), value));
        // Last: an entry named "id" must not pass for the session's own.
        set("SESSION_ID", session.id());
    }
}
