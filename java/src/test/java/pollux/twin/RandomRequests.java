package pollux.twin;

import java.util.List;
import java.util.Random;

/**
 * Pipelines of requests, most of them valid, the others wrong in one of the ways in which servers have been brought to
 * disagree: about methods, targets, versions, line ends, fields, lengths, codings and chunks. The same seed gives the same
 * pipelines. Content likes to look like a request, so that whoever loses count answers {@code /smuggled}.
 */
final class RandomRequests {
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

    private static final List<String> METHODS =
            List.of("GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");
    private static final List<String> ODD_METHODS =
            List.of("get", "FOO", "TRACE", "CONNECT", "G-T", "G T", "GET\t", "\u00e9");
    private static final List<String> TARGETS =
            List.of("/file.txt", "/echo/a?b=c", "/put/x", "/put/y", "/echo/", "/missing/a", "http://h/echo/abs");
    private static final List<String> ODD_TARGETS = List.of(
            "/%66ile.txt",
            "//file.txt",
            "/./echo/../file.txt",
            "/../x",
            "/echo/a%00b",
            "/echo/%zz",
            "/echo/%4",
            "*",
            "h:80",
            "",
            "/echo/a#b",
            "/echo/a b",
            "/echo/\u00fc",
            "/echo/\u007f",
            "\\echo",
            "http://h",
            "http://u@h/echo/",
            "http:///echo/",
            "ftp://h/echo/",
            "https://h/echo/x",
            "HTTP://h/echo/x",
            "http://h:99999/echo/",
            "http://h:/echo/",
            "/echo/%2e%2e/..%2f..%2fx",
            "/echo/..;/x",
            "/echo/%c0%ae",
            "/echo/\"<>",
            "/echo/..%2f..%2f..%2fx",
            "file.txt");
    private static final List<String> ODD_VERSIONS = List.of(
            "HTTP/1.2",
            "HTTP/2.0",
            "HTTP/0.9",
            "http/1.1",
            "HTTP/1.1 ",
            "HTTP/1.",
            "HTTP/01.1",
            "HTTP/1.10",
            "HTTP/3.0",
            "HTTP/11.1",
            "HTTP /1.1",
            "FTP/1.1");
    private static final List<String> FIELDS = List.of(
            "X-A: b",
            "Accept: */*",
            "X-Empty:",
            "Cookie: a=b",
            "Connection: keep-alive",
            "User-Agent: x y (z)",
            "X-`|~: ok",
            "X-Utf: \u00c3\u00bc",
            "If-None-Match: \"none\"",
            "Range: bytes=0-1");
    private static final List<String> ODD_FIELDS = List.of(
            "Host: other",
            "Host:",
            "Host: a b",
            "Host: u@h",
            "Host: h:99999",
            "X : b",
            " folded",
            "\tfolded",
            ": empty",
            "no-colon",
            "X_Y: z",
            "X: a\u0000b",
            "X: a\u0001b",
            "X: a\rb",
            "X(: y",
            "X\u00e9: y",
            "X: \u007f",
            "Connection: close",
            "Connection: close, x",
            "Connection: x,Keep-Alive",
            "Expect: 100-continue",
            "Expect: teapot",
            "Upgrade: h2c",
            "TE: chunked",
            "Trailer: X",
            "Content-Encoding: chunked",
            "Connection: Content-Length, Transfer-Encoding",
            "Connection: close\r\nConnection: keep-alive",
            "Expect: 100-continue, x",
            "Range: bytes=0-0\r\nRange: bytes=1-1",
            "If-Range: \"x\"\r\nIf-Range: \"x\"",
            "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\nIf-Modified-Since: x",
            "X: a\r\r",
            "X:\r\n\ty",
            "Proxy: x",
            "X: " + "y".repeat(9000));
    private static final List<String> ODD_LENGTHS = List.of(
            "Content-Length: +@",
            "Content-Length: -@",
            "Content-Length: 0x@",
            "Content-Length: @, @",
            "Content-Length: @,",
            "Content-Length:",
            "Content-Length: @ @",
            "Content-Length: 99999999999999999999",
            "Content-Length: 0@",
            "Content-Length:\t@",
            "Content-Length: @\t",
            "Content-Length: @\r\nContent-Length: @",
            "content-length:@",
            "Content-Length: @\r\nContent-Length: 0",
            "Content_Length: @",
            "Content-Length : @",
            "Content-Length: @.0",
            "Content-Length: \u00b2",
            "Content-Length: @;x",
            "X: y\r\n Content-Length: @",
            "Content-Length\u0000: @");
    private static final List<String> ODD_CODINGS = List.of(
            "xchunked",
            "chunkedx",
            "identity",
            "gzip",
            "gzip, chunked",
            "chunked, gzip",
            "chunked, chunked",
            ",chunked",
            "chunked,",
            "\"chunked\"",
            "\tchunked",
            "chunked\t",
            "\u000bchunked",
            "chunked;q=1",
            "CHUNKED",
            "",
            "chun ked",
            "chunked\r\nTransfer-Encoding: chunked",
            "chunked\r\nTransfer-Encoding: identity",
            "identity\r\nTransfer-Encoding: chunked",
            "chunked\r\nContent-Length: 3",
            "chunked\r\nContent-Length: 0",
            "\u0000chunked",
            "chunked\u0000",
            "\r\n chunked",
            "chunked\rX");
    private static final List<String> CHUNKS = List.of(
            "3\r\nabc\r\n",
            "1;x\r\na\r\n",
            "2;x=y\r\nab\r\n",
            "1;x=\"y;\\\"z\"\r\na\r\n",
            "0A\r\n0123456789\r\n",
            "a\r\n0123456789\r\n");
    private static final List<String> ODD_CHUNKS = List.of(
            "3\nabc\r\n",
            "3\r\nabc\n",
            "3\r\nabcd\r\n",
            "3\r\nab\r\n",
            " 3\r\nabc\r\n",
            "3 \r\nabc\r\n",
            "3\t\r\nabc\r\n",
            "0x3\r\nabc\r\n",
            "+3\r\nabc\r\n",
            "-3\r\nabc\r\n",
            "\r\nabc\r\n",
            "3;\r\nabc\r\n",
            "3;=\r\nabc\r\n",
            "3;a\nb\r\nabc\r\n",
            "3;a\rb\r\nabc\r\n",
            "ffffffffffffffff3\r\nabc\r\n",
            "8000000000000000\r\nabc\r\n",
            "3\rX\nabc\r\n",
            "3\r\nabc",
            "3\r\nabc\r\r\n",
            "g\r\nabc\r\n",
            "3;\u0000\r\nabc\r\n",
            "3 ;x\r\nabc\r\n");
    private static final List<String> ENDS =
            List.of("0\r\n\r\n", "0\r\n\r\n", "000\r\n\r\n", "0\r\nT: v\r\n\r\n", "0;x\r\n\r\n");
    private static final List<String> ODD_ENDS = List.of(
            "",
            "0\r\n",
            "0\n\n",
            "0\r\n\n",
            "0\n\r\n",
            "0\r\nT: v\n\r\n",
            "0\r\nT : v\r\n\r\n",
            "0\r\n folded\r\n\r\n",
            "0\r\n: v\r\n\r\n",
            "0\r\nT: \u0000\r\n\r\n",
            "0\r\nContent-Length: 5\r\n\r\n",
            "0\r\nno-colon\r\n\r\n",
            "0\r\n\r",
            "0 \r\n\r\n",
            "0\r\nT: a\rb\r\n\r\n");
    private static final String HOSTILE = "\r\n\t :,;\u0000\u000b\u007f\u00ff0aG/%?#\"\\";

    private final Random random;
    private boolean valid;

    RandomRequests(long seed) {
        random = new Random(seed);
    }

    /** Whether nothing is wrong in the pipeline that {@link #next} made last. */
    boolean isValid() {
        return valid;
    }

    /** One to four requests. */
    String next() {
        valid = true;
        StringBuilder all = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            all.append(request());
        }
        if (oneIn(12)) {
            valid = false;
            for (int i = random.nextInt(2); i >= 0; i--) {
                mutate(all);
            }
        }
        return all.toString();
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    /** Usually one of the usual texts; one in {@code n} times an odd one, and then the pipeline is no longer valid. */
    private String mostly(List<String> usual, List<String> odd, int n) {
        if (!oneIn(n)) {
            return any(usual);
        }
        valid = false;
        return any(odd);
    }

    private void mutate(StringBuilder text) {
        int at = random.nextInt(text.length());
        char c = HOSTILE.charAt(random.nextInt(HOSTILE.length()));
        switch (random.nextInt(4)) {
            case 0 -> text.setCharAt(at, c);
            case 1 -> text.insert(at, c);
            case 2 -> text.deleteCharAt(at);
            default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 1 + random.nextInt(20))));
        }
    }

    private String request() {
        String end = oneIn(40) ? "\n" : "\r\n";
        StringBuilder out = new StringBuilder(oneIn(20) ? "\r\n" : "");
        String method = mostly(METHODS, ODD_METHODS, 25);
        out.append(method).append(' ');
        out.append(mostly(TARGETS, ODD_TARGETS, 15)).append(' ');
        out.append(mostly(List.of("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0"), ODD_VERSIONS, 40))
                .append(end);
        if (oneIn(60)) {
            valid = false;
        } else {
            out.append("Host: h").append(end);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            out.append(mostly(FIELDS, ODD_FIELDS, 12)).append(end);
        }
        boolean hasContent = method.equals("PUT") || method.equals("POST") || oneIn(5);
        return hasContent ? withContent(out, end) : out.append(end).toString();
    }

    private String withContent(StringBuilder out, String end) {
        String content = oneIn(2) ? SMUGGLED : "content".substring(random.nextInt(8));
        if (oneIn(2)) {
            return chunked(out, end, content);
        }
        if (oneIn(6)) {
            valid = false;
            out.append(any(ODD_LENGTHS).replace("@", Integer.toString(content.length())));
        } else {
            out.append("Content-Length: ").append(content.length());
        }
        return out.append(end).append(end).append(content).toString();
    }

    private String chunked(StringBuilder out, String end, String content) {
        out.append("Transfer-Encoding: ").append(mostly(List.of("chunked", "Chunked"), ODD_CODINGS, 6));
        out.append(end).append(end);
        for (int i = random.nextInt(3); i > 0; i--) {
            out.append(mostly(CHUNKS, ODD_CHUNKS, 10));
        }
        if (!content.isEmpty()) {
            out.append(Integer.toHexString(content.length()))
                    .append("\r\n")
                    .append(content)
                    .append("\r\n");
        }
        return out.append(mostly(ENDS, ODD_ENDS, 12)).toString();
    }
}
