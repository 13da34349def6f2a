package pollux.http;

import java.nio.charset.StandardCharsets;
import pollux.buffer.Ascii;

/**
 * Dates as HTTP writes them (RFC 9110 section 5.6.7). One form is written; three are read. Time is seconds since
 * 1970-01-01 00:00:00 UTC, leap seconds not counted.
 */
public final class HttpDate {
    /** The bytes of a written date. */
    public static final int LENGTH = 29;

    /** The answer for text that is no date. */
    public static final long INVALID = -1;

    private static final String[] DAYS = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    private static final String[] LONG_DAYS = {
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"
    };
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final int DAY_SECONDS = 86_400;
    private static final long LAST = 253_402_300_799L; // 9999-12-31 23:59:59

    private HttpDate() {}

    /** The date as {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    public static String format(long epochSeconds) {
        byte[] out = new byte[LENGTH];
        render(epochSeconds, out);
        return new String(out, StandardCharsets.ISO_8859_1);
    }

    /**
     * Writes the date as {@link #format} has it.
     *
     * @param out takes {@link #LENGTH} bytes at its beginning
     * @throws IllegalArgumentException unless the date is between 1970 and 9999
     */
    @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int): every text here is ASCII
    public static void render(long epochSeconds, byte[] out) {
        if (epochSeconds < 0 || epochSeconds > LAST) {
            throw new IllegalArgumentException("not between 1970 and 9999: " + epochSeconds);
        }
        int day = (int) (epochSeconds / DAY_SECONDS);
        int second = (int) (epochSeconds % DAY_SECONDS);
        // Years are taken to begin in March, so that the leap day is the last one of its year; 400 years repeat.
        int since = day + 719_468; // days from 0000-03-01 to 1970-01-01
        int era = since / 146_097;
        int dayOfEra = since % 146_097;
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int march = (5 * dayOfYear + 2) / 153;
        int dayOfMonth = dayOfYear - (153 * march + 2) / 5 + 1;
        int month = (march + 2) % 12;
        int year = yearOfEra + era * 400 + (month < 2 ? 1 : 0);
        DAYS[(day + 4) % 7].getBytes(0, 3, out, 0);
        ", 00 ".getBytes(0, 5, out, 3);
        two(dayOfMonth, out, 5);
        MONTHS[month].getBytes(0, 3, out, 8);
        out[11] = ' ';
        two(year / 100, out, 12);
        two(year % 100, out, 14);
        " 00:00:00 GMT".getBytes(0, 13, out, 16);
        two(second / 3600, out, 17);
        two(second / 60 % 60, out, 20);
        two(second % 60, out, 23);
    }

    private static void two(int number, byte[] out, int at) {
        out[at] = (byte) ('0' + number / 10);
        out[at + 1] = (byte) ('0' + number % 10);
    }

    /**
     * Reads a date in any of the three forms: IMF-fixdate, RFC 850 and asctime. Names of days and months are
     * case-sensitive; the day of the week must be one, but need not be the right one.
     *
     * @param nowEpochSeconds settles the century of a year of two digits: a date that would lie more than 50 years ahead
     *     is in the past
     * @return seconds, at least 0 (an earlier date is 0), or {@link #INVALID}
     */
    public static long parse(String text, long nowEpochSeconds) {
        int comma = text.indexOf(',');
        if (comma == 3) {
            return parseFixed(text);
        }
        return comma > 3 ? parseRfc850(text, comma, nowEpochSeconds) : parseAsctime(text);
    }

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT} */
    private static long parseFixed(String text) {
        if (text.length() != LENGTH
                || indexOf(DAYS, text, 0, 3) < 0
                || !hasShape(text, 3, ", dd mmm dddd tttttttt GMT")) {
            return INVALID;
        }
        return seconds(number(text, 12, 4), indexOf(MONTHS, text, 8, 3), number(text, 5, 2), time(text, 17));
    }

    /** {@code Sunday, 06-Nov-94 08:49:37 GMT} */
    private static long parseRfc850(String text, int comma, long now) {
        if (text.length() != comma + 24
                || indexOf(LONG_DAYS, text, 0, comma) < 0
                || !hasShape(text, comma, ", dd-mmm-dd tttttttt GMT")) {
            return INVALID;
        }
        int month = indexOf(MONTHS, text, comma + 5, 3);
        int day = number(text, comma + 2, 2);
        int time = time(text, comma + 12);
        String today = format(Math.max(0, now));
        int thisYear = number(today, 12, 4);
        long horizon = order(thisYear + 50, indexOf(MONTHS, today, 8, 3), number(today, 5, 2), time(today, 17));
        int year = (thisYear / 100 + 1) * 100 + number(text, comma + 9, 2);
        while (order(year, month, day, time) > horizon) {
            year -= 100;
        }
        return seconds(year, month, day, time);
    }

    /** A number that is larger for a later date, without asking whether the date exists. */
    private static long order(int year, int month, int day, int time) {
        return ((year * 12L + month) * 32 + day) * (DAY_SECONDS + 1) + time;
    }

    /** {@code Sun Nov  6 08:49:37 1994} */
    private static long parseAsctime(String text) {
        if (text.length() != 24 || indexOf(DAYS, text, 0, 3) < 0) {
            return INVALID;
        }
        boolean isPadded = text.charAt(8) == ' ';
        if (!hasShape(text, 3, isPadded ? " mmm  d tttttttt dddd" : " mmm dd tttttttt dddd")) {
            return INVALID;
        }
        int day = isPadded ? number(text, 9, 1) : number(text, 8, 2);
        return seconds(number(text, 20, 4), indexOf(MONTHS, text, 4, 3), day, time(text, 11));
    }

    /** Whether the text from {@code at} is as the shape: d for a digit, m and t for anything (looked at later), else itself. */
    private static boolean hasShape(String text, int at, String shape) {
        for (int i = 0; i < shape.length(); i++) {
            char want = shape.charAt(i);
            char is = text.charAt(at + i);
            if (want == 'd' ? !isDigit(is) : want != 'm' && want != 't' && want != is) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c < 128 && Ascii.isDigit(c);
    }

    private static int indexOf(String[] names, String text, int at, int length) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].length() == length && text.startsWith(names[i], at)) {
                return i;
            }
        }
        return -1;
    }

    /** The value of digits that {@link #hasShape} has seen. */
    private static int number(String text, int at, int length) {
        int value = 0;
        for (int i = at; i < at + length; i++) {
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    /** The second of the day of {@code hh:mm:ss}, or -1; a leap second is the next minute's first. */
    private static int time(String text, int at) {
        if (!hasShape(text, at, "dd:dd:dd")) {
            return -1;
        }
        int hour = number(text, at, 2);
        int minute = number(text, at + 3, 2);
        int second = number(text, at + 6, 2);
        return hour > 23 || minute > 59 || second > 60 ? -1 : (hour * 60 + minute) * 60 + second;
    }

    private static long seconds(int year, int month, int day, int time) {
        if (month < 0 || day < 1 || day > daysIn(month, year) || time < 0) {
            return INVALID;
        }
        int march = (month + 10) % 12;
        int since = month < 2 ? year - 1 : year;
        if (since < 0) {
            return 0;
        }
        long days = since * 365L + since / 4 - since / 100 + since / 400 + (153 * march + 2) / 5 + day - 1 - 719_468;
        return Math.max(0, days * DAY_SECONDS + time);
    }

    private static int daysIn(int month, int year) {
        if (month == 1) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 3 || month == 5 || month == 8 || month == 10 ? 30 : 31;
    }
}
