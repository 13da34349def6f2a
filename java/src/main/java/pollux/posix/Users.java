package pollux.posix;

import pollux.buffer.IoBuffer;

/** Users and groups by name, and becoming one of them. */
public final class Users {
    private Users() {}

    /**
     * A user to be.
     *
     * @param name its name, for its further groups
     * @param uid its number
     * @param gid the number of its group
     */
    public record Identity(String name, int uid, int gid) {}

    /**
     * Looks a user up.
     *
     * @return the identity, or {@code null} when there is no such user or group; {@link #missing} says which
     */
    public static Identity find(String user, String group) {
        IoBuffer memory = Scratch.memory();
        return look(memory, user, group) < 0
                ? null
                : new Identity(user, memory.getInt(0), memory.getInt(Integer.BYTES));
    }

    /** Which name nobody has, as a failed call: {@code getpwnam("x")} or {@code getgrnam("x")}; {@code null} for neither. */
    public static String missing(String user, String group) {
        int answer = look(Scratch.memory(), user, group);
        if (answer >= 0) {
            return null;
        }
        return answer == -Errno.ENOENT ? "getpwnam(\"" + user + "\")" : "getgrnam(\"" + group + "\")";
    }

    private static int look(IoBuffer memory, String user, String group) {
        memory.region(2 * Integer.BYTES, 2 * Integer.BYTES);
        long userAt = Scratch.string(memory, user);
        long groupAt = Scratch.string(memory, group);
        if (userAt == 0 || groupAt == 0) {
            return -Errno.ENOENT;
        }
        return LibPollux.px_user_ids(userAt, groupAt, memory.address());
    }

    /**
     * Every thread of this process becomes a user, for good.
     *
     * @throws PosixException when this process may not
     */
    public static void become(Identity identity) {
        long name = Scratch.string(Scratch.memory(), identity.name());
        PosixException.check(
                LibPollux.px_become(name, identity.uid(), identity.gid()), "setuid(" + identity.uid() + ")");
    }

    /** The user that this process is now. */
    public static int own() {
        return LibPollux.px_geteuid();
    }

    /** Gives a file to a user; 0 or {@code -errno}. */
    public static int give(String path, Identity identity) {
        long address = Scratch.string(Scratch.memory(), path);
        return address == 0 ? -Errno.EINVAL : LibPollux.px_chown(address, identity.uid(), identity.gid());
    }
}
