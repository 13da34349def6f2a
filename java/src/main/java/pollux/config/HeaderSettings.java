package pollux.config;

import java.util.List;

/**
 * Fields added to answers.
 *
 * @param add the {@code add_header} directives in file order
 * @param expires {@code Expires} and {@code Cache-Control}
 */
public record HeaderSettings(List<AddHeader> add, Expires expires) {
    /** Whether every 200 answer gets the same fields. */
    public boolean isConstant() {
        boolean isConstant = expires.kind() == Kind.OFF || expires.kind() == Kind.EPOCH || expires.kind() == Kind.MAX;
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
     */
    public record Expires(Kind kind, long seconds) {
        /** Nothing is sent. */
        public static final Expires NONE = new Expires(Kind.OFF, 0);
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
        DAILY
    }
}
