package pollux.handler;

import static pollux.handler.PasswordFile.bytes;

import java.security.MessageDigest;
import pollux.buffer.Ascii;

/** What {@code crypt} makes of passwords with SHA-256 ({@code $5$}) and SHA-512 ({@code $6$}): Drepper's "Unix crypt using SHA". */
final class ShaCrypt {
    private static final String ROUNDS = "rounds=";
    private static final int DEFAULT_ROUNDS = 5000;
    private static final int LEAST_ROUNDS = 1000;

    /** The specification allows far more; this is a second or so. */
    private static final int MOST_ROUNDS = 1_000_000;

    private static final int LONGEST_SALT = 16;
    private static final int LONGEST_KEY = 256;

    private final MessageDigest sha;
    private final int size;
    private final byte[] key;
    private final byte[] keySequence;
    private final byte[] saltSequence;
    private final String begin;
    private final int rounds;
    private int round;
    private byte[] sum;

    private ShaCrypt(boolean wide, int rounds, String begin, byte[] key, byte[] grains) {
        this.sha = PasswordHash.digest(wide ? "SHA-512" : "SHA-256");
        this.size = wide ? 64 : 32;
        this.rounds = rounds;
        this.begin = begin;
        this.key = key;
        this.sum = firstSum(grains);
        for (int i = 0; i < key.length; i++) {
            sha.update(key);
        }
        this.keySequence = repeated(sha.digest(), key.length);
        for (int i = 0; i < 16 + (sum[0] & 0xff); i++) {
            sha.update(grains);
        }
        this.saltSequence = repeated(sha.digest(), grains.length);
    }

    /** Whether a stored password is of these forms. */
    static boolean isForm(String stored) {
        return stored.startsWith("$5$") || stored.startsWith("$6$");
    }

    /**
     * The stored form of a password.
     *
     * @param setting begins with {@code $5$} or {@code $6$}, perhaps rounds, and the salt
     * @return empty, which no stored form equals, when it cannot be made
     */
    static String crypt(String setting, String password) {
        ShaCrypt crypt = begin(setting, password);
        if (crypt == null) {
            return "";
        }
        crypt.advance(crypt.rounds);
        return crypt.text();
    }

    /** As {@link #crypt}, to be done by and by; {@code null} when it cannot be. */
    static ShaCrypt begin(String setting, String password) {
        int at = 3;
        int rounds = DEFAULT_ROUNDS;
        String prefix = setting.substring(0, at);
        if (setting.startsWith(ROUNDS, at)) {
            int end = setting.indexOf('$', at);
            long written = end < 0 ? -1 : Ascii.parseDecimal(setting.substring(at + ROUNDS.length(), end));
            if (written < LEAST_ROUNDS || written > MOST_ROUNDS) {
                return null;
            }
            rounds = (int) written;
            prefix = setting.substring(0, end + 1);
            at = end + 1;
        }
        if (password.length() > LONGEST_KEY) {
            return null;
        }
        String salt = PasswordHash.salt(setting, at, LONGEST_SALT);
        return new ShaCrypt(setting.startsWith("$6$"), rounds, prefix + salt + '$', bytes(password), bytes(salt));
    }

    private byte[] firstSum(byte[] grains) {
        sha.update(key);
        sha.update(grains);
        byte[] alternate = sha.digest(key);
        sha.update(key);
        sha.update(grains);
        sha.update(repeated(alternate, key.length));
        for (int bits = key.length; bits > 0; bits >>= 1) {
            sha.update((bits & 1) != 0 ? alternate : key);
        }
        return sha.digest();
    }

    /** Does so many rounds, or those that are left; whether that was the last of them. */
    boolean advance(int most) {
        int stop = Math.min(rounds, round + most);
        for (; round < stop; round++) {
            sha.update((round & 1) != 0 ? keySequence : sum);
            if (round % 3 != 0) {
                sha.update(saltSequence);
            }
            if (round % 7 != 0) {
                sha.update(keySequence);
            }
            sha.update((round & 1) != 0 ? sum : keySequence);
            sum = sha.digest();
        }
        return round == rounds;
    }

    /** The stored form, when all rounds are done. */
    String text() {
        StringBuilder text = new StringBuilder(begin);
        append(text);
        return text.toString();
    }

    private byte[] repeated(byte[] block, int length) {
        byte[] all = new byte[length];
        for (int at = 0; at < length; at += size) {
            System.arraycopy(block, 0, all, at, Math.min(size, length - at));
        }
        return all;
    }

    /** Three bytes at a time, each third of the sum giving one, their places turning; then what is left. */
    private void append(StringBuilder text) {
        int third = size / 3;
        int[] places = {0, third, 2 * third};
        for (int group = 0; group < third; group++) {
            PasswordHash.append(text, sum[places[0]], sum[places[1]], sum[places[2]], 4);
            places = size == 64
                    ? new int[] {places[1] + 1, places[2] + 1, places[0] + 1}
                    : new int[] {places[2] + 1, places[0] + 1, places[1] + 1};
        }
        if (size == 64) {
            PasswordHash.append(text, (byte) 0, (byte) 0, sum[63], 2);
        } else {
            PasswordHash.append(text, (byte) 0, sum[31], sum[30], 3);
        }
    }
}
