package pollux.fault;

import java.util.Map;
import pollux.posix.Errno;

/** What a call may fail with, as its manual page has it. */
final class Errors {
    private static final Map<String, Integer> BY_CALL = Map.ofEntries(
            Map.entry("malloc", Errno.ENOMEM),
            Map.entry("poll", Errno.ENOMEM),
            Map.entry("epoll_wait", Errno.ENOMEM),
            Map.entry("epoll_create1", Errno.EMFILE),
            Map.entry("epoll_ctl", Errno.ENOMEM),
            Map.entry("socket", Errno.EMFILE),
            Map.entry("bind", Errno.EACCES),
            Map.entry("listen", Errno.EACCES),
            Map.entry("accept4", Errno.ECONNABORTED),
            Map.entry("setsockopt", Errno.ENOBUFS),
            Map.entry("pipe2", Errno.EMFILE),
            Map.entry("fork", Errno.EAGAIN),
            Map.entry("vfork", Errno.EAGAIN),
            // Anything else would say that there is no such child, and it would stay one for ever.
            Map.entry("waitpid", Errno.EINTR),
            Map.entry("kill", Errno.EPERM),
            Map.entry("execve", Errno.ENOMEM),
            Map.entry("pidfd_open", Errno.EMFILE),
            Map.entry("open", Errno.EMFILE),
            Map.entry("openat", Errno.EMFILE),
            Map.entry("opendir", Errno.EMFILE),
            Map.entry("write", Errno.ENOSPC),
            Map.entry("pwrite", Errno.ENOSPC),
            Map.entry("fallocate", Errno.ENOSPC),
            Map.entry("mkdir", Errno.ENOSPC),
            Map.entry("rename", Errno.ENOSPC),
            Map.entry("renameat2", Errno.ENOSPC),
            Map.entry("link", Errno.ENOSPC),
            Map.entry("chmod", Errno.EPERM),
            Map.entry("chown", Errno.EPERM),
            Map.entry("utimensat", Errno.EPERM));

    private Errors() {}

    /** The error number that is likeliest for a call. */
    static int likely(String call) {
        return BY_CALL.getOrDefault(call, Errno.EIO);
    }
}
