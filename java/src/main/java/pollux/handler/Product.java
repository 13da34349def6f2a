package pollux.handler;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What the server says of itself and of its machine. */
public final class Product {
    /** The name in the {@code Server} field. */
    public static final String NAME = "pollux";

    /** The version, the same as the build's. */
    public static final String VERSION = "0.1.0";

    /** Name and version. */
    public static final String NAME_AND_VERSION = NAME + "/" + VERSION;

    /** The machine's name. */
    public static final String HOSTNAME = hostname();

    private Product() {}

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unresolved) {
            return "localhost";
        }
    }
}
