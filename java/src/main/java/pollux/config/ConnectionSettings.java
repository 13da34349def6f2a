package pollux.config;

/**
 * How request heads are read.
 *
 * @param headerTimeoutMs for the whole head
 * @param headerBufferSize bytes of the first buffer
 * @param largeBufferCount how many larger buffers a head may take
 * @param largeBufferSize bytes of each; a request line above it is 414, a field line 400
 * @param maxHeaders how many field lines a head may have; more are 431
 * @param ignoreInvalidHeaders whether field lines with odd names are dropped
 * @param underscoresInHeaders whether {@code _} may stand in field names
 * @param mergeSlashes whether adjacent slashes of a path count as one
 */
public record ConnectionSettings(
        long headerTimeoutMs,
        int headerBufferSize,
        int largeBufferCount,
        int largeBufferSize,
        int maxHeaders,
        boolean ignoreInvalidHeaders,
        boolean underscoresInHeaders,
        boolean mergeSlashes) {}
