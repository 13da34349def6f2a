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

    /** Makes a line anew, without the line feed. */
    public void renderTo(LogLine line, Variables variables) {
        line.begin(escape);
        for (int i = 0; i < template.parts().size(); i++) {
            Object part = template.parts().get(i);
            if (part instanceof Variable variable) {
                variables.log(variable, line);
            } else {
                line.text((String) part);
            }
        }
    }
}
