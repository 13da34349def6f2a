package pollux.config;

import java.util.List;

/**
 * Fields added to answers.
 *
 * @param add the {@code add_header} directives in file order
 * @param expires {@code Expires} and {@code Cache-Control}
 * @param trailers the {@code add_trailer} directives in file order: fields behind content in chunks
 */
public record HeaderSettings(List<AddHeader> add, Expires expires, List<AddHeader> trailers) {
    /** Whether every 200 answer gets the same fields. */
    public boolean isConstant() {
        boolean isConstant = trailers.isEmpty();
        isConstant &= expires.kind() == Kind.OFF || expires.kind() == Kind.EPOCH || expires.kind() == Kind.MAX;
        for (int i = 0; i < add.size(); i++) {
            isConstant &= add.get(i).value().isConstant();
        }
        return isConstant;
    }

    /**
     * One {@code add_header}.
     *
     * @param name the field's name
     * @param value its value; the field is left out when it renders empty
     * @param always whether any status gets it, rather than 200, 201, 204, 206, 301, 302, 303, 304, 307 and 308 alone
     */
    public record AddHeader(String name, Template value, boolean always) {}

    /**
     * {@code expires}.
     *
     * @param kind what the time is counted from
     * @param seconds how long after it, negative for the past; for {@code DAILY} the second of the day (local time)
     * @param value what is written where it holds variables, and is read anew for each answer; otherwise {@code null}
     */
    public record Expires(Kind kind, long seconds, Template value) {
        /** Nothing is sent. */
        public static final Expires NONE = new Expires(Kind.OFF, 0);

        private static final long DAY_SECONDS = 24 * 60 * 60;

        /** One without variables. */
        public Expires(Kind kind, long seconds) {
            this(kind, seconds, null);
        }

        /**
         * What stands behind {@code expires}, read.
         *
         * @param modified whether {@code modified} stands before it
         * @return {@code null} when it is none; {@code DAILY} of more than a day is left to the caller
         */
        public static Expires read(String text, boolean modified) {
            if (!modified) {
                switch (text) {
                    case "off" -> {
                        return NONE;
                    }
                    case "epoch" -> {
                        return new Expires(Kind.EPOCH, 0);
                    }
                    case "max" -> {
                        return new Expires(Kind.MAX, 0);
                    }
                    default -> {}
                }
                if (text.startsWith("@")) {
                    long seconds = Values.seconds(text.substring(1));
                    return seconds == Values.INVALID ? null : new Expires(Kind.DAILY, seconds);
                }
            }
            boolean past = text.startsWith("-");
            long seconds = Values.seconds(past || text.startsWith("+") ? text.substring(1) : text);
            return seconds == Values.INVALID
                    ? null
                    : new Expires(modified ? Kind.MODIFIED : Kind.ACCESS, past ? -seconds : seconds);
        }

        /** What this is for one answer; {@link #NONE} when the variables say nothing that could be understood. */
        public Expires at(Variables variables) {
            if (value == null) {
                return this;
            }
            Expires read = read(value.render(variables), kind == Kind.VARIABLE_MODIFIED);
            return read == null || read.isBeyondDay() ? NONE : read;
        }

        boolean isBeyondDay() {
            return kind == Kind.DAILY && seconds > DAY_SECONDS;
        }
    }

    /** What {@code expires} counts from. */
    public enum Kind {
        /** Nothing is sent. */
        OFF,
        /** 1970: {@code Cache-Control: no-cache}. */
        EPOCH,
        /** The end of 2037: {@code Cache-Control: max-age=315360000}. */
        MAX,
        /** Now. */
        ACCESS,
        /** The file's modification. */
        MODIFIED,
        /** The next time of day. */
        DAILY,
        /** What variables say. */
        VARIABLE,
        /** The file's modification, and then what variables say. */
        VARIABLE_MODIFIED
    }
}
