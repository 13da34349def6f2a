package pollux.handler;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of stored passwords, made by {@code openssl passwd}, {@code crypt} and {@code sha1sum}. */
class PasswordHashTest {
    @ParameterizedTest
    @CsvSource({
        "pa ss, {PLAIN}pa ss",
        "pa ss, {SHA}U5lVQVt3jUxILaL251beisJ5kRY=",
        "pa ss, {SSHA}kHyRxDonW4LcT0UxYTY2sNuG0hpzYWx0",
        "pa ss, $apr1$abcdefgh$OsjPgQUWMAtMNmB0bA7mk.",
        "'', $apr1$x$tMwYqBfQwi3FYAr0aJc8M/",
        "pa ss, $1$abcdefgh$f48iE5glXvGWD.es6r1qQ0",
        "pa ss, $5$abcdefgh$dAwIcrkbjZp1Qp4D.LaKCVpApjpoyhUhI1HLmPFfPg1",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,"
                + " $5$saltsaltsaltsalt$PdjBQvZ7a9uF9OL.l1Y1VjPIu172MCgb54fzoBAiuh1",
        "pa ss, $6$abcdefgh$aAcROoG551kYhUKpAjxWZFUqHvnEd42OxGLdK9YDmQWc.aM2LXklTwKBA0EyqYCJQoTcPGOpSAefW.b3NdZJ3.",
        "Hello world!, $5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA",
        "ab,"
                + " $6$rounds=1234$x$mBTsMrrJ/36rAQIv3dAZwDeGOALIgJ4BJJUpuSXcF452UCVCRkSA/cLKamgP6Ueob09kNzhxo/43H2d16LKqN0",
    })
    void onlyThePasswordFits(String password, String stored) {
        assertFalse(PasswordHash.matches(stored, password + "x"));
        assertFalse(PasswordHash.matches(stored.substring(0, stored.length() - 1) + "-", password));
        assertTrue(PasswordHash.matches(stored, password));
    }

    @ParameterizedTest
    @CsvSource({
        "secret",
        "abJnggxhB/yWI",
        "$2y$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
        "{SSHA}",
        "{SSHA}!!!",
        "{SHA}",
        "$6$",
        "$6$rounds=x$salt$x",
        "$6$rounds=99999999999999999999$salt$x",
        "$5$rounds=100$salt$x",
        "$apr1$",
        "$1$"
    })
    void whatCannotBeReadFitsNothing(String stored) {
        assertFalse(PasswordHash.matches(stored, ""));
        assertFalse(PasswordHash.matches(stored, "secret"));
    }
}
