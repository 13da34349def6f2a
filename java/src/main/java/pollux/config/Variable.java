package pollux.config;

import java.util.EnumSet;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A variable, resolved when the configuration is read so that no name is looked up while requests are answered. See
 * nginx's "Alphabetical index of variables".
 *
 * @param name which variable or family
 * @param rest for a family, the rest of the name in lower case ({@code $http_user_agent}: {@code user_agent}); for
 *     {@code NAMED_CAPTURE} the capture's name; otherwise empty
 * @param index for {@code CAPTURE} 1 to 9, otherwise 0
 */
public record Variable(Name name, String rest, int index) {
    /** The variables there are. In configuration they are written in lower case. */
    public enum Name {
        ARGS,
        BINARY_REMOTE_ADDR,
        BODY_BYTES_SENT,
        BYTES_SENT,
        CONNECTION,
        CONNECTION_REQUESTS,
        CONNECTION_TIME,
        CONTENT_LENGTH,
        CONTENT_TYPE,
        DOCUMENT_ROOT,
        DOCUMENT_URI,
        HOST,
        HOSTNAME,
        HTTPS,
        IS_ARGS,
        LIMIT_RATE,
        MSEC,
        NGINX_VERSION,
        PID,
        PIPE,
        POLLUX_VERSION,
        PROXY_PROTOCOL_ADDR,
        PROXY_PROTOCOL_PORT,
        PROXY_PROTOCOL_SERVER_ADDR,
        PROXY_PROTOCOL_SERVER_PORT,
        QUERY_STRING,
        REALPATH_ROOT,
        REMOTE_ADDR,
        REMOTE_PORT,
        REMOTE_USER,
        REQUEST,
        REQUEST_BODY,
        REQUEST_BODY_FILE,
        REQUEST_COMPLETION,
        REQUEST_FILENAME,
        REQUEST_ID,
        REQUEST_LENGTH,
        REQUEST_METHOD,
        REQUEST_TIME,
        REQUEST_URI,
        SCHEME,
        SERVER_ADDR,
        SERVER_NAME,
        SERVER_PORT,
        SERVER_PROTOCOL,
        SESSION_ID,
        STATUS,
        TCPINFO_RCV_SPACE,
        TCPINFO_RTT,
        TCPINFO_RTTVAR,
        TCPINFO_SND_CWND,
        TIME_ISO8601,
        TIME_LOCAL,
        URI,
        /** {@code $arg_name}: an argument of the query string. */
        ARG,
        /** {@code $cookie_name}. */
        COOKIE,
        /** {@code $http_name}: a field of the request, {@code -} written as {@code _}. */
        HTTP,
        /** {@code $proxy_protocol_tlv_name}: what a proxy adds to the addresses. */
        PROXY_PROTOCOL_TLV,
        /** {@code $sent_http_name}: a field of the answer. */
        SENT_HTTP,
        /** {@code $sent_trailer_name}: a field that {@code add_trailer} put behind the content. */
        SENT_TRAILER,
        /** {@code $session_name}: an entry of the visitor's session. */
        SESSION,
        /** {@code $1} to {@code $9}: what the last regular expression captured. */
        CAPTURE,
        /** {@code $name}: what {@code (?<name>...)} captured. */
        NAMED_CAPTURE;

        private String prefix() {
            return switch (this) {
                case ARG, COOKIE, HTTP, PROXY_PROTOCOL_TLV, SENT_HTTP, SENT_TRAILER, SESSION -> text() + "_";
                default -> null;
            };
        }

        private String text() {
            return AsciiText.lower(name());
        }
    }

    private static final Map<String, Variable> PLAIN = EnumSet.range(Name.ARGS, Name.URI).stream()
            .collect(Collectors.toUnmodifiableMap(Name::text, name -> new Variable(name, "", 0)));

    private static final Map<String, Name> FAMILIES = Stream.of(Name.values())
            .filter(name -> name.prefix() != null)
            .collect(Collectors.toUnmodifiableMap(Name::prefix, Function.identity()));

    /**
     * The variable of a name.
     *
     * @param written the name without {@code $}, in any case
     * @return the variable, or {@code null} when there is none (it may still be a capture's name)
     */
    public static Variable of(String written) {
        String lower = AsciiText.lower(written);
        Variable plain = PLAIN.get(lower);
        if (plain != null) {
            return plain;
        }
        if (lower.length() == 1 && lower.charAt(0) >= '1' && lower.charAt(0) <= '9') {
            return new Variable(Name.CAPTURE, "", lower.charAt(0) - '0');
        }
        for (Map.Entry<String, Name> family : FAMILIES.entrySet()) {
            if (lower.startsWith(family.getKey())) {
                return new Variable(
                        family.getValue(), lower.substring(family.getKey().length()), 0);
            }
        }
        return null;
    }

    static Variable namedCapture(String name) {
        return new Variable(Name.NAMED_CAPTURE, name, 0);
    }
}
