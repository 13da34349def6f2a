package pollux.server;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import pollux.config.ErrorLog;
import pollux.config.LogFormat;
import pollux.config.LogLine;
import pollux.config.Syslog;
import pollux.handler.Product;

/** A log line with what RFC 3164 wants before it, as nginx writes that: {@code <190>Nov 23 14:00:00 host tag: line}. */
final class SyslogLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH).withZone(ZoneId.systemDefault());

    /** A datagram over IPv4 holds a little more. */
    private static final int LONGEST = 65_000;

    private final LogLine whole = new LogLine();

    /** The severity of RFC 3164 for a level: 0 for the worst. */
    static int severity(ErrorLog.Level level) {
        return switch (level) {
            case EMERG -> 0;
            case ALERT -> 1;
            case CRIT -> 2;
            case ERROR -> 3;
            case WARN -> 4;
            case NOTICE -> 5;
            case INFO -> 6;
            case DEBUG -> 7;
        };
    }

    /** Makes the datagram anew. */
    void render(Syslog target, int severity, LogLine line, long nowMs) {
        StringBuilder head = new StringBuilder(96);
        head.append('<').append(target.facility() * 8 + severity).append('>');
        TIME.formatTo(Instant.ofEpochMilli(nowMs), head);
        if (target.hostname()) {
            head.append(' ').append(Product.HOSTNAME);
        }
        head.append(' ').append(target.tag()).append(": ");
        whole.begin(LogFormat.Escape.NONE);
        whole.text(head.toString());
        int at = whole.reserve(line.length());
        System.arraycopy(line.bytes(), 0, whole.bytes(), at, line.length());
        whole.value(line.length());
        whole.cut(LONGEST);
    }

    /** The datagram; valid until the next is made. */
    LogLine line() {
        return whole;
    }
}
