package pollux.config;

/**
 * A {@code syslog:} log: where lines go as datagrams, and what stands before them (RFC 3164).
 *
 * @param kind the server's address family
 * @param host its numeric address, or the path of its Unix socket
 * @param port 1 to 65535; 0 for a Unix socket
 * @param facility 0 to 23
 * @param severity of access lines, 0 to 7; an error line has its own
 * @param tag the program's name before each line
 * @param hostname whether the machine's name stands before the tag
 */
public record Syslog(
        Listen.Kind kind, String host, int port, int facility, int severity, String tag, boolean hostname) {}
