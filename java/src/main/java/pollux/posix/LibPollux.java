package pollux.posix;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * The functions of {@code native/include/pollux.h}, mapped directly: only {@code int} and {@code long} cross, an address
 * is a {@code long}, a string is the address of NUL-terminated bytes. What each one does and answers stands in that
 * header, and is not said a second time here.
 */
public final class LibPollux {
    static {
        try {
            Native.register(LibPollux.class, NativeLibrary.getInstance("pollux"));
        } catch (UnsatisfiedLinkError missing) {
            throw new MissingLibraryException(
                    "there is no native library for " + Platform.RESOURCE_PREFIX
                            + "; build it on this machine with \"mvn -DskipTests package\" (needs CMake and a C compiler)",
                    missing);
        }
    }

    /** The native library could not be loaded; the message says for which platform, and what builds it. */
    public static final class MissingLibraryException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MissingLibraryException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private LibPollux() {}

    // Moving bytes: n, 0 or -1. Sockets and pipes are touched through loop.Watch alone.

    public static native long px_recv(int fd, long address, long length);

    public static native long px_send(int fd, long address, long length, int more);

    public static native long px_read(int fd, long address, long length);

    public static native long px_write(int fd, long address, long length);

    public static native long px_pread(int fd, long address, long length, long offset);

    public static native long px_pwrite(int fd, long address, long length, long offset);

    public static native long px_sendfile(int socket, int file, long offset, long length);

    // Waiting.

    public static native int px_poll(long fds, int count, int timeoutMs);

    public static native int px_epoll_create();

    public static native int px_epoll_ctl(int epoll, int operation, int fd, int events, long data);

    public static native int px_epoll_wait(int epoll, long events, int capacity, int timeoutMs);

    public static native int px_kqueue();

    public static native int px_kevent(
            int kqueue, long changes, int changeCount, long events, int capacity, int timeoutMs);

    // Sockets.

    static native int px_socket(int domain, int type);

    static native int px_bind(int fd, long address, int length);

    static native int px_listen(int fd, int backlog);

    static native int px_accept(int fd, long address);

    static native int px_connect(int fd, long address, int length);

    static native int px_getsockname(int fd, long address);

    static native int px_setsockopt(int fd, int level, int name, int value);

    static native int px_shutdown(int fd, int how);

    static native int px_tcp_info(int fd, int which);

    static native int px_reset_on_close(int fd);

    static native int px_set_nonblocking(int fd);

    static native int px_close(int fd);

    static native int px_sockaddr_size();

    static native int px_sockaddr_inet(long address, long host, int port);

    static native int px_sockaddr_unix(long address, long path);

    static native int px_sockaddr_family(long address);

    static native int px_sockaddr_port(long address);

    static native int px_sockaddr_host(long address, long text, int capacity);

    // Pipes, processes, signals.

    static native int px_pipe(long fds);

    static native int px_spawn(
            long path, long argv, long envp, long cwd, long limits, int in, int out, int err, int status, int how);

    static native int px_spawn_heir(long path, long argv, long envp, long keep, int in, int out, int err, int status);

    static native int px_waitpid(int pid, int options, long status);

    static native int px_kill(int pid, int signal);

    static native int px_pidfd(int pid);

    static native int px_getpid();

    static native int px_getuid();

    static native int px_geteuid();

    static native int px_user_ids(long user, long group, long ids);

    static native int px_become(long user, int uid, int gid);

    static native int px_chown(long path, int uid, int gid);

    static native int px_signal_catch(int signal);

    static native int px_signal_ignore(int signal);

    static native int px_signal_default(int signal);

    static native int px_signal_wake(int fd);

    static native int px_signal_unwake(int fd);

    // Files.

    static native int px_open(long path, int flags, int mode);

    static native int px_openat(int directory, long path, int flags, int mode);

    static native int px_fstat(int fd, long stat);

    static native int px_fstatat(int directory, long path, long stat, int flags);

    static native int px_reserve(int fd, long offset, long length);

    static native long px_room(int fd);

    static native int px_ftruncate(int fd, long length);

    static native int px_fsync(int fd);

    static native int px_rename(long from, long to);

    static native int px_unlink(long path);

    static native int px_rmdir(long path);

    static native int px_mkdir(long path, int mode);

    static native int px_access(long path, int mode);

    static native int px_chmod(long path, int mode);

    static native int px_realpath(long path, long text, int capacity);

    static native long px_opendir(long path);

    static native long px_opendir_of(int folder);

    static native int px_readdir(long directory, long name, int capacity);

    static native int px_closedir(long directory);

    static native int px_umask(int mask);

    static native int px_dup(int fd);

    static native int px_dup2(int from, int to);

    // Names in an open folder.

    static native int px_open_strictly(int folder, long path, int flags, int beneath);

    static native int px_readlinkat(int folder, long name, long text, int capacity);

    static native int px_give_name(int fd, int folder, long name);

    static native int px_renameat(int fromFolder, long from, int toFolder, long to);

    static native int px_renameat_new(int fromFolder, long from, int toFolder, long to);

    static native int px_unlinkat(int folder, long name);

    static native int px_rmdirat(int folder, long name);

    static native int px_mkdirat(int folder, long name, int mode);

    static native int px_fchmod(int fd, int mode);

    static native int px_ftouch(int fd, long seconds);

    static native int px_lock(int fd, int exclusive);

    // Memory.

    static native long px_malloc(long length);

    static native void px_free(long address);

    // The machine.

    static native int px_constant(long name);

    static native int px_strerror(int error, long text, int capacity);

    static native long px_descriptor_limit(int raise);
}
