/*
 * The raw system calls of Pollux, one thin function each.
 *
 * Only int and int64_t cross the border: an address is an int64_t, a string is the address of NUL-terminated bytes.
 * C owns every struct. Set-up calls answer n >= 0 or -errno. Calls that move bytes (the first group) answer n or -1,
 * and no errno: whoever called gives the peer up and does not ask why.
 *
 * Every descriptor made here is close-on-exec from birth; sockets and pipes are non-blocking from birth too.
 */
#ifndef POLLUX_H
#define POLLUX_H

#include <stdint.h>

#pragma GCC visibility push(default)

/* --- Moving bytes: n > 0, 0 (end, or nothing written), or -1 (given up). ---------------------------------------- */

/* A negative length is -1; more than 1 GiB is cut to it. Ignore SIGPIPE first: a pipe without a
   reader raises it, and Linux's sendfile to a peer that left may; px_send does not. */
int64_t px_recv(int fd, int64_t address, int64_t length);
/* more != 0: more will follow at once, do not push a short segment out yet (MSG_MORE; no meaning on macOS). */
int64_t px_send(int fd, int64_t address, int64_t length, int more);
int64_t px_read(int fd, int64_t address, int64_t length);
int64_t px_write(int fd, int64_t address, int64_t length);
int64_t px_pread(int fd, int64_t address, int64_t length, int64_t offset);
int64_t px_pwrite(int fd, int64_t address, int64_t length, int64_t offset);
/* From a regular file at an offset to a socket; at most length bytes. */
int64_t px_sendfile(int socket, int file, int64_t offset, int64_t length);

/* --- Waiting. ----------------------------------------------------------------------------------------------------- */

/* fds: count struct pollfd, 8 bytes: int fd at 0, short events at 4, short revents at 6. timeout_ms: -1, no end. */
int px_poll(int64_t fds, int count, int timeout_ms);

/* Linux; -ENOSYS elsewhere. */
int px_epoll_create(void);
/* operation: EPOLL_CTL_ADD, _MOD or _DEL; data comes back with each report. */
int px_epoll_ctl(int epoll, int operation, int fd, int events, int64_t data);
/* events: room for capacity struct epoll_event, whose size and offsets px_constant tells. The number of reports. */
int px_epoll_wait(int epoll, int64_t events, int capacity, int timeout_ms);

/* macOS; -ENOSYS elsewhere. */
int px_kqueue(void);
/* Makes changes, then waits. changes and events: struct kevent, 32 bytes: long ident at 0, short filter at 8, short
   flags at 10, int fflags at 12, long data at 16, an address at 24. timeout_ms: -1, no end. The number of reports; a
   change that failed is one of them, as long as there is room. */
int px_kevent(int kqueue, int64_t changes, int change_count, int64_t events, int capacity, int timeout_ms);

/* --- Sockets. A socket address is px_sockaddr_size() bytes that only C looks into. -------------------------------- */

int px_socket(int domain, int type);
int px_bind(int fd, int64_t address, int length);
int px_listen(int fd, int backlog);
/* address: px_sockaddr_size() bytes, filled with the peer's address, or 0. */
int px_accept(int fd, int64_t address);
int px_connect(int fd, int64_t address, int length);
/* Fills px_sockaddr_size() bytes; the length of the address. */
int px_getsockname(int fd, int64_t address);
int px_setsockopt(int fd, int level, int name, int value);
int px_shutdown(int fd, int how);
/* What the kernel knows of a TCP connection; which: 0 its round-trip time in microseconds, 1 the variance of that, 2 the
   congestion window in segments, 3 the receive window in bytes. -ENOTSUP where the system does not tell. */
int px_tcp_info(int fd, int which);
/* From now on closing resets the connection and drops what was not sent (SO_LINGER with no time). */
int px_reset_on_close(int fd);
int px_set_nonblocking(int fd);
/* Whatever it answers, the descriptor is gone. */
int px_close(int fd);

int px_sockaddr_size(void);
/* host: an IPv4 or IPv6 literal, without brackets, "%zone" allowed; port: 0 to 65535.
   The length of the address, or -EINVAL. */
int px_sockaddr_inet(int64_t address, int64_t host, int port);
/* The length of the address, or -ENAMETOOLONG; -EINVAL for an empty path. */
int px_sockaddr_unix(int64_t address, int64_t path);
/* AF_INET, AF_INET6 or AF_UNIX. */
int px_sockaddr_family(int64_t address);
/* 0 to 65535; 0 for Unix sockets. */
int px_sockaddr_port(int64_t address);
/* Writes the numeric host (an IPv4 address mapped into IPv6 stays so, a zone is left out), or the path of a Unix socket
   (0 bytes when it has none), without NUL; the number of bytes, or -ENOSPC. */
int px_sockaddr_host(int64_t address, int64_t text, int capacity);

/* --- Pipes, processes, signals. ---------------------------------------------------------------------------------- */

/* fds: two int32_t: the reading end, the writing end. */
int px_pipe(int64_t fds);
/* What px_spawn may bound: seconds of processor time, bytes of address space, open descriptors, processes of its user, and
   bytes of a file. */
enum { PX_LIMITS = 5 };
/*
 * Runs a program as the leader of a process group of its own, signal handlers and mask reset, working directory cwd
 * (0: unchanged), in, out and err as descriptors 0, 1 and 2 (made blocking, for all who share the open file), every
 * other one closed. When a step up to execve fails, the child writes its errno as an int32_t to the descriptor status,
 * a pipe's writing end, and exits with 127; when all succeed, status is simply closed.
 * argv, envp: arrays of addresses, 8 bytes each, ended by 0. A relative path starts at cwd.
 * limits: PX_LIMITS int64_t, -1 for what stays as the caller has it, or the address 0. A limit is never above the caller's
 * own hard one. With limits the program has no core dump, and no precedence over others that its parent may have.
 * how: 0 for vfork (macOS: fork), 1 for fork, 2 as 0 but as the leader of a session of its own too. The pid, or -errno. The caller keeps, and closes, its descriptors.
 */
int px_spawn(int64_t path, int64_t argv, int64_t envp, int64_t cwd, int64_t limits, int in, int out, int err, int status,
             int how);
/*
 * As px_spawn with how 2, for the program that is to take over: the descriptors of keep, int32_t each, ended by -1, stay
 * open under their numbers, which are above 2. In this process they are close-on-exec as before.
 */
int px_spawn_heir(int64_t path, int64_t argv, int64_t envp, int64_t keep, int in, int out, int err, int status);
/* pid: one child's, or -EINVAL; options: 0 or WNOHANG. The pid, or 0: still running. status: an int32_t, filled when
   the answer is a pid: the exit code 0 to 255, or 256 + the signal that ended it. */
int px_waitpid(int pid, int options, int64_t status);
/* A negative pid is a process group; -1, every process there is, is -EINVAL. */
int px_kill(int pid, int signal);
/* A descriptor that is readable from the end of a child on; closing it is the caller's. -ENOSYS where there are none. */
int px_pidfd(int pid);
int px_getpid(void);
int px_getuid(void);
int px_geteuid(void);
/* ids: two int32_t, the numbers of a user and a group of these names; -ENOENT: no such user, -ESRCH: no such group. */
int px_user_ids(int64_t user, int64_t group, int64_t ids);
/* Every thread of the process becomes this user, with this group and the user's further ones; there is no way back. */
int px_become(int64_t user, int uid, int gid);
int px_chown(int64_t path, int uid, int gid);
/* From now on this signal writes one byte, its number, to every descriptor added by px_signal_wake. Interrupted calls
   are restarted, all but px_poll (-EINTR). The JVM keeps SIGUSR2 on Linux for itself. */
int px_signal_catch(int signal);
int px_signal_ignore(int signal);
int px_signal_default(int signal);
/* Adds a non-blocking descriptor that caught signals are written to; -ENOSPC when there are 64. */
int px_signal_wake(int fd);
/* Removes it, -ENOENT when it is not there. Afterwards no handler holds it: it may be closed. */
int px_signal_unwake(int fd);

/* --- Files. ------------------------------------------------------------------------------------------------------ */

/* O_CLOEXEC is always added. Opening a path that may be a FIFO waits for its other end unless flags have O_NONBLOCK. */
int px_open(int64_t path, int flags, int mode);
int px_openat(int directory, int64_t path, int flags, int mode);
/* stat: PX_STAT_SLOTS int64_t: size, mtime in seconds, its nanoseconds, mode, device, inode, uid, gid, links. */
enum { PX_STAT_SLOTS = 9 };
int px_fstat(int fd, int64_t stat);
int px_fstatat(int directory, int64_t path, int64_t stat, int flags);
/* Room for the bytes [offset, offset + length) without changing the size; 0 too where a file system cannot tell. */
int px_reserve(int fd, int64_t offset, int64_t length);
/* How many bytes more the file system that holds a file has room for, or -errno. */
int64_t px_room(int fd);
int px_ftruncate(int fd, int64_t length);
int px_fsync(int fd);
int px_rename(int64_t from, int64_t to);
int px_unlink(int64_t path);
int px_rmdir(int64_t path);
int px_mkdir(int64_t path, int mode);
int px_access(int64_t path, int mode);
int px_chmod(int64_t path, int mode);
/* The resolved path without NUL; the number of bytes, or -errno (-ENAMETOOLONG when it does not fit). */
int px_realpath(int64_t path, int64_t text, int capacity);
/* An address for px_readdir, or -errno. */
int64_t px_opendir(int64_t path);
/* Likewise, for a folder that is open already and stays so. */
int64_t px_opendir_of(int folder);
/* The next name without NUL, "." and ".." left out: its length, 0 at the end, or -errno
   (-ENAMETOOLONG: it does not fit; the next call goes on behind it). */
int px_readdir(int64_t directory, int64_t name, int capacity);
int px_closedir(int64_t directory);
/* The mask before. */
int px_umask(int mask);
/* Another descriptor, close-on-exec, of the same open file. */
int px_dup(int fd);
/* Close-on-exec, unless `to` is 0, 1 or 2. */
int px_dup2(int from, int to);

/* --- Names in an open folder, set-up only. ------------------------------------------------------------------------ */

/* Opens what is there already and follows no link anywhere on the way, nor at its end: -ELOOP. beneath != 0: nothing leads
   above the folder either, -EXDEV. -ENOSYS where a kernel cannot. */
int px_open_strictly(int folder, int64_t path, int flags, int beneath);
/* What a link leads to, without NUL: the number of bytes, or -errno. name: "" for a link that `folder` itself is (O_PATH). */
int px_readlinkat(int folder, int64_t name, int64_t text, int capacity);
/* Gives a file that was opened with O_TMPFILE a name; -EEXIST when there is something. Needs /proc. */
int px_give_name(int fd, int folder, int64_t name);
int px_renameat(int from_folder, int64_t from, int to_folder, int64_t to);
/* As px_renameat, but -EEXIST when there is something at `to`. Where a file system cannot do that at once, a regular file
   has both names for a moment. */
int px_renameat_new(int from_folder, int64_t from, int to_folder, int64_t to);
int px_unlinkat(int folder, int64_t name);
int px_rmdirat(int folder, int64_t name);
int px_mkdirat(int folder, int64_t name, int mode);
int px_fchmod(int fd, int mode);
/* Sets the time of the last change of content, in seconds since 1970. */
int px_ftouch(int fd, int64_t seconds);
/* Takes an advisory lock of the open file, shared or exclusive, until its last descriptor is closed; -EWOULDBLOCK when
   somebody else's is in the way. */
int px_lock(int fd, int exclusive);

/* --- Memory. ----------------------------------------------------------------------------------------------------- */

/* So many bytes outside Java's heap, not set to anything: their address, or -ENOMEM; -EINVAL unless length > 0. */
int64_t px_malloc(int64_t length);
/* Gives them back; nothing happens for the address 0. */
void px_free(int64_t address);

/* --- The machine. ------------------------------------------------------------------------------------------------ */

/* The number behind a constant of the system's headers ("O_CREAT", "AF_INET6", "POLLIN"), or INT32_MIN. */
int px_constant(int64_t name);
/* The English text of an errno without NUL, cut to capacity; the number of bytes. */
int px_strerror(int error, int64_t text, int capacity);
/* The soft limit of descriptors; raise != 0: first raised to the hard limit. */
int64_t px_descriptor_limit(int raise);

#pragma GCC visibility pop

#endif
