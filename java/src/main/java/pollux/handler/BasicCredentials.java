package pollux.handler;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a client says by the Basic scheme (RFC 7617).
 *
 * @param user the user id, not empty; a byte string
 * @param password a byte string
 */
record BasicCredentials(String user, String password) {
    private static final String SCHEME = "Basic ";

    /** The credentials in an {@code Authorization} field, or {@code null} when there are none of this scheme. */
    static BasicCredentials of(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        try {
            byte[] decoded = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            String pair = new String(decoded, StandardCharsets.ISO_8859_1);
            int colon = pair.indexOf(':');
            return colon <= 0 ? null : new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /** The user id in an {@code Authorization} field, for logs and programs; {@code null} when there is none. */
    static String user(String authorization) {
        BasicCredentials credentials = of(authorization);
        return credentials == null ? null : credentials.user();
    }
}
