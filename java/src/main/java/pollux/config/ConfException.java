package pollux.config;

/** A configuration that cannot be used. The message is in nginx's words and says file and line where there is one. */
public final class ConfException extends Exception {
    private static final long serialVersionUID = 1;

    private final String hint;

    ConfException(String message) {
        this(message, null);
    }

    ConfException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** One more line for the reader, such as {@code did you mean "listen"?}, or {@code null}. */
    public String hint() {
        return hint;
    }
}
