package pollux.handler;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

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

    /** Whether it is a connection over a Unix socket. */
    public boolean isUnix() {
        return remoteAddress.startsWith("unix:");
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
