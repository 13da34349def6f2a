package pollux.config;

/**
 * {@code return}: an answer given without looking further.
 *
 * @param code 0 to 999; 444 closes the connection without an answer
 * @param text the content, or for 301, 302, 303, 307 and 308 the URL; {@code null} for the built-in page
 */
public record ReturnSettings(int code, Template text) {
    /** Whether {@code text} is where to go rather than what to say. */
    public boolean isRedirect() {
        return text != null
                && switch (code) {
                    case 301, 302, 303, 307, 308 -> true;
                    default -> false;
                };
    }
}
