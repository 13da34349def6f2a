package pollux.server;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import pollux.buffer.Ascii;
import pollux.config.ErrorLog;
import pollux.config.LogFormat;
import pollux.config.LogLine;
import pollux.config.LogSettings;
import pollux.config.LogSettings.AccessLog;
import pollux.config.LogSettings.Buffering;
import pollux.config.LogSettings.Caching;
import pollux.config.Syslog;
import pollux.config.Variable;
import pollux.config.Variables;
import pollux.handler.Log;
import pollux.loop.EventLoop;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;
import pollux.posix.Processes;

/**
 * A worker's logs, by path: lines are gathered and written once a turn. Error lines are in nginx's form; nothing a client
 * sends can forge one, because control characters are escaped.
 */
final class Logs implements AutoCloseable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final String HEX = "0123456789abcdef";

    /** Paths that could not be opened and are remembered for a second. */
    private static final int MAX_REFUSED = 512;

    private static final Variable ROOT = Variable.of("document_root");
    private static final long SENDING_NS = 200_000_000L;
    private static final int SENDING_MS = 10;

    /** What nginx adds to a message about a log of requests. */
    private static final String LOGGING = " while logging request";

    /** As in nginx, a line's end included; so much is kept for the reason that a call failed for. */
    private static final int LONGEST_ERROR = 2048;

    private static final int ROOM_FOR_REASON = 50;

    private final EventLoop loop;
    private final Function<String, LogFile> maker;
    private final Map<String, LogFile> files = new LinkedHashMap<>();
    private final Map<Syslog, SyslogSender> senders = new HashMap<>();
    private final SyslogLine packet = new SyslogLine();
    private final Consumer<String> complaints;
    private final Map<Caching, LogFileCache> caches = new HashMap<>();
    private final FileStatus status = new FileStatus();
    private final List<LogFile> written = new ArrayList<>();
    private final Map<String, Long> refused = new HashMap<>();
    private final LogLine line = new LogLine();
    private final StringBuilder text = new StringBuilder(256);
    private final int workerNumber;

    Logs(int workerNumber, EventLoop loop, Consumer<String> complaints) {
        this.complaints = complaints;
        this.loop = loop;
        this.maker = name -> new LogFile(name, loop, complaints);
        this.workerNumber = workerNumber;
    }

    /**
     * Opens a log ahead of its first line, at start and when the configuration has changed.
     *
     * @return 0 or {@code -errno}
     */
    int open(String name) {
        LogFile file = files.computeIfAbsent(name, maker);
        if (file.problem() < 0) {
            file.reopen(); // what stood in the way of an earlier line may be gone
        }
        int problem = file.problem();
        if (problem < 0) {
            files.remove(name);
            file.close();
        }
        return problem;
    }

    /** The name that an error log is opened by. */
    static String name(ErrorLog log) {
        return log.path() == null ? LogFile.STDERR : log.path();
    }

    /**
     * Writes an error line to every log that takes its level.
     *
     * @param connection the connection's number, or 0 when it is about none
     * @param context whom the line is about
     */
    void error(
            List<ErrorLog> targets,
            ErrorLog.Level level,
            long connection,
            String message,
            ErrorContext context,
            long nowMs) {
        for (int i = 0; i < targets.size(); i++) {
            ErrorLog target = targets.get(i);
            if (level.isAtLeast(target.level())) {
                if (target.json()) {
                    ErrorJson.render(line, level, workerNumber, connection, message, context, nowMs);
                } else {
                    errorLine(level, connection, message, context.text(), nowMs);
                }
                if (target.syslog() != null) {
                    send(target.syslog(), SyslogLine.severity(level), nowMs);
                    continue;
                }
                LogFile file = files.computeIfAbsent(name(target), maker);
                append(file);
                flushLater(file); // whatever the access lines in it wait for
            }
        }
    }

    /** Whether any of these logs takes a level. */
    static boolean take(List<ErrorLog> targets, ErrorLog.Level level) {
        for (int i = 0; i < targets.size(); i++) {
            if (level.isAtLeast(targets.get(i).level())) {
                return true;
            }
        }
        return false;
    }

    private void errorLine(ErrorLog.Level level, long connection, String message, String context, long nowMs) {
        text.setLength(0);
        TIME.formatTo(Instant.ofEpochMilli(nowMs), text);
        text.append(" [").append(level.text()).append("] ");
        text.append(Processes.pid()).append('#').append(workerNumber).append(": ");
        if (connection > 0) {
            text.append('*').append(connection).append(' ');
        }
        int reason = reason(message);
        boolean whole = appendEscaped(message, 0, reason, reason < message.length() ? ROOM_FOR_REASON : 1);
        text.append(whole ? "" : "...");
        appendEscaped(message, reason, message.length(), 1);
        appendEscaped(context, 0, context.length(), 1);
        line.begin(LogFormat.Escape.NONE);
        line.text(text.toString());
    }

    /** Where the reason begins that a call failed for, {@code (2: No such file or directory)}; else the message's end. */
    private static int reason(String message) {
        int at = message.lastIndexOf(" (");
        boolean isReason = at >= 0
                && at + 2 < message.length()
                && Ascii.isDigit(message.charAt(at + 2))
                && message.indexOf(": ", at) > 0;
        return isReason ? at : message.length();
    }

    /** Appends a part of a text as long as so many characters stay free for what comes behind it; whether that was all. */
    private boolean appendEscaped(String from, int begin, int end, int free) {
        for (int i = begin; i < end; i++) {
            char c = from.charAt(i);
            boolean escaped = c < ' ' || c == 0x7f;
            if (text.length() + (escaped ? 4 : 1) > LONGEST_ERROR - free) {
                return free == 1;
            }
            if (escaped) {
                text.append("\\x").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
            } else {
                text.append(c);
            }
        }
        return true;
    }

    /**
     * Writes a line for an answered request to each log of its location.
     *
     * @param log gets what stands in the way
     */
    void access(LogSettings settings, Variables request, Log log, long nowMs) {
        List<AccessLog> targets = settings.access();
        for (int i = 0; i < targets.size(); i++) {
            AccessLog target = targets.get(i);
            if (target.condition() != null && !isTrue(target.condition().render(request))) {
                continue;
            }
            if (target.syslog() != null) {
                target.format().renderTo(line, request);
                send(target.syslog(), target.syslog().severity(), nowMs);
                continue;
            }
            LogFile file = target.path().isConstant()
                    ? files.computeIfAbsent(target.path().source(), maker)
                    : namedFile(target.path().render(request), settings.caching(), request, log, nowMs);
            if (file != null) {
                target.format().renderTo(line, request);
                append(file);
            }
        }
    }

    private static boolean isTrue(String condition) {
        return !condition.isEmpty() && !condition.equals("0");
    }

    /** A file whose path holds variables, or {@code null}. As in nginx there is no log of a host that has no folder. */
    private LogFile namedFile(String path, Caching caching, Variables request, Log log, long nowMs) {
        String root = request.value(ROOT);
        int answer = root == null ? 0 : Files.status(root, status);
        if (answer >= 0 && root != null && !status.isDirectory()) {
            answer = -Errno.ENOTDIR;
        }
        if (answer < 0) {
            String failed = "testing \"" + root + "\" existence failed " + Errno.describe(-answer);
            log.error(ErrorLog.Level.ERROR, failed + LOGGING);
            return null;
        }
        Long lastTry = refused.get(path);
        if (lastTry != null && nowMs - lastTry < 1000) {
            return null;
        }
        LogFile file = caches.computeIfAbsent(caching, c -> new LogFileCache(c, loop, complaints))
                .open(path, nowMs);
        if (file.problem() < 0) {
            refuse(path, nowMs);
            log.error(
                    ErrorLog.Level.CRIT, "open() \"" + path + "\" failed " + Errno.describe(-file.problem()) + LOGGING);
            return null;
        }
        refused.clear();
        return file;
    }

    /** The paths may be made of what clients send: there is no end of them. */
    private void refuse(String path, long nowMs) {
        if (refused.size() >= MAX_REFUSED) {
            refused.clear();
        }
        refused.put(path, nowMs);
    }

    private void send(Syslog target, int severity, long nowMs) {
        packet.render(target, severity, line, nowMs);
        senders.computeIfAbsent(target, server -> new SyslogSender(server, loop))
                .send(packet.line());
    }

    /** Sends what waits for syslog servers, for a moment at most: the last thing a loop does. */
    void sendRest() {
        long end = System.nanoTime() + SENDING_NS;
        while (senders.values().stream().anyMatch(SyslogSender::isPending) && System.nanoTime() < end) {
            loop.turnOnce(SENDING_MS);
        }
    }

    private void append(LogFile file) {
        line.cut(LogFile.longestLine() - 1);
        line.put('\n');
        if (file.append(line.bytes(), line.length())) {
            written.add(file);
        }
    }

    private void flushLater(LogFile file) {
        if (!written.contains(file)) {
            written.add(file);
        }
    }

    /** Writes what was gathered and does not wait for more. */
    void flush() {
        for (int i = 0; i < written.size(); i++) {
            written.get(i).flush();
        }
        written.clear();
        if (!caches.isEmpty()) {
            caches.values().forEach(LogFileCache::endTurn);
        }
        if (!senders.isEmpty()) {
            senders.values().forEach(sender -> sender.complain(complaints));
        }
    }

    /** Closes every file but these, which gather lines as they say; a request that still logs to another one opens it again. */
    void retain(Map<String, Buffering> names) {
        flush();
        caches.values().forEach(LogFileCache::close);
        caches.clear();
        senders.values().removeIf(SyslogSender::closeIfIdle);
        files.entrySet().removeIf(entry -> {
            Buffering buffering = names.get(entry.getKey());
            if (buffering == null) {
                entry.getValue().close();
            } else {
                entry.getValue().buffering(buffering);
            }
            return buffering == null;
        });
    }

    /**
     * Opens every file by its name again.
     *
     * @param failed is told of each that cannot be opened; the old one goes on
     */
    void reopen(BiConsumer<String, Integer> failed) {
        flush();
        caches.values().forEach(LogFileCache::clear);
        for (Map.Entry<String, LogFile> file : List.copyOf(files.entrySet())) {
            int answer = file.getValue().reopen();
            if (answer < 0) {
                failed.accept(file.getKey(), -answer);
            }
        }
    }

    @Override
    public void close() {
        flush();
        caches.values().forEach(LogFileCache::close);
        caches.clear();
        senders.values().forEach(SyslogSender::close);
        senders.clear();
        for (LogFile file : files.values()) {
            file.close();
        }
        files.clear();
        status.release();
    }
}
