package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PCRE's syntax on Java's matcher, and its bounds. */
class RegexTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "\\.php$ /a.php .php",
                "\\.(png|jpe?g)$ /a.jpeg .jpeg",
                "^/user/([0-9]{2,3}) /user/1234 /user/123",
                "^/x{y}$ /x{y} /x{y}",
                "^/a{,2}$ /a{,2} /a{,2}",
                "[[:digit:]]+ /ab12c 12",
                "[^[:alpha:]/]+ /ab12c 12",
                "[[:^alpha:]]+ ab12c 12",
                "[]x]+ a]x] ]x]",
                "[^]x]+ ]ab] ab",
                "[[a]+ x[a[ [a[",
                "[a&&b]+ x&&a &&a",
                "\\Q[x\\E /[x [x",
                "(?P<year_no>[0-9]+) a26 26",
                "(?'y'[0-9]+) a26 26",
                "(?<=/)b a/b b",
                "(?<!/)b /bab b",
                "(?:a|b)+ xabz ab",
                "(?i)ABC xabc abc",
                "(a)\\1 xaa aa",
            })
    void expressionsOfPcreMatch(String expression, String subject, String whole) throws RegexText.RefusedException {
        assertEquals(whole, RegexSyntax.compile(expression, false).find(subject).group(0));
    }

    @Test
    void caseIsIgnoredWhenAsked() throws RegexText.RefusedException {
        assertNull(RegexSyntax.compile("\\.PHP$", false).find("/a.php"));
        assertEquals(".php", RegexSyntax.compile("\\.PHP$", true).find("/a.php").group(0));
    }

    @Test
    void groupsAreKeptByNumberAndByName() throws RegexText.RefusedException {
        Regex regex = RegexSyntax.compile("^/(?:x)(?<first_1>[a-z]+)/([0-9]*)(?<opt>!)?", false);
        assertEquals(Set.of("first_1", "opt"), regex.names());
        Captures captures = regex.find("/xab/12");
        assertEquals("/xab/12", captures.group(0));
        assertEquals("ab", captures.group(1));
        assertEquals("ab", captures.named("first_1"));
        assertEquals("12", captures.group(2));
        assertNull(captures.group(3));
        assertNull(captures.named("opt"));
        assertNull(captures.group(9));
        assertNull(captures.named("other"));
    }

    @Test
    void onlyTheLineFeedEndsALine() throws RegexText.RefusedException {
        assertEquals("a", RegexSyntax.compile("a$", false).find("a\n").group(0));
        assertNull(RegexSyntax.compile("a$", false).find("a\u0085"));
        assertNull(RegexSyntax.compile("a$", false).find("a\r\n"));
    }

    @Test
    void anExpressionThatTakesTooManyStepsGivesUp() throws RegexText.RefusedException {
        assertTrue(RegexSyntax.compile("^(a+)+\\1b$", false)
                .find("a".repeat(40) + "c")
                .failed());
    }

    @Test
    void anExpressionThatTakesTooMuchStackGivesUp() throws RegexText.RefusedException {
        assertTrue(RegexSyntax.compile("^(a|b)*$", false)
                .find("ab".repeat(500_000))
                .failed());
    }

    /** The same texts nginx's own expressions are refused with stand in the twin rows of bad configurations. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "(?R) (?R",
                "(a)(?1) (?1",
                "(?+1)(a) (?+",
                "(?&n) (?&",
                "(?P>n) (?P>",
                "(?(1)a|b) (?(",
                "(?|(a)|(b)) (?|",
                "(?C1)a (?C",
                "(*UTF8)a (*UTF8)",
                "(*:x)a (*:x)",
                "(?U)a (?U",
                "(?J)a (?J",
                "(?n)a (?n",
                "(?^)a (?^",
                "(?xx)a (?xx",
                "a\\Kb \\K",
                "\\C \\C",
                "(a)\\g<1> \\g<",
                "\\p{Greek} \\p{Greek}",
                "[[:<:]]a [:<:]",
            })
    void whatPcreHasAndJavaHasNotIsLacking(String expression, String what) {
        RegexText.RefusedException refused =
                assertThrows(RegexText.RefusedException.class, () -> RegexSyntax.compile(expression, false));
        assertTrue(refused.isLacking());
        assertEquals("\"" + what + "\" in the expression \"" + expression + "\"", refused.getMessage());
    }

    @Test
    void lookingBehindOverTextOfNoFixedLengthIsTaken() throws RegexText.RefusedException {
        assertEquals(
                "b", RegexSyntax.compile("(?<=/a{1,9})b", false).find("/aab").group(0));
    }
}
