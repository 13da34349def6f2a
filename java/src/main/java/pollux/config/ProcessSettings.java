package pollux.config;

import java.util.List;

/**
 * What holds for the whole process: nginx's main context.
 *
 * @param workers loops to run, at least 1
 * @param pid the pid file's path
 * @param daemon whether to leave the terminal
 * @param user the name to run under, or {@code null} to stay
 * @param group its group: if none is written, the one of the user's name; {@code null} without a user
 * @param userAt where that is written, as messages end
 * @param openFiles the limit of open descriptors to ask for, or -1 to leave it
 * @param shutdownMs how long a graceful stop waits, or 0 for as long as it takes
 * @param errorLogs where messages go that belong to no request; never empty
 */
public record ProcessSettings(
        int workers,
        String pid,
        boolean daemon,
        String user,
        String group,
        String userAt,
        int openFiles,
        long shutdownMs,
        List<ErrorLog> errorLogs) {}
