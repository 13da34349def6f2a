package pollux.config;

/** IPv6 addresses as text, in the one form of RFC 5952 without its mixed notation, as {@code inet_ntop} has it. */
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    /** {@code bytes}: the 16 of an address. */
    static String of(byte[] bytes) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
        }
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            // Only a run of two or more is shortened, the first of the longest.
            if (end - i > runLength) {
                runStart = i;
                runLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        return join(groups, runStart, runLength);
    }

    private static String join(int[] groups, int runStart, int runLength) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
                continue;
            }
            if (i > 0 && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
