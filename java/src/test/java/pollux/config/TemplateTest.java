package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values with variables, and log lines. */
class TemplateTest {
    /** Every variable shows its own name; $content_length has no value. */
    private static final Variables NAMES = variable -> switch (variable.name()) {
        case CONTENT_LENGTH -> null;
        case CAPTURE -> "capture" + variable.index();
        default -> variable.name() + (variable.rest().isEmpty() ? "" : ":" + variable.rest());
    };

    @TempDir
    Path folder;

    static Stream<Arguments> templates() {
        return Conf.rows("""
                plain                      => plain
                $host                      => HOST
                ${host}                    => HOST
                a${host}b$uri-c            => aHOSTbURI-c
                $host$uri                  => HOSTURI
                $HOST                      => HOST
                $1$2x$3                    => capture1capture2xcapture3
                $12                        => capture12
                $arg_Page                  => ARG:page
                $proxy_protocol_tlv_ssl_cn => PROXY_PROTOCOL_TLV:ssl_cn
                $http_user_agent           => HTTP:user_agent
                $sent_http_content_type    => SENT_HTTP:content_type
                $cookie_A                  => COOKIE:a
                $session_id                => SESSION_ID
                $session_name              => SESSION:name
                [$content_length]          => []
                $word_x                    => NAMED_CAPTURE:word_x
                """);
    }

    @ParameterizedTest
    @MethodSource("templates")
    void variablesAreReplaced(String written, String expected) throws ConfException {
        // The expression stands below its use: a capture's name is known everywhere.
        ServerBlock server = new Conf(folder).server("return 200 \"" + written + "\"; location ~ ^/(?<word_x>.*)$ { }");
        Template template = server.returns().text();
        assertEquals(expected, template.render(NAMES));
        StringBuilder out = new StringBuilder("x");
        template.renderTo(out, NAMES);
        assertEquals("x" + expected, out.toString());
        assertEquals(written.indexOf('$') < 0, template.isConstant());
        assertEquals(written, template.source());
    }

    @Test
    void constantsAreNotCopied() {
        Template template = Template.constant("$x");
        assertTrue(template.isConstant());
        assertSame(template.render(NAMES), template.render(NAMES));
        assertEquals("$x", template.render(NAMES));
    }

    @ParameterizedTest
    @CsvSource({
        "www, <prefix>/www",
        "/srv/www, /srv/www",
        "www/, <prefix>/www",
        "/, ''",
        "sites/$host, <prefix>/sites/HOST",
        "$host/www, HOST/www",
    })
    void relativePathsLieBelowThePrefixUnlessTheyBeginWithAVariable(String written, String expected)
            throws ConfException {
        Location location = new Conf(folder).location("root " + written + ";");
        assertEquals(
                expected.replace("<prefix>", folder.toString()),
                location.files().root().path().render(NAMES));
    }

    @Test
    void prefixIsNotReadAsAVariable() throws ConfException {
        Location location = new Conf(folder.resolve("a$uri")).location("root $host; index x;");
        assertEquals("HOST", location.files().root().path().render(NAMES));
        Location constant = new Conf(folder.resolve("a$uri")).location("root x;");
        assertEquals(folder + "/a$uri/x", constant.files().root().path().render(NAMES));
    }

    @Test
    void namesThatNobodyKnowsAreNone() {
        assertNull(Variable.of("nobody"));
        assertNull(Variable.of("0"));
        assertNull(Variable.of("arg"));
        assertNull(Variable.of("named_capture"));
        assertEquals(Variable.of("host"), Variable.of("Host"));
    }

    @Test
    void combinedIsNginxsLine() throws ConfException {
        LogSettings.AccessLog log =
                new Conf(folder).location("").logs().access().get(0);
        Variables request = variable -> switch (variable.name()) {
            case REMOTE_ADDR -> "127.0.0.1";
            case TIME_LOCAL -> "23/Nov/2026:06:26:23 +0000";
            case REQUEST -> "GET /\"x\" HTTP/1.1";
            case STATUS -> "200";
            case BODY_BYTES_SENT -> "5";
            case HTTP -> variable.rest().equals("user_agent") ? "a\\b\u00e9\n" : null;
            default -> null;
        };
        LogLine line = new LogLine();
        log.format().renderTo(line, request);
        assertEquals(
                "127.0.0.1 - - [23/Nov/2026:06:26:23 +0000] \"GET /\\x22x\\x22 HTTP/1.1\" 200 5 \"-\" "
                        + "\"a\\x5Cb\\xE9\\x0A\"",
                text(line));
        assertEquals("combined", log.format().name());
    }

    @ParameterizedTest
    @CsvSource({
        "default, '[\\x22\\x5C\\x09\\x01\\xFF-]'",
        "json, '[\\\"\\\\\\t\\u0001\u00ff]'",
        "none, '[\"\\\t\u0001\u00ff]'",
    })
    void valuesAreEscapedForTheLog(String escape, String expected) throws ConfException {
        Config config = new Conf(folder)
                .load("http { log_format f escape=" + escape + " '[$uri' '$content_length]';"
                        + " server { listen 8080; access_log x f; } }");
        LogFormat format = config.servers().get(0).root().logs().access().get(0).format();
        LogLine line = new LogLine();
        format.renderTo(line, variable -> variable.name() == Variable.Name.URI ? "\"\\\t\u0001\u00ff" : null);
        assertEquals(expected, text(line));
        assertFalse(text(line).isEmpty());
    }

    private static String text(LogLine line) {
        return new String(line.bytes(), 0, line.length(), StandardCharsets.ISO_8859_1);
    }
}
