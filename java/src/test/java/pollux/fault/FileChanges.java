package pollux.fault;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pollux.wire.Wire.chunked;
import static pollux.wire.Wire.request;

import java.util.List;
import java.util.function.Consumer;
import pollux.fault.HttpExchange.Check;
import pollux.fault.HttpExchange.Claim;
import pollux.wire.Site;

/**
 * Requests that change files, in {@code run/dav} and {@code run/store}: what was claimed has happened, and what was not
 * claimed has happened whole or not at all.
 */
final class FileChanges {
    private static final String CLOSE = "Connection: close";
    private static final String OLD = "what was there before\n";

    private final String content;

    /** Requests with this content, which is not {@value #OLD}. */
    FileChanges(String content) {
        this.content = content;
    }

    /** All of them. */
    List<Exchange> exchanges() {
        return List.of(
                put("PUT new", "/dav/new", "Content-Length: " + content.length(), content, 201)
                        .before(remove("run/dav/new"))
                        .after(stored("run/dav/new", content, "")),
                put("PUT into new folders", "/dav/a/b/new", "Content-Length: 5", "short", 201)
                        .before(remove("run/dav/a/b/new", "run/dav/a/b", "run/dav/a"))
                        .after(stored("run/dav/a/b/new", "short", "")),
                put("PUT over", "/dav/over", "Transfer-Encoding: chunked", chunked(content), 204)
                        .before(site -> site.file("run/dav/over", OLD))
                        .after(stored("run/dav/over", content, OLD)),
                new HttpExchange("DELETE", request("DELETE /dav/gone", CLOSE), 204)
                        .before(site -> site.file("run/dav/gone", OLD))
                        .after((site, claim) -> assertFalse(claim == Claim.DONE && site.has("run/dav/gone"))),
                new HttpExchange("DELETE folder", request("DELETE /dav/full/", CLOSE), 204)
                        .before(site -> site.file("run/dav/full/one", OLD).file("run/dav/full/in/two", OLD))
                        .after((site, claim) -> assertFalse(claim == Claim.DONE && site.has("run/dav/full"))),
                new HttpExchange("MKCOL", request("MKCOL /dav/made/", CLOSE), 201)
                        .before(remove("run/dav/made"))
                        .after((site, claim) -> assertTrue(claim != Claim.DONE || site.has("run/dav/made"))),
                copy(),
                move(),
                moveOver(),
                upload(),
                form());
    }

    private static HttpExchange put(String name, String path, String framing, String content, int status) {
        return new HttpExchange(name, request("PUT " + path, framing, CLOSE) + content, status);
    }

    /** Removes files and empty folders, as far as they are there. */
    private static Consumer<Site> remove(String... names) {
        return site -> {
            for (String name : names) {
                site.path(name).toFile().delete();
            }
        };
    }

    /** A file is new when that was claimed, and else new or as it was before: never anything between. */
    private static Check stored(String name, String fresh, String old) {
        return (site, claim) -> {
            String found = site.read(name);
            boolean isGood = found.equals(fresh) || (claim != Claim.DONE && found.equals(old));
            assertTrue(isGood, () -> name + " has " + found.length() + " bytes: " + claim);
        };
    }

    private HttpExchange copy() {
        return new HttpExchange("COPY folder", request("COPY /dav/from/", "Destination: http://h/dav/to/", CLOSE), 201)
                .before(site -> {
                    removeTree(site, "run/dav/to");
                    site.file("run/dav/from/one", OLD).file("run/dav/from/in/two", content);
                })
                .after((site, claim) -> {
                    assertTrue(claim != Claim.DONE || isTree(site, "run/dav/to"), "a copy is not whole");
                    assertTrue(!site.has("run/dav/to") || isTree(site, "run/dav/to"), "half a copy");
                    assertTrue(isTree(site, "run/dav/from"), "the source was lost");
                });
    }

    private HttpExchange move() {
        return new HttpExchange(
                        "MOVE folder", request("MOVE /dav/here/", "Destination: http://h/dav/there/", CLOSE), 201)
                .before(site -> {
                    removeTree(site, "run/dav/there");
                    site.file("run/dav/here/one", OLD).file("run/dav/here/in/two", content);
                })
                .after((site, claim) -> {
                    boolean isThere = isTree(site, "run/dav/there");
                    assertTrue(claim == Claim.DONE ? isThere : isThere || isTree(site, "run/dav/here"), "lost");
                });
    }

    private HttpExchange moveOver() {
        return new HttpExchange("MOVE over", request("MOVE /dav/file", "Destination: /dav/target", CLOSE), 204)
                .before(site -> site.file("run/dav/file", content).file("run/dav/target", OLD))
                .after((site, claim) -> {
                    String target = site.read("run/dav/target");
                    boolean isMoved = target.equals(content) && !site.has("run/dav/file");
                    boolean isAsBefore =
                            target.equals(OLD) && site.read("run/dav/file").equals(content);
                    assertTrue(isMoved || (claim != Claim.DONE && isAsBefore), () -> "neither moved nor not: " + claim);
                });
    }

    private boolean isTree(Site site, String folder) {
        return site.read(folder + "/one").equals(OLD)
                && site.read(folder + "/in/two").equals(content);
    }

    private static void removeTree(Site site, String folder) {
        for (String name : List.of("/one", "/in/two", "/in", "")) {
            site.path(folder + name).toFile().delete();
        }
    }

    private HttpExchange upload() {
        return new HttpExchange(
                        "upload",
                        request("POST /upload/plain", "Content-Length: " + content.length(), CLOSE) + content,
                        201)
                .before(remove("run/store/plain"))
                .after(stored("run/store/plain", content, ""));
    }

    private HttpExchange form() {
        String body = part("one", OLD) + part("two", content) + "--x--\r\n";
        String head = request(
                "POST /upload",
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Length: " + body.length(),
                CLOSE);
        return new HttpExchange("form", head + body, 201)
                .before(remove("run/store/one", "run/store/two"))
                .after((site, claim) -> {
                    stored("run/store/one", OLD, "").look(site, claim);
                    stored("run/store/two", content, "").look(site, claim);
                    assertTrue(
                            claim == Claim.UNKNOWN || site.has("run/store/one") == site.has("run/store/two"),
                            "half a form is stored");
                });
    }

    private static String part(String name, String content) {
        return "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + name + "\"\r\n\r\n" + content
                + "\r\n";
    }
}
