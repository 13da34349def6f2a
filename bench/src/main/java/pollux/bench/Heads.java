package pollux.bench;

import java.util.Collections;

/** Heads of requests as they come: what clients send, and what an attacker sends within the server's bounds. */
public enum Heads {
    /** The least that HTTP/1.1 allows. */
    MINIMAL("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),

    /** A load generator's. */
    WRK("GET /1k.bin HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n"),

    /** A browser's, for an image on a page that has set two cookies. */
    BROWSER("""
            GET /files/pictures/2026/gemini-overview.svg?size=large&lang=en HTTP/1.1
            Host: www.example.org
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0
            Accept: image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5
            Accept-Language: en-GB,en;q=0.7,de;q=0.3
            Accept-Encoding: gzip, deflate, br, zstd
            Referer: http://www.example.org/files/pictures/
            Connection: keep-alive
            Cookie: session=8f1d5a2b90c74e7d; theme=dark
            Sec-Fetch-Dest: image
            Sec-Fetch-Mode: no-cors
            Sec-Fetch-Site: same-origin
            Priority: u=5, i
            If-Modified-Since: Mon, 23 Nov 2026 06:48:12 GMT
            If-None-Match: "6ac2f0dc-400"

            """.replace("\n", "\r\n")),

    /** As many field lines as are taken. */
    MANY_FIELDS("GET / HTTP/1.1\r\nHost: a\r\n" + repeat("X-Filler: 1\r\n", 99) + "\r\n"),

    /** A target that fills a request line. */
    LONG_TARGET("GET /" + repeat("a/../b%20", 900) + " HTTP/1.1\r\nHost: a\r\n\r\n"),

    /** One field line that is as long as any may be. */
    LONG_VALUE("GET / HTTP/1.1\r\nHost: a\r\nX-Filler: " + repeat("v ", 4080) + "\r\n\r\n");

    /** The bytes, one a character. */
    final String text;

    Heads(String text) {
        this.text = text;
    }

    static String repeat(String piece, int times) {
        return String.join("", Collections.nCopies(times, piece));
    }
}
