package pollux.handler;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The user of the Basic scheme (RFC 7617), for logs and programs. Nobody checks the password here. */
final class BasicCredentials {
    private static final String SCHEME = "Basic ";

    private BasicCredentials() {}

    /** The user id in an {@code Authorization} field, or {@code null} when there is none of this scheme. */
    static String user(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            String pair = new String(decoded, StandardCharsets.ISO_8859_1);
            int colon = pair.indexOf(':');
            return colon <= 0 ? null : pair.substring(0, colon);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
