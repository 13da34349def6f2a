package pollux.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The locations of a server: sorted for looking up, nested, each with its own document root. */
class LocationsTest {
    @TempDir
    Path folder;

    private static List<String> shown(List<Location> locations) {
        return locations.stream().map(l -> l.kind() + " " + l.pattern()).toList();
    }

    @Test
    void kindsAreKeptApartAndInOrder() throws ConfException {
        Locations locations = new Conf(folder).server("""
                        location / { }
                        location /abc { }
                        location ^~ /ab { }
                        location = /abc { }
                        location =/x { }
                        location ~ b$ { }
                        location ~* a$ { }
                        location ~*c$ { }
                        location ~d$ { }
                        location ^~/y { }
                        location @name { }
                        """).locations();
        assertEquals(
                List.of("PREFIX /abc", "PREFIX_NO_REGEX /ab", "PREFIX_NO_REGEX /y", "PREFIX /"),
                shown(locations.prefixes()));
        assertEquals(List.of("REGEX b$", "REGEX_NOCASE a$", "REGEX_NOCASE c$", "REGEX d$"), shown(locations.regexes()));
        assertEquals(Set.of("/abc", "/x"), locations.exact().keySet());
        assertEquals(Set.of("@name"), locations.named().keySet());
        assertNotNull(locations.regexes().get(1).regex().find("xA"));
        assertNull(locations.regexes().get(0).regex().find("xB"));
        assertFalse(locations.isEmpty());
    }

    @Test
    void locationsNest() throws ConfException {
        Location outer = new Conf(folder)
                .server("location /a/ { location /a/b { location ~ c { } } location = /a/ { } }")
                .locations()
                .prefixes()
                .get(0);
        assertEquals(List.of("PREFIX /a/b"), shown(outer.nested().prefixes()));
        assertEquals(Set.of("/a/"), outer.nested().exact().keySet());
        Location inner = outer.nested().prefixes().get(0);
        assertEquals(List.of("REGEX c"), shown(inner.nested().regexes()));
        assertTrue(inner.nested().regexes().get(0).nested().isEmpty());
    }

    @Test
    void theServersOwnLevelIsALocationToo() throws ConfException {
        ServerBlock server = new Conf(folder).server("root /r; return 403; location / { root /l; }");
        assertEquals(Location.Kind.SERVER, server.root().kind());
        assertEquals("/r", server.root().files().root().path().source());
        assertNull(server.root().returns());
        assertEquals(403, server.returns().code());
    }

    @Test
    void aliasKnowsHowMuchOfThePathItStandsFor() throws ConfException {
        Locations locations = new Conf(folder)
                .server("location /pic/ { alias /p/; location /pic/a/ { } } location ~ ^/x/(.*)$ { alias /y/$1; }")
                .locations();
        Location prefix = locations.prefixes().get(0);
        assertEquals("/p/", prefix.files().root().path().source());
        assertTrue(prefix.files().root().alias());
        assertEquals(5, prefix.files().root().replaced());
        assertEquals(5, prefix.nested().prefixes().get(0).files().root().replaced());
        assertEquals(-1, locations.regexes().get(0).files().root().replaced());
    }

    @Test
    void rootInsideAliasHidesIt() throws ConfException {
        Location outer = new Conf(folder)
                .server("root /r; location /a/ { alias /p/; location /a/b { root /q; } }")
                .locations()
                .prefixes()
                .get(0);
        FileSettings.DocumentRoot inner =
                outer.nested().prefixes().get(0).files().root();
        assertEquals("/q", inner.path().source());
        assertFalse(inner.alias());
        assertEquals(0, inner.replaced());
    }

    @Test
    void internalIsInherited() throws ConfException {
        Location outer = new Conf(folder)
                .server("location /a { internal; location /a/b { } }")
                .locations()
                .prefixes()
                .get(0);
        assertTrue(outer.internal());
        assertTrue(outer.nested().prefixes().get(0).internal());
    }
}
