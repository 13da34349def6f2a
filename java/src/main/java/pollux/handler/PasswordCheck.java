package pollux.handler;

import java.security.MessageDigest;

/**
 * Finds out whether a password is the one that was stored in a form which is slow to make: some rounds a step, and one password at a
 * time, so that others are served in between, however many strangers guess.
 */
final class PasswordCheck implements Work {
    /** The outcome of this work: the answer is there, and whoever asked for it asks again. */
    static final int KNOWN = -21;

    /** About a millisecond. */
    private static final int ROUNDS_EACH = 5000;

    private final Line line;
    private final String stored;
    private final String password;
    private ShaCrypt crypt;
    private boolean matches;

    /** Those of one worker: which is at work, and which has just ended. */
    static final class Line {
        private PasswordCheck working;
        private PasswordCheck ended;

        /** The one that has just ended, once; {@code null} when there is none. */
        PasswordCheck takeEnded() {
            PasswordCheck taken = ended;
            ended = null;
            return taken;
        }
    }

    /**
     * Makes the work.
     *
     * @param stored a form of the password, from the file
     * @param password what the client says, a byte string
     */
    PasswordCheck(Line line, String stored, String password) {
        this.line = line;
        this.stored = stored;
        this.password = password;
    }

    /** Whether it was about these. */
    boolean isAbout(String form, String said) {
        return stored.equals(form) && password.equals(said);
    }

    /** Whether the password is the one that was stored. */
    boolean matches() {
        return matches;
    }

    @Override
    public int step() {
        if (line.working != null && line.working != this) {
            return MORE;
        }
        line.working = this;
        if (ShaCrypt.isForm(stored)) {
            crypt = crypt == null ? ShaCrypt.begin(stored, password) : crypt;
            if (crypt != null && !crypt.advance(ROUNDS_EACH)) {
                return MORE;
            }
            matches = crypt != null
                    && MessageDigest.isEqual(PasswordFile.bytes(stored), PasswordFile.bytes(crypt.text()));
        } else {
            matches = PasswordHash.matches(stored, password);
        }
        line.working = null;
        line.ended = this;
        return KNOWN;
    }

    @Override
    public void abort() {
        if (line.working == this) {
            line.working = null;
        }
    }
}
