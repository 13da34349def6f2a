package pollux.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A configuration that cannot be used. Each message is in nginx's words and says file and line where there is one; there are
 * several when the file asks for several things that nginx has and Pollux does not.
 */
public final class ConfException extends Exception {
    private static final long serialVersionUID = 1;

    private final ArrayList<String> messages;
    private final String hint;
    private final boolean lacking;

    ConfException(String message) {
        this(message, null);
    }

    ConfException(String message, String hint) {
        this(List.of(message), hint, false);
    }

    private ConfException(List<String> messages, String hint, boolean lacking) {
        super(messages.get(0));
        this.messages = new ArrayList<>(messages);
        this.hint = hint;
        this.lacking = lacking;
    }

    /** What says that something of nginx's is lacking: reading can go on behind it, to find what else is. */
    static ConfException lacking(String message) {
        return new ConfException(List.of(message), null, true);
    }

    /** Several in one, in the order they were found; the hint is that of {@code last}, which may be {@code null}. */
    static ConfException all(List<String> found, ConfException last) {
        List<String> messages = new ArrayList<>(found);
        if (last != null) {
            messages.addAll(last.messages);
        }
        return new ConfException(messages, last == null ? null : last.hint, false);
    }

    boolean isLacking() {
        return lacking;
    }

    /** Every message, at least one; {@link #getMessage} is the first. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    /** One more line for the reader, such as {@code did you mean "listen"?}, or {@code null}. */
    public String hint() {
        return hint;
    }
}
