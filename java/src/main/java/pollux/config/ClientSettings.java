package pollux.config;

/**
 * How content is taken from a client and how its connection is kept.
 *
 * @param maxBodySize bytes of request content, above which the answer is 413; 0 for no bound
 * @param bodyTimeoutMs between two reads of content
 * @param bodyBufferSize bytes of content kept in memory
 * @param bodyTempPath the folder for content that is not
 * @param content whether and how content is put aside
 * @param sendTimeoutMs between two writes
 * @param keepaliveTimeoutMs how long an idle connection is kept; 0 to close after each answer
 * @param keepaliveHeaderSeconds the {@code Keep-Alive: timeout=} sent, or 0 for none
 * @param keepaliveRequests how many requests a connection may bring
 * @param keepaliveTimeMs how old a connection may get
 * @param keepaliveMinTimeoutMs so long an idle connection is not closed for another client or for the server's end
 * @param lingeringClose whether the rest of what a client sends is drained before closing
 * @param lingeringTimeMs how long in all
 * @param lingeringTimeoutMs how long between two reads
 * @param tcpNodelay whether small segments go out at once
 * @param resetTimedoutConnection whether a connection that timed out is reset rather than closed
 * @param serverTokens what {@code Server} and built-in pages say
 * @param absoluteRedirect whether {@code Location} holds scheme and host
 * @param portInRedirect whether it holds the port
 * @param serverNameInRedirect whether the host is the server's first name rather than the request's
 * @param chunkedTransferEncoding whether HTTP/1.1 answers of unknown length may be chunked
 */
public record ClientSettings(
        long maxBodySize,
        long bodyTimeoutMs,
        int bodyBufferSize,
        String bodyTempPath,
        ContentSettings content,
        long sendTimeoutMs,
        long keepaliveTimeoutMs,
        long keepaliveHeaderSeconds,
        int keepaliveRequests,
        long keepaliveTimeMs,
        long keepaliveMinTimeoutMs,
        LingeringClose lingeringClose,
        long lingeringTimeMs,
        long lingeringTimeoutMs,
        boolean tcpNodelay,
        boolean resetTimedoutConnection,
        ServerTokens serverTokens,
        boolean absoluteRedirect,
        boolean portInRedirect,
        boolean serverNameInRedirect,
        boolean chunkedTransferEncoding) {
    /** When the rest of what a client sends is drained before closing. */
    public enum LingeringClose {
        /** Never. */
        OFF,
        /** When the client may still be sending. */
        ON,
        /** Always. */
        ALWAYS
    }

    /** What the server says of itself. */
    public enum ServerTokens {
        /** Its name. */
        OFF,
        /** Its name and version. */
        ON,
        /** Its name, version and build. */
        BUILD
    }
}
