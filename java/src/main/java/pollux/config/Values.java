package pollux.config;

/** Numbers, sizes and times as nginx writes them. Every method answers {@link #INVALID} for anything else. */
final class Values {
    static final long INVALID = -1;

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Values() {}

    /** Decimal digits. */
    static long number(String text) {
        return text.isEmpty() ? INVALID : digits(text, 0, text.length());
    }

    /** A number of ports, codes and the like. */
    static long number(String text, long min, long max) {
        long value = number(text);
        return value < min || value > max ? INVALID : value;
    }

    /** Bytes for a buffer: digits, perhaps k or m. */
    static long size(String text) {
        return text.endsWith("g") || text.endsWith("G") ? INVALID : offset(text);
    }

    /** Bytes of a file: digits, perhaps k, m or g. */
    static long offset(String text) {
        if (text.isEmpty()) {
            return INVALID;
        }
        int shift =
                switch (text.charAt(text.length() - 1)) {
                    case 'k', 'K' -> 10;
                    case 'm', 'M' -> 20;
                    case 'g', 'G' -> 30;
                    default -> 0;
                };
        String head = shift == 0 ? text : text.substring(0, text.length() - 1);
        long value = number(head);
        return value == INVALID || value > Long.MAX_VALUE >> shift ? INVALID : value << shift;
    }

    /** A time in milliseconds: {@code 90}, {@code 500ms}, {@code 1h 30m}; a bare number is seconds. */
    static long millis(String text) {
        return new TimeReader(text, false).read();
    }

    /** A time in seconds: {@code 90}, {@code 1y 6M}; no milliseconds. */
    static long seconds(String text) {
        long millis = new TimeReader(text, true).read();
        return millis == INVALID ? INVALID : millis / SECOND;
    }

    private static long digits(String text, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return INVALID;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Reads {@code number unit number unit …}, units growing smaller from left to right. */
    private static final class TimeReader {
        private final String text;
        private final boolean inSeconds;
        private int at;
        private int lastStep;

        TimeReader(String text, boolean inSeconds) {
            this.text = text;
            this.inSeconds = inSeconds;
        }

        long read() {
            long total = 0;
            while (at < text.length()) {
                int start = at;
                while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
                    at++;
                }
                long value = start == at ? INVALID : digits(text, start, at);
                long unit = unit();
                if (value == INVALID || unit == INVALID || value > (Long.MAX_VALUE - total) / unit) {
                    return INVALID;
                }
                total += value * unit;
                while (at < text.length() && text.charAt(at) == ' ') {
                    at++;
                }
            }
            return text.isEmpty() ? INVALID : total;
        }

        private long unit() {
            if (at == text.length()) {
                return step(8, SECOND);
            }
            char c = text.charAt(at);
            at++;
            return switch (c) {
                // Times in milliseconds know no years and months, in nginx.
                case 'y' -> inSeconds ? step(1, 365 * DAY) : INVALID;
                case 'M' -> inSeconds ? step(2, 30 * DAY) : INVALID;
                case 'w' -> step(3, 7 * DAY);
                case 'd' -> step(4, DAY);
                case 'h' -> step(5, HOUR);
                case 'm' -> {
                    if (at < text.length() && text.charAt(at) == 's') {
                        at++;
                        yield inSeconds ? INVALID : step(9, 1);
                    }
                    yield step(6, MINUTE);
                }
                case 's' -> step(7, SECOND);
                case ' ' -> step(8, SECOND);
                default -> INVALID;
            };
        }

        private long step(int step, long unit) {
            boolean smaller = step > lastStep;
            lastStep = step;
            return smaller ? unit : INVALID;
        }
    }
}
