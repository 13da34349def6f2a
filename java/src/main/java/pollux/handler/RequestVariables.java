package pollux.handler;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import pollux.buffer.Ascii;
import pollux.config.ErrorLog;
import pollux.config.Variable;
import pollux.http.FieldName;
import pollux.http.ProxyAddresses;
import pollux.posix.Files;
import pollux.posix.Processes;

/** The values of nginx's variables for one request, each made when it is asked for. */
final class RequestVariables {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final DateTimeFormatter ISO8601 =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static volatile Stamp localStamp = new Stamp(-1, "");

    private record Stamp(long second, String text) {}

    private RequestVariables() {}

    static String value(Request request, Variable variable) {
        return switch (variable.name()) {
            case ARG -> argument(request.args(), variable.rest());
            case COOKIE -> cookie(request.head().joined(FieldName.COOKIE), variable.rest());
            case HTTP -> request.head().find(variable.rest());
            case SENT_HTTP -> SentFields.value(request, variable.rest());
            case SENT_TRAILER -> SentFields.joined(request.response().trailers(), variable.rest());
            case SESSION -> request.session() == null ? null : request.session().get(variable.rest());
            case SESSION_ID ->
                request.session() == null ? null : request.session().id();
            case CAPTURE -> request.capture(variable.index());
            case NAMED_CAPTURE -> request.capture(variable.rest());
            case ARGS, QUERY_STRING, IS_ARGS, URI, DOCUMENT_URI, REQUEST_URI, REQUEST, REQUEST_METHOD ->
                line(request, variable.name());
            case DOCUMENT_ROOT, REALPATH_ROOT, REQUEST_FILENAME -> file(request, variable.name());
            case REMOTE_ADDR, REMOTE_PORT, BINARY_REMOTE_ADDR, SERVER_ADDR, SERVER_PORT, CONNECTION ->
                peer(request.peer(), variable.name());
            case PROXY_PROTOCOL_ADDR, PROXY_PROTOCOL_PORT, PROXY_PROTOCOL_SERVER_ADDR, PROXY_PROTOCOL_SERVER_PORT ->
                request.proxied() == null ? null : proxied(request.proxied(), variable.name());
            case PROXY_PROTOCOL_TLV ->
                request.proxied() == null
                        ? null
                        : request.proxied().extensions().find(variable.rest());
            case STATUS, BYTES_SENT, BODY_BYTES_SENT, REQUEST_LENGTH, CONNECTION_REQUESTS, PIPE ->
                progress(request, variable.name());
            case LIMIT_RATE -> Long.toString(request.limitRate());
            case REQUEST_BODY -> request.progress().requestContent();
            case REQUEST_BODY_FILE -> request.contentFile();
            case TCPINFO_RTT, TCPINFO_RTTVAR, TCPINFO_SND_CWND, TCPINFO_RCV_SPACE ->
                tcpInfo(request.progress(), variable.name());
            case REQUEST_COMPLETION -> request.progress().isComplete() ? "OK" : "";
            case MSEC, TIME_LOCAL, TIME_ISO8601, REQUEST_TIME, CONNECTION_TIME -> time(request, variable.name());
            case HOST -> request.serverName();
            case HTTPS -> "";
            case SCHEME -> request.scheme();
            case SERVER_NAME -> request.server().name();
            case SERVER_PROTOCOL -> protocol(request);
            case CONTENT_LENGTH -> request.head().value(FieldName.CONTENT_LENGTH);
            case CONTENT_TYPE -> request.head().value(FieldName.CONTENT_TYPE);
            case REMOTE_USER -> BasicCredentials.user(request.head().value(FieldName.AUTHORIZATION));
            case REQUEST_ID -> request.id();
            case HOSTNAME -> Product.HOSTNAME;
            case PID -> Integer.toString(Processes.pid());
            case NGINX_VERSION, POLLUX_VERSION -> Product.VERSION;
        };
    }

    private static String line(Request request, Variable.Name name) {
        return switch (name) {
            case IS_ARGS -> request.args() == null || request.args().isEmpty() ? "" : "?";
            case URI, DOCUMENT_URI -> request.path();
            case REQUEST_URI -> request.requestUri();
            case REQUEST -> request.head().requestLine();
            case REQUEST_METHOD -> request.methodName();
            default -> request.args();
        };
    }

    private static String file(Request request, Variable.Name name) {
        return switch (name) {
            case DOCUMENT_ROOT -> request.documentRoot();
            case REALPATH_ROOT -> realPath(request);
            default -> request.filename();
        };
    }

    private static String realPath(Request request) {
        String root = request.documentRoot();
        String real = Files.realPath(root);
        if (real == null) {
            request.log().error(ErrorLog.Level.CRIT, "realpath() \"" + root + "\" failed");
        }
        return real;
    }

    private static String peer(Peer peer, Variable.Name name) {
        return switch (name) {
            case REMOTE_ADDR -> peer.remoteAddress();
            case REMOTE_PORT -> peer.remotePort() == 0 ? "" : Integer.toString(peer.remotePort());
            case BINARY_REMOTE_ADDR -> peer.binaryRemoteAddress();
            case SERVER_ADDR -> peer.localAddress();
            case SERVER_PORT -> peer.localPort() == 0 ? "" : Integer.toString(peer.localPort());
            default -> Long.toString(peer.number());
        };
    }

    private static String proxied(ProxyAddresses addresses, Variable.Name name) {
        return switch (name) {
            case PROXY_PROTOCOL_ADDR -> addresses.source();
            case PROXY_PROTOCOL_SERVER_ADDR -> addresses.destination();
            case PROXY_PROTOCOL_PORT -> port(addresses.sourcePort());
            default -> port(addresses.destinationPort());
        };
    }

    private static String port(int number) {
        return number == 0 ? "" : Integer.toString(number);
    }

    private static String progress(Request request, Variable.Name name) {
        Request.Progress progress = request.progress();
        return switch (name) {
            case STATUS -> {
                int settled = request.response().errorStatus();
                yield status(settled != 0 ? settled : request.response().status());
            }
            case BYTES_SENT -> Long.toString(progress.bytesSent());
            case BODY_BYTES_SENT -> Long.toString(progress.bodyBytesSent());
            case REQUEST_LENGTH -> Long.toString(progress.requestLength());
            case CONNECTION_REQUESTS -> Long.toString(progress.connectionRequests());
            default -> progress.isPipelined() ? "p" : ".";
        };
    }

    private static String status(int code) {
        return code == 0 ? "000" : Integer.toString(code);
    }

    private static String time(Request request, Variable.Name name) {
        long nowMs = request.nowMs();
        return switch (name) {
            case MSEC -> seconds(nowMs);
            case TIME_LOCAL -> local(nowMs / 1000);
            case TIME_ISO8601 -> ISO8601.format(Instant.ofEpochMilli(nowMs));
            case CONNECTION_TIME -> seconds(Math.max(0, nowMs - request.peer().sinceMs()));
            default -> seconds(Math.max(0, nowMs - request.startedMs()));
        };
    }

    /** Every line of the usual log has it, and most are of the same second. Threads may write over each other's. */
    private static String local(long second) {
        Stamp last = localStamp;
        if (last.second != second) {
            last = new Stamp(second, LOCAL.format(Instant.ofEpochSecond(second)));
            localStamp = last;
        }
        return last.text;
    }

    private static String seconds(long ms) {
        long rest = ms % 1000;
        return ms / 1000 + (rest < 10 ? ".00" : rest < 100 ? ".0" : ".") + rest;
    }

    private static String protocol(Request request) {
        return request.head().version() == 10 ? "HTTP/1.0" : "HTTP/1.1";
    }

    /** The raw value of the first argument of a name; names in any case, as nginx takes them. */
    private static String argument(String args, String name) {
        if (args == null) {
            return null;
        }
        for (int at = 0; at <= args.length(); ) {
            int end = args.indexOf('&', at);
            int stop = end < 0 ? args.length() : end;
            int equals = args.indexOf('=', at);
            if (equals >= 0 && equals < stop && Ascii.equalsIgnoreCase(args.substring(at, equals), name)) {
                return args.substring(equals + 1, stop);
            }
            at = stop + 1;
        }
        return null;
    }

    /** The value of a cookie; names in any case, as nginx takes them. */
    static String cookie(String cookies, String name) {
        if (cookies == null) {
            return null;
        }
        for (String pair : cookies.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && Ascii.equalsIgnoreCase(pair.substring(0, equals).strip(), name)) {
                return pair.substring(equals + 1).strip();
            }
        }
        return null;
    }

    private static String tcpInfo(Request.Progress progress, Variable.Name name) {
        int which =
                switch (name) {
                    case TCPINFO_RTT -> 0;
                    case TCPINFO_RTTVAR -> 1;
                    case TCPINFO_SND_CWND -> 2;
                    default -> 3;
                };
        int value = progress.tcpInfo(which);
        return value < 0 ? null : Integer.toString(value);
    }
}
