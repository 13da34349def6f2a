package pollux.http;

import java.nio.charset.StandardCharsets;
import pollux.buffer.Ascii;
import pollux.buffer.IoBuffer;

/**
 * The header that a proxy puts in front of a connection: the PROXY protocol of HAProxy ({@code proxy-protocol.txt}), both the
 * line of version 1 and the binary form of version 2. It takes bytes as they come, one object for one connection, and never
 * takes one that belongs to the first request. Whom to believe is not its business.
 *
 * <p>What a header says of connections that are none of TCP, or the proxy's own (UNKNOWN, LOCAL), is passed over, as by nginx:
 * then there are no addresses.
 */
public final class ProxyProtocolParser {
    /** The header is not yet complete: all bytes were taken. */
    public static final int NEED_MORE = 0;

    /** The header is complete; what is left in the buffer comes behind it. */
    public static final int COMPLETE = 1;

    /** This is no header, or one that is too long; nothing behind it can be trusted. */
    public static final int BROKEN = -1;

    /** Section 2.1: the longest line of version 1, its CR LF included. */
    private static final int LONGEST_LINE = 107;

    /** The longest header of version 2 with its extensions, as in nginx. */
    private static final int LONGEST_BINARY = 4096;

    private static final String LINE_START = "PROXY ";
    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final int FIXED = 16;
    private static final int OF_IPV4 = 12;
    private static final int OF_IPV6 = 36;

    private static final int VERSION_2 = 2;
    private static final int COMMAND_PROXY = 1;
    private static final int TCP_OVER_IPV4 = 0x11;
    private static final int TCP_OVER_IPV6 = 0x21;

    /** The line so far; of version 2 as much as the longer addresses take. */
    private final byte[] kept = new byte[LONGEST_LINE];

    /** What comes behind that in version 2. */
    private byte[] rest;

    private int length;
    private int whole;
    private ProxyAddresses addresses;

    /** Whom the header names, once it is complete; {@code null} when it names nobody. */
    public ProxyAddresses addresses() {
        return addresses;
    }

    /**
     * Takes bytes from the front of a buffer, up to the end of the header.
     *
     * @return {@link #NEED_MORE}, {@link #COMPLETE} or {@link #BROKEN}
     */
    public int parse(IoBuffer in) {
        while (!in.isEmpty()) {
            int result;
            if (whole > 0 && length >= FIXED + OF_IPV6) {
                result = takeRest(in);
            } else {
                byte b = in.get(in.start());
                in.consume(1);
                result = take(b);
            }
            if (result != NEED_MORE) {
                return result;
            }
        }
        return NEED_MORE;
    }

    /** What is wrong with a broken header, in nginx's words; {@code rest} is what came behind the byte that broke it. */
    public String fault(IoBuffer rest) {
        if (length == FIXED && version() != VERSION_2) {
            return "unknown PROXY protocol version: " + version();
        }
        String seen = new String(kept, 0, Math.min(length, kept.length), StandardCharsets.ISO_8859_1);
        int more = Math.min(rest.length(), LONGEST_BINARY);
        return "broken header: \"" + seen + (more == 0 ? "" : rest.string(rest.start(), more)) + '"';
    }

    private int version() {
        return (kept[SIGNATURE.length] & 0xf0) >> 4;
    }

    private int take(byte b) {
        if (length == LONGEST_LINE) {
            return BROKEN;
        }
        kept[length] = b;
        length++;
        return kept[0] == LINE_START.charAt(0) ? takeOfLine(b) : takeOfBinary(b);
    }

    // --- Version 1.

    private int takeOfLine(byte b) {
        if (length <= LINE_START.length()) {
            return b == LINE_START.charAt(length - 1) ? NEED_MORE : BROKEN;
        }
        boolean ended = b == '\n' && kept[length - 2] == '\r';
        return ended ? readLine(new String(kept, 0, length - 2, StandardCharsets.ISO_8859_1)) : NEED_MORE;
    }

    private int readLine(String line) {
        if (line.startsWith("UNKNOWN", LINE_START.length())) {
            return COMPLETE;
        }
        String[] words = line.split(" ", -1);
        boolean known = words.length == 6 && (words[1].equals("TCP4") || words[1].equals("TCP6"));
        if (!known || !isAddress(words[2]) || !isAddress(words[3])) {
            return BROKEN;
        }
        int sourcePort = port(words[4]);
        int destinationPort = port(words[5]);
        if (sourcePort < 0 || destinationPort < 0) {
            return BROKEN;
        }
        addresses = new ProxyAddresses(words[2], sourcePort, words[3], destinationPort, ProxyExtensions.NONE);
        return COMPLETE;
    }

    /** As nginx: what an address is made of; a proxy that is trusted with addresses is trusted to write them. */
    private static boolean isAddress(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!Ascii.isHex(c) && c != ':' && c != '.') {
                return false;
            }
        }
        return !word.isEmpty();
    }

    private static int port(String digits) {
        long port = Ascii.parseDecimal(digits);
        return port < 0 || port > 65535 ? BROKEN : (int) port;
    }

    // --- Version 2.

    private int takeOfBinary(byte b) {
        if (length <= SIGNATURE.length) {
            return b == SIGNATURE[length - 1] ? NEED_MORE : BROKEN;
        }
        if (length == FIXED) {
            whole = FIXED + number(FIXED - 2);
            if (version() != VERSION_2 || whole > LONGEST_BINARY || whole < needed()) {
                return BROKEN;
            }
        }
        return whole > 0 && length == whole ? readBinary() : NEED_MORE;
    }

    /** How long the header must be for what it says it holds. */
    private int needed() {
        return switch (family()) {
            case TCP_OVER_IPV4 -> FIXED + OF_IPV4;
            case TCP_OVER_IPV6 -> FIXED + OF_IPV6;
            default -> FIXED;
        };
    }

    /** The family and transport of a connection that is proxied, else 0. */
    private int family() {
        return (kept[SIGNATURE.length] & 0xf) == COMMAND_PROXY ? kept[SIGNATURE.length + 1] & 0xff : 0;
    }

    private int number(int at) {
        return (kept[at] & 0xff) << 8 | (kept[at + 1] & 0xff);
    }

    private int takeRest(IoBuffer in) {
        if (rest == null) {
            rest = new byte[whole - length];
        }
        int count = Math.min(in.length(), whole - length);
        in.copyTo(in.start(), rest, length - FIXED - OF_IPV6, count);
        in.consume(count);
        length += count;
        return length == whole ? readBinary() : NEED_MORE;
    }

    private int readBinary() {
        switch (family()) {
            case TCP_OVER_IPV4 ->
                addresses = new ProxyAddresses(
                        ipv4(FIXED), number(FIXED + 8), ipv4(FIXED + 4), number(FIXED + 10), extensions(OF_IPV4));
            case TCP_OVER_IPV6 ->
                addresses = new ProxyAddresses(
                        ipv6(FIXED), number(FIXED + 32), ipv6(FIXED + 16), number(FIXED + 34), extensions(OF_IPV6));
            default -> {}
        }
        return COMPLETE;
    }

    private ProxyExtensions extensions(int addressLength) {
        int begin = FIXED + addressLength;
        byte[] all = new byte[whole - begin];
        int inKept = Math.min(whole, FIXED + OF_IPV6) - begin;
        System.arraycopy(kept, begin, all, 0, inKept);
        if (rest != null) {
            System.arraycopy(rest, 0, all, inKept, rest.length);
        }
        return new ProxyExtensions(all);
    }

    private String ipv4(int at) {
        return (kept[at] & 0xff) + "." + (kept[at + 1] & 0xff) + "." + (kept[at + 2] & 0xff) + "."
                + (kept[at + 3] & 0xff);
    }

    /** RFC 5952: lower case, the first of the longest runs of zeros left out, an IPv4 address in its own form. */
    private String ipv6(int at) {
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && number(at + 2 * end) == 0) {
                end++;
            }
            if (end - i > runLength) {
                runStart = i;
                runLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        boolean mapped = runStart == 0 && runLength == 5 && number(at + 10) == 0xffff;
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < (mapped ? 6 : 8); i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
            } else {
                text.append(text.isEmpty() || i == runStart + runLength ? "" : ":")
                        .append(Integer.toHexString(number(at + 2 * i)));
            }
        }
        return mapped ? text.append(':').append(ipv4(at + 12)).toString() : text.toString();
    }
}
