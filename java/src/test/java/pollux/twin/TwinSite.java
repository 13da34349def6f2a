package pollux.twin;

import static pollux.twin.Row.utf8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import pollux.wire.Site;

/** The document tree that both twins serve: files of many types, odd names, links; all of one time. */
final class TwinSite {
    /** More than both write at once, and not a multiple of anything. */
    static final int LARGE = 300_007;

    private TwinSite() {}

    static Site build(Site site) {
        types(site);
        folders(site);
        oddNames(site);
        links(site);
        pages(site);
        age(site.path("www"));
        return site;
    }

    private static void types(Site site) {
        site.file("www/a.txt", "0123456789");
        site.file("www/page.html", "<p>page</p>\n");
        site.file("www/UPPER.TXT", "upper\n");
        site.file("www/image.png", "\u0089PNG\r\n\0\u0001");
        site.file("www/data.json", "{}\n");
        site.file("www/style.css", "p { }\n");
        site.file("www/archive.tar.gz", "gz");
        site.file("www/unknown.xyz", "?");
        site.file("www/noextension", "none");
        site.file("www/dot.", "dot");
        site.file("www/.hidden", "hidden");
        site.file("www/empty.txt", "");
        site.file("www/one.txt", "1");
        StringBuilder large = new StringBuilder(LARGE);
        for (int i = 0; i < LARGE; i++) {
            large.append((char) ('a' + i % 26));
        }
        site.file("www/large.bin", large.toString());
    }

    private static void folders(Site site) {
        site.file("www/index.html", "root index\n");
        site.file("www/sub/index.html", "sub index\n");
        site.file("www/sub/file.txt", "sub file\n");
        site.file("www/second/home.htm", "second index\n");
        site.folder("www/bare");
        site.file("www/list/b.txt", "bb");
        site.file("www/list/a.txt", "a");
        site.folder("www/list/zfolder").folder("www/list/Afolder");
        site.folder("www/index-is-folder/index.html");
        site.file("other/o.txt", "other\n");
        site.file("other/deep/o.txt", "other deep\n");
        site.file("other/index.html", "other index\n");
        site.file("secret.txt", "secret\n");
    }

    private static void oddNames(Site site) {
        site.file("www/with space.txt", "space\n");
        site.file("www/per%cent.txt", "per cent\n");
        site.file("www/ques?tion.txt", "question\n");
        site.file("www/ha#sh.txt", "hash\n");
        site.file("www/co:lon.txt", "colon\n");
        site.file("www/back\\slash.txt", "back slash\n");
        write(site, "www/gr\u00fcn.txt");
        site.folder("www/a folder").folder("www/100%").folder("www/q?q").folder("www/p+l;u=s");
        String[] names = {
            "a b",
            "a'b",
            "a\"b",
            "a&b",
            "a<b>c",
            "a%b",
            "a?b",
            "a#b",
            "a:b",
            "a+b",
            "a;b=c",
            "a\\b",
            "tab\tbed",
            ".dot",
            "~tilde",
            "[x]",
            "{y}",
            "|",
            "^",
            "`",
            "n".repeat(49),
            "n".repeat(50),
            "n".repeat(51),
            "n".repeat(80)
        };
        for (String name : names) {
            site.file("www/odd/" + name, "odd");
        }
        write(site, "www/odd/gr\u00fcn");
        write(site, "www/odd/" + "\u00fc".repeat(60));
        write(site, "www/odd/\u65e5\u672c\u8a9e");
        site.folder("www/odd/folder").folder("www/odd/a folder");
        site.file("www/odd/large", "x".repeat(123_456));
    }

    private static void links(Site site) {
        site.link("www/link.txt", "a.txt");
        site.link("www/link-to-folder", "sub");
        site.link("www/link-out.txt", "../secret.txt");
        site.link("www/broken", "nowhere");
        site.link("www/loop", "loop");
        site.link("www/list/broken", "nowhere");
        site.link("www/list/link", "a.txt");
    }

    private static void pages(Site site) {
        site.file("www/errors/404.html", "my 404\n");
        site.file("www/errors/403.html", "my 403\n");
        site.file("www/errors/50x.html", "my 50x\n");
    }

    /** Written by the platform's own encoding of names, which is that of UTF-8 files everywhere. */
    private static void write(Site site, String name) {
        site.file(name, name.getBytes(StandardCharsets.UTF_8));
    }

    /** Folders too get the time of all files; the listing shows it. */
    private static void age(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult postVisitDirectory(Path left, IOException problem) throws IOException {
                    Files.setLastModifiedTime(left, FileTime.from(Instant.ofEpochSecond(Site.MODIFIED_SECONDS)));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A path in UTF-8 as a request line has it without escapes. */
    static String raw(String path) {
        return utf8(path);
    }
}
