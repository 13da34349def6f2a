package pollux.config;

/**
 * Whether and how visitors are remembered.
 *
 * @param enabled whether they are
 * @param cookie the cookie's name, a token
 * @param timeoutMs how long a session is kept after its last use
 * @param max how many are kept at once
 * @param file the file they are kept in across a restart, or {@code null} for memory alone
 */
public record SessionSettings(boolean enabled, String cookie, long timeoutMs, int max, String file) {}
