package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Words and what ends them. The expected side is what nginx does with the same bytes. */
class ConfLexerTest {
    static Stream<Arguments> texts() {
        return Conf.rows("""
                a b c;              => a|b|c ;
                a;b;                => a ; b ;
                a{b;}               => a { b ; }
                a { }               => a { }
                a #x ; {\\nb;       => a|b ;
                # only a comment    =>
                a b#c;              => a|b#c ;
                a "b c";            => a|b c ;
                a 'b "c" d';        => a|b "c" d ;
                a "";               => a| ;
                a "b;{}#";          => a|b;{}# ;
                a b"c d";           => a|b"c|d" ;
                a "b"{c;}           => a|b { c ; }
                a "b")c;            => a|b|)c ;
                a ${b}c;            => a|${b}c ;
                a x${b}{c;}         => a|x${b} { c ; }
                a $b{c;}            => a|$b { c ; }
                a "${b}";           => a|${b} ;
                a \\ b;             => a|\\ b ;
                a \\;b;             => a|\\;b ;
                a \\"b\\";          => a|"b" ;
                a "b\\"c";          => a|b"c ;
                a 'b\\'c';          => a|b'c ;
                a \\\\b;            => a|\\b ;
                a x\\ty\\rz\\d;     => a|x<tab>y<cr>z\\d ;
                a b}c;              => a|b}c ;
                "a" b;              => a|b ;
                """);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void cutsTextIntoDirectives(String text, String expected) throws ConfException {
        assertEquals(expected, render(new ConfLexer("f", text)));
    }

    private static String render(ConfLexer lexer) throws ConfException {
        List<String> shown = new ArrayList<>();
        List<String> words = new ArrayList<>();
        while (true) {
            ConfLexer.End end = lexer.next(words);
            if (!words.isEmpty()) {
                shown.add(String.join("|", words).replace("\t", "<tab>").replace("\r", "<cr>"));
            }
            switch (end) {
                case SEMICOLON -> shown.add(";");
                case BLOCK_OPENS -> shown.add("{");
                case BLOCK_CLOSES -> shown.add("}");
                case TEXT_ENDS -> {
                    return String.join(" ", shown);
                }
            }
        }
    }

    @Test
    void backslashNBecomesLineFeed() throws ConfException {
        List<String> words = new ArrayList<>();
        new ConfLexer("f", "return 200 \"a\\nb\";").next(words);
        assertEquals(List.of("return", "200", "a\nb"), words);
    }

    @Test
    void directiveStandsWhereItEnds() throws ConfException {
        ConfLexer lexer = new ConfLexer("f", "\na\nb\n;\nc;");
        List<String> words = new ArrayList<>();
        lexer.next(words);
        assertEquals(new Position("f", 4), lexer.position());
        lexer.next(words);
        assertEquals(new Position("f", 5), lexer.position());
    }

    @Test
    void wordMayHave4096BytesAndNoMore() throws ConfException {
        String longest = "x".repeat(4095);
        List<String> words = new ArrayList<>();
        new ConfLexer("f", "a " + longest + ";").next(words);
        assertEquals(longest, words.get(1));

        ConfLexer plain = new ConfLexer("f", "a\n0123456789" + longest + ";");
        assertEquals(
                "too long parameter \"0123456789...\" started in f:2",
                assertThrows(ConfException.class, () -> plain.next(words)).getMessage());
        ConfLexer quoted = new ConfLexer("f", "a \"" + longest + "\n\n" + longest);
        assertEquals(
                "too long parameter, probably missing terminating \"\"\" character in f:1",
                assertThrows(ConfException.class, () -> quoted.next(words)).getMessage());
    }
}
