package pollux.handler;

import static pollux.handler.PasswordFile.bytes;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The forms in which password files hold passwords: RFC 2307's {SHA}, {SSHA} and {PLAIN} as nginx reads them, and what
 * {@code crypt} makes with MD5 ({@code $1$}, {@code $apr1$}), see {@link ShaCrypt} for {@code $5$} and {@code $6$}. DES and
 * bcrypt are not there: no password fits such a line.
 */
final class PasswordHash {
    private static final String ITOA64 = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int MD5_SALT = 8;
    private static final int SHA1_BYTES = 20;

    private PasswordHash() {}

    /** Whether to find a password good takes so long that it is done step by step, and the answer remembered. */
    static boolean isSlow(String stored) {
        return stored.startsWith("$");
    }

    /**
     * Whether a password is the one that was stored.
     *
     * @param stored a form of it, from the file
     * @param password what the client says, a byte string
     */
    static boolean matches(String stored, String password) {
        if (stored.startsWith("{PLAIN}")) {
            return equal(stored.substring("{PLAIN}".length()), password);
        }
        if (stored.startsWith("{SHA}")) {
            byte[] digest = digest("SHA-1").digest(bytes(password));
            return equal(stored.substring("{SHA}".length()), Base64.getEncoder().encodeToString(digest));
        }
        if (stored.startsWith("{SSHA}")) {
            return matchesSalted(stored.substring("{SSHA}".length()), password);
        }
        if (stored.startsWith("$apr1$") || stored.startsWith("$1$")) {
            String magic = stored.substring(0, stored.indexOf('$', 1) + 1);
            return equal(stored, md5Crypt(magic, salt(stored, magic.length(), MD5_SALT), password));
        }
        return ShaCrypt.isForm(stored) && equal(stored, ShaCrypt.crypt(stored, password));
    }

    private static boolean equal(String stored, String made) {
        return MessageDigest.isEqual(bytes(stored), bytes(made));
    }

    private static boolean matchesSalted(String encoded, String password) {
        byte[] stored;
        try {
            stored = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        if (stored.length < SHA1_BYTES) {
            return false;
        }
        MessageDigest sha1 = digest("SHA-1");
        sha1.update(bytes(password));
        sha1.update(stored, SHA1_BYTES, stored.length - SHA1_BYTES);
        return MessageDigest.isEqual(sha1.digest(), Arrays.copyOf(stored, SHA1_BYTES));
    }

    /** The salt that begins at a place and ends at the next dollar sign. */
    static String salt(String stored, int from, int longest) {
        int end = stored.indexOf('$', from);
        int stop = end < 0 ? stored.length() : end;
        return stored.substring(from, Math.min(stop, from + longest));
    }

    static byte[] sha256(String text) {
        return digest("SHA-256").digest(bytes(text));
    }

    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The MD5-based crypt of FreeBSD, and Apache's with another magic. */
    private static String md5Crypt(String magic, String salt, String password) {
        byte[] key = bytes(password);
        byte[] grains = bytes(salt);
        MessageDigest md5 = digest("MD5");
        md5.update(key);
        md5.update(grains);
        byte[] alternate = md5.digest(key);
        md5.update(key);
        md5.update(bytes(magic));
        md5.update(grains);
        for (int left = key.length; left > 0; left -= alternate.length) {
            md5.update(alternate, 0, Math.min(left, alternate.length));
        }
        for (int bits = key.length; bits != 0; bits >>= 1) {
            md5.update((bits & 1) != 0 || key.length == 0 ? 0 : key[0]);
        }
        byte[] sum = md5.digest();
        for (int round = 0; round < 1000; round++) {
            md5.update((round & 1) != 0 ? key : sum);
            if (round % 3 != 0) {
                md5.update(grains);
            }
            if (round % 7 != 0) {
                md5.update(key);
            }
            md5.update((round & 1) != 0 ? sum : key);
            sum = md5.digest();
        }
        StringBuilder text = new StringBuilder(magic).append(salt).append('$');
        int[][] groups = {{0, 6, 12}, {1, 7, 13}, {2, 8, 14}, {3, 9, 15}, {4, 10, 5}};
        for (int[] group : groups) {
            append(text, sum[group[0]], sum[group[1]], sum[group[2]], 4);
        }
        append(text, (byte) 0, (byte) 0, sum[11], 2);
        return text.toString();
    }

    /** Appends 24 bits, six a character, the lowest first. */
    static void append(StringBuilder text, byte high, byte middle, byte low, int characters) {
        int bits = (high & 0xff) << 16 | (middle & 0xff) << 8 | (low & 0xff);
        for (int i = 0; i < characters; i++) {
            text.append(ITOA64.charAt(bits & 0x3f));
            bits >>= 6;
        }
    }
}
