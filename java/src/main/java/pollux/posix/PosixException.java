package pollux.posix;

/**
 * A set-up call that failed, where nothing can go on without it. Its message is the call's and the system's:
 * {@code bind() to 0.0.0.0:80 failed (98: Address already in use)}. While requests are served only the taking of a descriptor
 * into a loop's care throws it.
 */
public final class PosixException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int error;

    /**
     * Describes a failed call.
     *
     * @param what the call and its object, {@code bind() to 0.0.0.0:80}
     * @param error a positive error number
     */
    public PosixException(String what, int error) {
        super(what + " failed " + Errno.describe(error));
        this.error = error;
    }

    /** The error number, positive. */
    public int error() {
        return error;
    }

    /**
     * Passes a good answer of a set-up call on.
     *
     * @throws PosixException when the answer is {@code -errno}
     */
    public static int check(int answer, String what) {
        if (answer < 0) {
            throw new PosixException(what, -answer);
        }
        return answer;
    }
}
