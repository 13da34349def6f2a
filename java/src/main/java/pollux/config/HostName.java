package pollux.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The machine's own name, for {@code server_name $hostname}. */
final class HostName {
    private HostName() {}

    static String lookUp() {
        try {
            return AsciiText.lower(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
