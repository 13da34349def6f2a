package pollux.server;

import java.util.List;
import pollux.config.ErrorLog;
import pollux.posix.OffHeap;
import pollux.posix.PosixException;

/** What a worker has to say that is about no connection: lines for the main error logs. */
final class Reports {
    private static final int TRACE_LINES = 12;

    private final Worker worker;

    Reports(Worker worker) {
        this.worker = worker;
    }

    /** Writes a line to the main error logs. */
    void add(ErrorLog.Level level, String message) {
        add(worker.config().process().errorLogs(), level, message);
    }

    private void add(List<ErrorLog> logs, ErrorLog.Level level, String message) {
        worker.logs().error(logs, level, 0, message, ErrorContext.NONE, worker.nowMs());
    }

    /** What a syslog server did not get goes to the files among the main error logs. */
    void complain(String message) {
        List<ErrorLog> inFiles = worker.config().process().errorLogs().stream()
                .filter(log -> log.syslog() == null)
                .toList();
        add(inFiles, ErrorLog.Level.ERROR, message);
    }

    /**
     * Something was thrown: a bug or no memory. The first lines of where go to the log. It never throws: whoever reports
     * has to give up what failed behind it, and without memory there may be none for the line either.
     */
    void add(Throwable problem) {
        try {
            describe(problem);
        } catch (RuntimeException | Error worse) {
            // The line is lost; the wake-up pipe and the listeners, which report from here too, are not.
            return;
        }
    }

    private void describe(Throwable problem) {
        if (problem instanceof PosixException) {
            add(ErrorLog.Level.CRIT, problem.getMessage());
            return;
        }
        if (problem instanceof OffHeap.NoMemoryError) {
            add(ErrorLog.Level.EMERG, problem.getMessage());
            return;
        }
        StringBuilder message = new StringBuilder("unexpected ").append(problem);
        StackTraceElement[] trace = problem.getStackTrace();
        for (int i = 0; i < Math.min(trace.length, TRACE_LINES); i++) {
            message.append(i == 0 ? " at " : " < ").append(trace[i]);
        }
        add(ErrorLog.Level.ALERT, message.toString());
    }
}
