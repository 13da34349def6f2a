package pollux.fault;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import pollux.posix.Errno;

/** What a call may fail with, as its manual page has it. */
final class Errors {
    private static final List<Integer> DESCRIPTORS = List.of(Errno.EMFILE, Errno.ENFILE);
    private static final List<Integer> DISK = List.of(Errno.ENOSPC, Errno.EDQUOT, Errno.EIO);
    private static final List<Integer> NAMES = List.of(Errno.ENOSPC, Errno.EDQUOT, Errno.EACCES, Errno.EIO);
    private static final List<Integer> LOOKING = List.of(Errno.EIO, Errno.EACCES, Errno.ENOMEM);
    private static final List<Integer> OPENING =
            List.of(Errno.EMFILE, Errno.ENFILE, Errno.EACCES, Errno.ENOSPC, Errno.ENOMEM, Errno.EIO);
    private static final List<Integer> MEMORY = List.of(Errno.ENOMEM);
    private static final List<Integer> RIGHTS = List.of(Errno.EPERM, Errno.EACCES, Errno.EIO);

    /** The likeliest first. */
    private static final Map<String, List<Integer>> BY_CALL = Map.ofEntries(
            entry("malloc", MEMORY),
            entry("poll", List.of(Errno.ENOMEM, Errno.EINVAL)),
            entry("epoll_wait", List.of(Errno.ENOMEM, Errno.EINTR)),
            entry("epoll_create1", List.of(Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM)),
            entry("epoll_ctl", List.of(Errno.ENOMEM, Errno.ENOSPC)),
            entry("socket", List.of(Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM)),
            entry("bind", List.of(Errno.EACCES, Errno.EADDRINUSE)),
            entry("listen", List.of(Errno.EACCES, Errno.EADDRINUSE)),
            entry(
                    "accept4",
                    List.of(Errno.ECONNABORTED, Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM, Errno.EPERM)),
            entry("connect", List.of(Errno.ECONNREFUSED, Errno.EAGAIN, Errno.EACCES)),
            entry("setsockopt", List.of(Errno.ENOBUFS, Errno.EINVAL)),
            entry("recv", List.of(Errno.EIO, Errno.ENOMEM, Errno.ETIMEDOUT)),
            entry("send", List.of(Errno.EIO, Errno.ENOBUFS, Errno.ETIMEDOUT)),
            entry("sendfile", List.of(Errno.EIO, Errno.ENOMEM)),
            entry("pipe2", DESCRIPTORS),
            entry("fork", List.of(Errno.EAGAIN, Errno.ENOMEM)),
            entry("vfork", List.of(Errno.EAGAIN, Errno.ENOMEM)),
            // Anything else would say that there is no such child, and it would stay one for ever.
            entry("waitpid", List.of(Errno.EINTR)),
            entry("kill", List.of(Errno.EPERM)),
            entry("execve", List.of(Errno.ENOMEM, Errno.EACCES, Errno.ENOENT, Errno.ENOEXEC, Errno.ETXTBSY)),
            entry("setsid", List.of(Errno.EPERM)),
            entry("setpgid", List.of(Errno.EPERM)),
            entry("pidfd_open", List.of(Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM)),
            entry("fcntl", List.of(Errno.EMFILE, Errno.EIO)),
            entry("open", OPENING),
            entry("openat", OPENING),
            entry("openat2", OPENING),
            entry("opendir", List.of(Errno.EMFILE, Errno.ENFILE, Errno.EACCES, Errno.ENOMEM)),
            entry("fdopendir", List.of(Errno.ENOMEM)),
            entry("fstat", LOOKING),
            entry("fstatat", LOOKING),
            entry("fstatvfs", LOOKING),
            entry("access", LOOKING),
            entry("readlinkat", LOOKING),
            entry("realpath", LOOKING),
            entry("write", List.of(Errno.ENOSPC, Errno.EDQUOT, Errno.EIO, Errno.EFBIG)),
            entry("pwrite", List.of(Errno.ENOSPC, Errno.EDQUOT, Errno.EIO, Errno.EFBIG)),
            entry("fallocate", List.of(Errno.ENOSPC, Errno.EDQUOT, Errno.EIO, Errno.EFBIG)),
            entry("ftruncate", DISK),
            entry("fsync", List.of(Errno.EIO, Errno.ENOSPC, Errno.EDQUOT)),
            entry("close", List.of(Errno.EIO, Errno.ENOSPC, Errno.EDQUOT, Errno.EINTR)),
            entry("mkdir", NAMES),
            entry("rename", NAMES),
            entry("renameat", NAMES),
            entry("renameat2", NAMES),
            entry("linkat", NAMES),
            entry("unlink", List.of(Errno.EIO, Errno.EACCES)),
            entry("unlinkat", List.of(Errno.EIO, Errno.EACCES)),
            entry("rmdir", List.of(Errno.EIO, Errno.EACCES)),
            entry("flock", List.of(Errno.EIO, Errno.ENOMEM)),
            entry("chmod", RIGHTS),
            entry("fchmod", RIGHTS),
            entry("chown", RIGHTS),
            entry("utimensat", RIGHTS),
            entry("futimens", RIGHTS),
            entry("setgid", List.of(Errno.EPERM)),
            entry("setuid", List.of(Errno.EPERM, Errno.EAGAIN)),
            entry("initgroups", List.of(Errno.EPERM, Errno.ENOMEM)),
            entry("newlocale", MEMORY));

    private Errors() {}

    /** The error numbers that are likely for a call, the likeliest first. */
    static List<Integer> of(String call) {
        return BY_CALL.getOrDefault(call, List.of(Errno.EIO));
    }

    /** The error number that is likeliest for a call. */
    static int likely(String call) {
        return of(call).get(0);
    }
}
