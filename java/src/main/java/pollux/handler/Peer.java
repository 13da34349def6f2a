package pollux.handler;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import pollux.buffer.Ascii;

/**
 * The two ends of a connection, as text; they stay the same as long as it lasts.
 *
 * @param remoteAddress numeric, without brackets; {@code unix:} for a Unix socket
 * @param remotePort 0 for a Unix socket
 * @param localAddress numeric, without brackets, or {@code unix:} and the path
 * @param localPort 0 for a Unix socket
 * @param number of the connection, counted from 1 since the start
 * @param sinceMs when the connection was accepted, in milliseconds since 1970
 */
public record Peer(
        String remoteAddress, int remotePort, String localAddress, int localPort, long number, long sinceMs) {

    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");

    /** Whether it is a connection over a Unix socket. */
    public boolean isUnix() {
        return remoteAddress.startsWith("unix:");
    }

    /** Whether a text is a numeric address, without brackets; nobody is asked about names. */
    public static boolean isAddress(String text) {
        boolean isIpv6 =
                text.indexOf(':') >= 0 && text.chars().allMatch(c -> Ascii.isHex((char) c) || c == ':' || c == '.');
        if (!isIpv6) {
            return IPV4.matcher(text).matches();
        }
        try {
            return InetAddress.getByName(text) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The remote address in network byte order, 4 or 16 bytes; empty for a Unix socket. */
    String binaryRemoteAddress() {
        try {
            boolean literal = !remoteAddress.isEmpty() && !remoteAddress.startsWith("unix:");
            return literal
                    ? new String(InetAddress.getByName(remoteAddress).getAddress(), StandardCharsets.ISO_8859_1)
                    : "";
        } catch (UnknownHostException impossible) {
            return "";
        }
    }
}
