package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows as a whole. */
class DirectiveTableTest {
    @Test
    void noDirectiveIsBothThereAndMissing() {
        Set<String> both = DirectiveTable.entries().stream()
                .map(DirectiveTable.Entry::name)
                .collect(Collectors.toCollection(HashSet::new));
        both.retainAll(NginxDirectives.MISSING);
        assertEquals(Set.of(), both);
    }

    @ParameterizedTest
    @CsvSource({
        "accept_mutex", "autoindex", "internal", "proxy_pass", "ssl_certificate", "uwsgi_ssl_verify_depth", "http3",
        "quic_retry", "grpc_ssl_certificate_cache", "early_hints", "starttls", "ssl_preread", "xslt_types", "perl_set",
        "image_filter_sharpen", "geoip_proxy", "max_headers", "post_action", "js_preload_object", "ssl_ech_file"
    })
    void namesOfNginxAreKnown(String name) {
        assertTrue(DirectiveTable.ALL.row(name) != null || NginxNames.has(name));
    }

    @Test
    void everyRowSaysWhatItMeans() {
        for (DirectiveTable.Entry entry : DirectiveTable.entries()) {
            assertTrue(entry.name().matches("[a-z0-9_]+"), entry.name());
            assertTrue(entry.meaning().endsWith(entry.origin().equals("no effect") ? "" : "."), entry.name());
            assertFalse(entry.meaning().isEmpty(), entry.name());
            assertFalse(entry.contexts().isEmpty(), entry.name());
            assertTrue(Set.of("nginx", "no effect", "Pollux").contains(entry.origin()), entry.name());
        }
    }

    @Test
    void polluxsOwnAreThoseOfTheContract() {
        assertEquals(
                Set.of(
                        "allow_methods",
                        "cgi",
                        "cgi_assign",
                        "cgi_interpreter",
                        "cgi_param",
                        "cgi_working_dir",
                        "cgi_timeout",
                        "cgi_max_processes",
                        "cgi_queue_timeout",
                        "cgi_stderr",
                        "cgi_limits",
                        "upload_store",
                        "upload_store_access",
                        "upload_sync",
                        "session",
                        "session_cookie",
                        "session_timeout",
                        "session_max",
                        "session_store",
                        "use"),
                DirectiveTable.entries().stream()
                        .filter(entry -> entry.origin().equals("Pollux"))
                        .map(DirectiveTable.Entry::name)
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @CsvSource({
        "listen, listen, 0",
        "lisen, listen, 1",
        "lsiten, listen, 1",
        "listenn, listen, 1",
        "lixten, listen, 1",
        "'', listen, 6",
        "kitten, sitting, 3",
    })
    void distanceCountsLettersToChange(String a, String b, int expected) {
        assertEquals(expected, NearestName.distance(a, b));
        assertEquals(expected, NearestName.distance(b, a));
    }
}
