package pollux.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** The machine's own name, for {@code server_name $hostname}. */
final class HostName {
    private HostName() {}

    static String lookUp() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
