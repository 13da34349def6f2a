package pollux.config;

import java.util.List;

/**
 * Cuts configuration text into directives: words, and what ends them. Quotes, escapes, comments and <code>${name}</code> follow
 * nginx to the byte: a backslash protects the next byte everywhere, but only before quotes, backslash, t, r and n does it
 * vanish; a quote opens only at the beginning of a word.
 */
final class ConfLexer {
    /** What ended a directive. */
    enum End {
        /** A semicolon. */
        SEMICOLON,
        /** An opening brace. */
        BLOCK_OPENS,
        /** A closing brace, without a directive before it. */
        BLOCK_CLOSES,
        /** The end of the text, without a directive before it. */
        TEXT_ENDS
    }

    /** nginx's buffer: no word may be longer. */
    private static final int MAX_WORD = 4096;

    private static final int END = -1;

    private final String file;
    private final String text;
    private int at;
    private int line;
    private int depth;

    /** Text of a file. */
    ConfLexer(String file, String text) {
        this.file = file;
        this.text = text;
        this.line = 1;
    }

    /** Text of the command line. */
    static ConfLexer commandLine(String text) {
        ConfLexer lexer = new ConfLexer(Position.COMMAND_LINE.file(), text);
        lexer.line = 0;
        return lexer;
    }

    /** Where the lexer stands: the line of the byte read last. */
    Position position() {
        return isCommandLine() ? Position.COMMAND_LINE : new Position(file, line);
    }

    /** How many blocks are open here. */
    int depth() {
        return depth;
    }

    boolean isCommandLine() {
        return line == 0;
    }

    /** Reads one directive: puts its words into {@code words} and says what ended it. */
    End next(List<String> words) throws ConfException {
        words.clear();
        while (true) {
            int c = skipToWord();
            switch (c) {
                case END -> {
                    if (!words.isEmpty()) {
                        throw unexpectedEnd();
                    }
                    return End.TEXT_ENDS;
                }
                case ';', '{' -> {
                    if (words.isEmpty()) {
                        throw unexpected(c);
                    }
                    depth += c == '{' ? 1 : 0;
                    return c == ';' ? End.SEMICOLON : End.BLOCK_OPENS;
                }
                case '}' -> {
                    if (!words.isEmpty()) {
                        throw unexpected(c);
                    }
                    depth--;
                    return End.BLOCK_CLOSES;
                }
                case '"', '\'' -> {
                    words.add(quotedWord(c));
                    checkBehindQuote();
                }
                default -> words.add(plainWord());
            }
        }
    }

    /** Reads white space and comments; for a plain word its first byte is left to be read. */
    private int skipToWord() {
        while (true) {
            int c = read();
            if (c == '#') {
                skipComment();
            } else if (!isSpace(c)) {
                if (c != END && ";{}\"'".indexOf(c) < 0) {
                    at--;
                }
                return c;
            }
        }
    }

    private void skipComment() {
        int c = read();
        while (c != '\n' && c != END) {
            c = read();
        }
    }

    private String plainWord() throws ConfException {
        int start = at;
        Position began = position();
        boolean dollar = false;
        while (true) {
            int c = read();
            if (c == END) {
                throw unexpectedEnd();
            }
            checkLength(start, began, '\0');
            if (isSpace(c) || c == ';' || (c == '{' && !dollar)) {
                unread(c);
                return unescape(text.substring(start, at));
            }
            dollar = c == '$';
            if (c == '\\') {
                read();
            }
        }
    }

    private String quotedWord(int quote) throws ConfException {
        int start = at;
        Position began = position();
        while (true) {
            int c = read();
            if (c == END) {
                throw unexpectedEnd();
            }
            checkLength(start, began, (char) quote);
            if (c == quote) {
                return unescape(text.substring(start, at - 1));
            }
            if (c == '\\') {
                read();
            }
        }
    }

    /** Behind a closing quote only white space, the end of the directive, or a closing parenthesis may follow. */
    private void checkBehindQuote() throws ConfException {
        int c = read();
        if (c == END || isSpace(c)) {
            return;
        }
        if (c != ';' && c != '{' && c != ')') {
            throw unexpected(c);
        }
        unread(c);
    }

    private void checkLength(int start, Position began, char quote) throws ConfException {
        if (at - start <= MAX_WORD) {
            return;
        }
        throw new ConfException(
                quote == '\0'
                        ? "too long parameter \"" + text.substring(start, start + 10) + "...\" started" + began
                        : "too long parameter, probably missing terminating \"" + quote + "\" character" + began);
    }

    private static String unescape(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder word = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i);
            int protectedByte = c == '\\' && i + 1 < raw.length() ? vanishing(raw.charAt(i + 1)) : END;
            word.append(protectedByte == END ? c : (char) protectedByte);
            i += protectedByte == END ? 1 : 2;
        }
        return word.toString();
    }

    /** What a backslash and this byte stand for, or {@link #END} when the backslash stays. */
    private static int vanishing(char c) {
        return switch (c) {
            case '"', '\'', '\\' -> c;
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'n' -> '\n';
            default -> END;
        };
    }

    private ConfException unexpected(int c) {
        return new ConfException("unexpected \"" + (char) c + "\"" + position());
    }

    private ConfException unexpectedEnd() {
        return new ConfException(
                isCommandLine()
                        ? "unexpected end of parameter, expecting \";\"" + position()
                        : "unexpected end of file, expecting \";\" or \"}\"" + position());
    }

    private int read() {
        if (at == text.length()) {
            return END;
        }
        char c = text.charAt(at);
        at++;
        if (c == '\n' && line > 0) {
            line++;
        }
        return c;
    }

    private void unread(int c) {
        at--;
        if (c == '\n' && line > 0) {
            line--;
        }
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
