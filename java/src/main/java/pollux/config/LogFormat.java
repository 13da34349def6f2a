package pollux.config;

/**
 * The form of access-log lines: nginx's {@code log_format}. A variable without a value is written {@code -} (nothing when
 * escaping for JSON).
 */
public final class LogFormat {
    /** How values are made safe for the log. */
    public enum Escape {
        /** {@code "}, {@code \}, control characters and bytes from 127 up become {@code \xXX}. */
        DEFAULT,
        /** As in JSON strings. */
        JSON,
        /** Not at all. */
        NONE
    }

    /** The predefined form, nginx's own. */
    public static final String COMBINED = "$remote_addr - $remote_user [$time_local] "
            + "\"$request\" $status $body_bytes_sent \"$http_referer\" \"$http_user_agent\"";

    private static final String HEX_UPPER = "0123456789ABCDEF";

    private final String name;
    private final Escape escape;
    private final Template template;

    LogFormat(String name, Escape escape, Template template) {
        this.name = name;
        this.escape = escape;
        this.template = template;
    }

    /** Its name in the configuration. */
    public String name() {
        return name;
    }

    /** How values are made safe. */
    public Escape escape() {
        return escape;
    }

    /** Appends one line, without the line feed. */
    public void renderTo(StringBuilder out, Variables variables) {
        for (int i = 0; i < template.parts().size(); i++) {
            Object part = template.parts().get(i);
            if (part instanceof Variable variable) {
                append(out, variables.value(variable));
            } else {
                out.append((String) part);
            }
        }
    }

    private void append(StringBuilder out, String value) {
        if (value == null) {
            out.append(escape == Escape.DEFAULT ? "-" : "");
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (escape) {
                case NONE -> out.append(c);
                case JSON -> appendJson(out, c);
                case DEFAULT -> appendDefault(out, c);
            }
        }
    }

    private static void appendDefault(StringBuilder out, char c) {
        if (c < ' ' || c == '"' || c == '\\' || c > '~') {
            out.append("\\x").append(HEX_UPPER.charAt(c >> 4 & 0xf)).append(HEX_UPPER.charAt(c & 0xf));
        } else {
            out.append(c);
        }
    }

    private static void appendJson(StringBuilder out, char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                if (c < ' ') {
                    out.append("\\u00").append(HEX_UPPER.charAt(c >> 4)).append(HEX_UPPER.charAt(c & 0xf));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
