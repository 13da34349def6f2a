package pollux.config;

/** An expression that is read from left to right and written anew; knows what an error looks like, and no syntax. */
final class RegexText {
    private final String source;
    private final StringBuilder out = new StringBuilder();
    private int at;

    RegexText(String source) {
        this.source = source;
    }

    /** An expression that is refused. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean lacking;

        RefusedException(String message, boolean lacking) {
            super(message);
            this.lacking = lacking;
        }

        /** Whether PCRE has it and Pollux does not; the message names it then. */
        boolean isLacking() {
            return lacking;
        }
    }

    /** Refuses in PCRE2's words, as nginx shows them: with what stands at a place, unless that is the end. */
    RefusedException refuse(String complaint, int place) {
        String tail = place >= source.length() ? "" : " at \"" + source.substring(place) + "\"";
        return new RefusedException("pcre2_compile() failed: " + complaint + " in \"" + source + "\"" + tail, false);
    }

    /** Refuses what PCRE has and Pollux does not. */
    RefusedException lacks(String what) {
        return new RefusedException("\"" + what + "\" in the expression \"" + source + "\"", true);
    }

    boolean isEnd() {
        return at >= source.length();
    }

    boolean isEnd(int ahead) {
        return at + ahead >= source.length();
    }

    int at() {
        return at;
    }

    int length() {
        return source.length();
    }

    /** The character ahead, or 0 behind the end. */
    char peek(int ahead) {
        return isEnd(ahead) ? 0 : source.charAt(at + ahead);
    }

    boolean startsWith(String text) {
        return source.startsWith(text, at);
    }

    /** Where a text stands next, or -1. */
    int indexOf(String text) {
        return source.indexOf(text, at);
    }

    /** What stands from here on. */
    String rest() {
        return source.substring(at);
    }

    /** What stands from here up to a place; the reader moves there. */
    String take(int end) {
        String taken = source.substring(at, end);
        at = end;
        return taken;
    }

    void skip(int count) {
        at += count;
    }

    void write(String java) {
        out.append(java);
    }

    /** Writes a character that stands for itself, whatever it is. */
    void writeLiteral(int c) {
        boolean isPlain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (isPlain) {
            out.append((char) c);
        } else {
            out.append("\\x{").append(Integer.toHexString(c)).append('}');
        }
    }

    String written() {
        return out.toString();
    }
}
