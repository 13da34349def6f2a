package pollux.config;

import java.util.List;

/**
 * What holds for the whole process: nginx's main context.
 *
 * @param workers loops to run, at least 1
 * @param pid the pid file's path
 * @param daemon whether to leave the terminal
 * @param user the name to run under, or {@code null} to stay
 * @param group its group, or {@code null} for one of the user's name
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
        int openFiles,
        long shutdownMs,
        List<ErrorLog> errorLogs) {}
