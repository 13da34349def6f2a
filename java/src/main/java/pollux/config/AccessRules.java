package pollux.config;

import java.util.List;

/**
 * The {@code allow} and {@code deny} of one level, in file order: the first rule that fits a client's address decides. A rule
 * is of one family, as in nginx, but for {@code all}; an IPv4 address that came as an IPv6 one is judged as IPv4.
 *
 * @param rules at least one
 */
public record AccessRules(List<Rule> rules) {
    /** What the rules say of a client. */
    public enum Verdict {
        /** No rule fits. */
        NONE,
        /** The client is let in. */
        ALLOW,
        /** The client is kept out. */
        DENY
    }

    private static final int MAPPED_PREFIX = 12;

    /** One rule. */
    public static final class Rule {
        private final String written;
        private final boolean denies;
        private final byte[] network;
        private final int bits;

        /**
         * Makes a rule.
         *
         * @param written the argument of {@code allow} or {@code deny}
         * @param denies whether it keeps out
         * @param network 4 or 16 bytes; none for Unix sockets; {@code null} for everybody
         * @param bits how many of its leading bits count
         */
        Rule(String written, boolean denies, byte[] network, int bits) {
            this.written = written;
            this.denies = denies;
            this.network = network;
            this.bits = bits;
        }

        /** Whether it is a {@code deny}. */
        public boolean denies() {
            return denies;
        }

        /** The argument, as it was written. */
        public String written() {
            return written;
        }

        boolean fits(byte[] address, int from) {
            if (network == null) {
                return true;
            }
            int length = address.length - from;
            if (network.length != length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                int counting = Math.max(0, Math.min(8, bits - 8 * i));
                int mask = 0xff00 >> counting & 0xff;
                if (((address[from + i] ^ network[i]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Judges a client.
     *
     * @param address in network byte order, 4 or 16 bytes; empty for a Unix socket
     */
    public Verdict judge(byte[] address) {
        Rule rule = deciding(address);
        return rule == null ? Verdict.NONE : rule.denies ? Verdict.DENY : Verdict.ALLOW;
    }

    /** The rule that decides about a client, or {@code null} when none fits; {@code address} as for {@link #judge}. */
    public Rule deciding(byte[] address) {
        int from = isMapped(address) ? MAPPED_PREFIX : 0;
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (rule.fits(address, from)) {
                return rule;
            }
        }
        return null;
    }

    private static boolean isMapped(byte[] address) {
        boolean mapped = address.length == 16 && address[10] == -1 && address[11] == -1;
        for (int i = 0; mapped && i < 10; i++) {
            mapped = address[i] == 0;
        }
        return mapped;
    }

    /** Whether the first rule keeps everybody out. */
    boolean deniesEverybody() {
        return rules.get(0).denies && rules.get(0).network == null;
    }
}
