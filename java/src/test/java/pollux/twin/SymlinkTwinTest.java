package pollux.twin;

import static pollux.twin.Row.get;
import static pollux.twin.Row.request;
import static pollux.twin.Row.send;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pollux.wire.Site;

/** {@code disable_symlinks}: where links are refused, by whose they are, and from which folder on. */
class SymlinkTwinTest extends TwinTable {
    private static final int NOBODY = 65_534;

    @Override
    Site site() {
        Site site = TwinSite.build(Site.create());
        site.link("way", "www").link("www/bare/link.txt", "../a.txt").link("www/index-link", "list");
        site.folder("www/linked").link("www/linked/index.html", "../a.txt");
        site.file("dav/nginx/real/x.txt", "x").link("dav/nginx/way", "real").link("dav/nginx/x.txt", "real/x.txt");
        site.file("dav/pollux/real/x.txt", "x").link("dav/pollux/way", "real").link("dav/pollux/x.txt", "real/x.txt");
        foreign(site, "www/foreign.txt", "a.txt", "/etc/passwd");
        foreign(site, "www/foreign", "sub", "/etc");
        return site;
    }

    /** A link that has another owner than what it leads to: only the superuser can give one away. */
    private static void foreign(Site site, String name, String target, String systems) {
        site.link(name, target);
        Path link = site.path(name);
        try {
            Files.setAttribute(link, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException notTheSuperuser) {
            delete(link);
            site.link(name, systems);
        }
    }

    private static void delete(Path link) {
        try {
            Files.delete(link);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    String configuration() {
        return """
                types { text/plain txt; text/html html; }
                server {
                    listen 127.0.0.1:@port@;
                    root www;
                    disable_symlinks on;
                    location /off/ { alias www/; disable_symlinks off; open_file_cache max=10; }
                    location /on/ { alias www/; disable_symlinks on; open_file_cache max=10 inactive=60s;
                        open_file_cache_errors on; }
                    location /own/ { alias www/; disable_symlinks if_not_owner; }
                    location /way/ { alias way/; }
                    location /from/ { alias way/; disable_symlinks on from=$document_root; }
                    location /from-part/ { alias way/; disable_symlinks on from=w; }
                    location /from-nothing/ { alias way/; disable_symlinks on from=$arg_none; }
                    location /from-arg/ { alias way/; disable_symlinks on from=$document_root$arg_more; }
                    location /from-all/ { alias way/; disable_symlinks on from=$request_filename; }
                    location /try/ { alias www/; try_files $uri $uri/ =410; }
                    location /list/ { autoindex on; }
                    location /index-link/ { autoindex on; }
                    location /dav/ { alias dav/@name@/; disable_symlinks off; dav_methods PUT DELETE MKCOL COPY MOVE; }
                }
                """;
    }

    @Override
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        List<String> folders = List.of(
                "/",
                "/off/",
                "/on/",
                "/own/",
                "/way/",
                "/from/",
                "/from-part/",
                "/from-nothing/",
                "/from-arg/",
                "/from-all/",
                "/try/",
                // what one location keeps must not let another's link through, nor the other way round
                "/off/",
                "/");
        List<String> names = List.of(
                "a.txt",
                "link.txt",
                "link-to-folder",
                "link-to-folder/",
                "link-to-folder/file.txt",
                "link-to-folder/none",
                "link-out.txt",
                "broken",
                "loop",
                "loop/",
                "foreign.txt",
                "foreign",
                "foreign/",
                "foreign/file.txt",
                "sub/",
                "sub/file.txt",
                "linked/",
                "bare/link.txt",
                "none",
                "none/",
                "link.txt/",
                "link.txt/below");
        for (String folder : folders) {
            for (String name : names) {
                rows.add(get(folder + name));
            }
        }
        rows.add(get("/from-arg/bare/link.txt?more=bare"));
        rows.add(get("/from-arg/bare/link.txt?more=bare/"));
        rows.add(get("/from-arg/bare/link.txt?more=bare/link.txt"));
        rows.add(get("/from-arg/link-to-folder/file.txt?more=link-to-folder"));
        rows.add(get("/from-arg/link-to-folder/file.txt?more=link"));
        rows.add(get("/list/").but(Deliberate.LISTING));
        rows.add(get("/index-link/"));
        // Where links are followed; nginx's dav module follows them everywhere.
        rows.add(send("PUT /dav/way/new.txt", "new"));
        rows.add(request("MKCOL /dav/way/folder/"));
        rows.add(request("DELETE /dav/way/folder/"));
        rows.add(request("COPY /dav/way/new.txt", "Destination: http://h/dav/way/copy.txt"));
        rows.add(request("MOVE /dav/way/copy.txt", "Destination: http://h/dav/way/moved.txt"));
        rows.add(request("DELETE /dav/way/moved.txt"));
        rows.add(send("PUT /dav/x.txt", "y"));
        rows.add(get("/dav/x.txt"));
        rows.add(get("/dav/way/new.txt"));
        return rows;
    }
}
