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
import java.util.Set;
import pollux.buffer.IoBuffer;
import pollux.config.ErrorLog;
import pollux.config.LogFormat;
import pollux.config.LogLine;
import pollux.config.LogSettings.AccessLog;
import pollux.config.Variables;
import pollux.posix.Errno;
import pollux.posix.Processes;

/**
 * A worker's logs, by path: lines are gathered and written once a turn. Error lines are in nginx's form; nothing a client
 * sends can forge one, because control characters are escaped.
 */
final class Logs implements AutoCloseable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final String HEX = "0123456789abcdef";

    /** Files named by variables that are open at once; beyond it the one opened first is closed. */
    private static final int MAX_FILES = 512;

    private static final int LONGEST_ERROR = 2048 * 2;

    private final Map<String, LogFile> files = new LinkedHashMap<>();
    private final List<LogFile> written = new ArrayList<>();
    private final Map<String, Long> refused = new HashMap<>();
    private final LogLine line = new LogLine();
    private final StringBuilder text = new StringBuilder(256);
    private final int workerNumber;

    Logs(int workerNumber) {
        this.workerNumber = workerNumber;
    }

    /**
     * Opens a log ahead of its first line, at start and when the configuration has changed.
     *
     * @return 0 or {@code -errno}
     */
    int open(String name) {
        LogFile file = files.computeIfAbsent(name, LogFile::new);
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
     */
    void error(List<ErrorLog> targets, ErrorLog.Level level, long connection, String message, long nowMs) {
        for (int i = 0; i < targets.size(); i++) {
            ErrorLog target = targets.get(i);
            if (level.isAtLeast(target.level())) {
                LogFile file = files.computeIfAbsent(name(target), LogFile::new);
                errorLine(level, connection, message, nowMs);
                append(file);
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

    private void errorLine(ErrorLog.Level level, long connection, String message, long nowMs) {
        text.setLength(0);
        TIME.formatTo(Instant.ofEpochMilli(nowMs), text);
        text.append(" [").append(level.text()).append("] ");
        text.append(Processes.pid()).append('#').append(workerNumber).append(": ");
        if (connection > 0) {
            text.append('*').append(connection).append(' ');
        }
        int length = Math.min(message.length(), LONGEST_ERROR);
        for (int i = 0; i < length; i++) {
            appendEscaped(message.charAt(i));
        }
        line.begin(LogFormat.Escape.NONE);
        line.text(text.toString());
    }

    private void appendEscaped(char c) {
        if (c < ' ' || c == 0x7f) {
            text.append("\\x").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
        } else {
            text.append(c);
        }
    }

    /** Writes a line for an answered request to each log of its location. */
    void access(List<AccessLog> targets, Variables request, List<ErrorLog> errors, long nowMs) {
        for (int i = 0; i < targets.size(); i++) {
            AccessLog target = targets.get(i);
            if (target.condition() != null && !isTrue(target.condition().render(request))) {
                continue;
            }
            LogFile file = accessFile(target.path().render(request), errors, nowMs);
            if (file != null) {
                target.format().renderTo(line, request);
                append(file);
            }
        }
    }

    private static boolean isTrue(String condition) {
        return !condition.isEmpty() && !condition.equals("0");
    }

    private LogFile accessFile(String path, List<ErrorLog> errors, long nowMs) {
        LogFile file = files.get(path);
        if (file != null) {
            return file;
        }
        Long lastTry = refused.get(path);
        if (lastTry != null && nowMs - lastTry < 1000) {
            return null;
        }
        file = new LogFile(path);
        if (file.problem() < 0) {
            refuse(path, nowMs);
            error(
                    errors,
                    ErrorLog.Level.CRIT,
                    0,
                    "open() \"" + path + "\" failed " + Errno.describe(-file.problem()),
                    nowMs);
            file.close();
            return null;
        }
        refused.clear();
        makeRoom();
        files.put(path, file);
        return file;
    }

    /** The paths may be made of what clients send: there is no end of them. */
    private void refuse(String path, long nowMs) {
        if (refused.size() >= MAX_FILES) {
            refused.clear();
        }
        refused.put(path, nowMs);
    }

    private void makeRoom() {
        if (files.size() >= MAX_FILES) {
            flush();
            String oldest = files.keySet().iterator().next();
            files.remove(oldest).close();
        }
    }

    private void append(LogFile file) {
        line.cut(LogFile.longestLine() - 1);
        line.put('\n');
        IoBuffer lines = file.lines(line.length());
        if (lines.isEmpty()) {
            written.add(file);
        }
        lines.put(line.bytes(), 0, line.length());
    }

    /** Writes what was gathered. */
    void flush() {
        for (int i = 0; i < written.size(); i++) {
            written.get(i).flush();
        }
        written.clear();
    }

    /** Closes every file but those of these names; a request that still logs to another one opens it again. */
    void retain(Set<String> names) {
        flush();
        files.entrySet().removeIf(entry -> {
            boolean closes = !names.contains(entry.getKey());
            if (closes) {
                entry.getValue().close();
            }
            return closes;
        });
    }

    /** Opens every file by its name again. */
    void reopen() {
        for (LogFile file : files.values()) {
            file.reopen();
        }
    }

    @Override
    public void close() {
        for (LogFile file : files.values()) {
            file.close();
        }
        files.clear();
    }
}
