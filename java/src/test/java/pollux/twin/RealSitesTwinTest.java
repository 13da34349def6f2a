package pollux.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pollux.wire.ServerProcess;
import pollux.wire.Site;

/**
 * A main file that includes sites of the kinds that people have: a distribution's default, the static half of a weblog,
 * static hosting, users' folders, an application of one page, redirects, a content management system. Both servers load them as they are, and answer alike.
 */
class RealSitesTwinTest extends TwinTable {
    private static final List<String> FILES = List.of(
            "nginx.conf",
            "mime.types",
            "conf.d/catch-all.conf",
            "snippets/hidden.conf",
            "snippets/fields.conf",
            "sites-enabled/default",
            "sites-enabled/blog",
            "sites-enabled/pages",
            "sites-enabled/users",
            "sites-enabled/app",
            "sites-enabled/moved",
            "sites-enabled/cms");

    private static String resource(String name) {
        try (InputStream text = RealSitesTwinTest.class.getResourceAsStream("/pollux/sites/" + name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As they lie in a folder: included by pattern, everything beside the main file. */
    @Test
    void bothLoadTheFilesAsTheyAre() {
        try (Site site = Site.create().folder("logs")) {
            for (String name : FILES) {
                site.file(name, resource(name).replace("@port@", "18080"));
            }
            String nginx = NginxProcess.test(site, "nginx.conf").replace("nginx: ", "pollux: ");
            String warning = "pollux: [warn] the \"gzip\" directive is passed over, answers are not compressed in "
                    + site.path("nginx.conf") + ":63\n";
            String pollux = ServerProcess.test(site, "nginx.conf");
            assertTrue(pollux.contains(warning), pollux);
            assertEquals(nginx, pollux.replace(warning, ""));
        }
    }

    @Override
    String configuration() {
        // The folder has one main file for each server, and each has a port of its own: sites stand in it whole.
        StringBuilder blocks = new StringBuilder("include mime.types; charset utf-8; server_tokens off;\n");
        blocks.append("log_format timed '$status';\n");
        FILES.stream()
                .filter(name -> name.startsWith("conf.d/") || name.startsWith("sites-enabled/"))
                .forEach(name -> blocks.append(resource(name)));
        return blocks.toString();
    }

    @Override
    Site site() {
        return Site.create()
                .folder("dav")
                .file("mime.types", resource("mime.types"))
                .file("snippets/hidden.conf", resource("snippets/hidden.conf"))
                .file("snippets/fields.conf", resource("snippets/fields.conf"))
                .file("passwords", "ann:{PLAIN}pw\n")
                .file("app/index.html", "app")
                .file("app/assets/app.0a1b.js", "js")
                .file("html/index.html", "<h1>It works</h1>\n")
                .file("html/50x.html", "broken")
                .file("html/sub/index.htm", "sub")
                .folder("html/empty")
                .file("blog/index.html", "blog")
                .file("blog/404.html", "no such page")
                .file("blog/style.css", "a{}")
                .file("blog/.hidden", "secret")
                .file("blog/.well-known/token", "token")
                .file("blog/uploads/x.php", "<?php ?>")
                .file("blog/robots.txt", "User-agent: *\n")
                .file("pages/one/index.html", "one")
                .file("pages/one/about.html", "about")
                .file("pages/one/deep/index.html", "deep")
                .file("pages/one/assets/a.png", "png")
                .file("home/ann/public_html/index.html", "ann")
                .file("home/ann/public_html/notes.txt", "notes")
                .file("home/ann/public_html/list/a.txt", "a");
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        ask(rows, "nobody.test", "/", "/index.html");
        ask(rows, "default.test", "/", "/index.html", "/sub/", "/sub", "/empty/", "/empty", "/none", "/50x.html");
        ask(rows, "www.blog.test", "/", "/style.css", "/none.css", "/a/permalink?x=1", "/.hidden", "/favicon.ico");
        ask(rows, "a.blog.test", "/.well-known/token", "/uploads/x.php", "/robots.txt", "/50x.html", "/404.html");
        ask(rows, "one.pages.test", "/", "/about", "/deep", "/deep/", "/assets/a.png", "/old.html", "/none?log=1");
        ask(rows, "one.pages.test", "/2024/story", "/2024/", "/assets/none", "/%22x%22");
        ask(rows, "two.pages.test", "/", "/assets/a.png");
        ask(rows, "www.pages.test", "/path?query");
        ask(rows, "users.test", "/~ann", "/~ann/", "/~ann/notes.txt", "/~ann/list", "/~ann/none", "/~bob/", "/~", "/");
        ask(rows, "app.test", "/", "/deep/route?x", "/assets/app.0a1b.js", "/assets/none.js", "/assets/", "/assets");
        ask(rows, "app.test", "/health", "/api/x", "/index.html", "/50x.html", "/none.png");
        rows.add(Row.raw(Row.text("HEAD /deep", "app.test")));
        rows.add(Row.raw(Row.text("POST /api/x", "app.test", "Content-Length: 0")));
        ask(rows, "www.moved.test", "/a?b=c", "/");
        ask(rows, "x.old.test", "/p?q");
        ask(
                rows,
                "moved.test",
                "/feed",
                "/archive/x",
                "/article/12",
                "/article/12/?x=1",
                "/gone/",
                "/teapot",
                "/secret");
        ask(rows, "moved.test", "/de/x/y", "/EN/", "/de", "/");
        ask(rows, "mended.test", "/", "/x?y", "/static/index.html", "/static/none");
        ask(
                rows,
                "cms.test",
                "/",
                "/robots.txt",
                "/notes.txt",
                "/xmlrpc.php",
                "/favicon.ico",
                "/a.b/c.php",
                "/.git/config");
        ask(rows, "cms.test", "/.well-known/token", "/sites/x/files/y.php", "/core/a.yml", "/x.php~", "/composer.json");
        ask(rows, "cms.test", "/style.css", "/none.js", "/node/1?x", "/download/about.html", "/download/", "/admin/");
        rows.add(Row.raw(Row.text("GET /admin/", "cms.test", "Authorization: Basic YW5uOnB3")));
        rows.add(Row.raw(Row.text("GET /admin/", "cms.test", "Authorization: Basic YW5uOng=")));
        return rows;
    }

    private static void ask(List<Row> rows, String host, String... targets) {
        for (String target : targets) {
            rows.add(Row.host(host, target));
        }
    }
}
