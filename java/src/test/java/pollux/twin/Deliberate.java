package pollux.twin;

import pollux.twin.Row.Difference;

/** The differences that several rows have: each is a decision, and this is its reason. */
final class Deliberate {
    /** What locations take that say nothing about methods. */
    static final Difference ALLOW = allow("GET, HEAD, OPTIONS");

    /** nginx sends what it draws in chunks; ours has a length. */
    static final Difference[] LISTING = {
        new Difference(
                "Transfer-Encoding", "chunked", null, "a listing is made in memory as a whole: its length is known"),
        listingLength(Comparison.LENGTH_OF_CONTENT)
    };

    static final Difference OPTIONS =
            status("405", "204", "RFC 9110 section 9.3.7: OPTIONS asks what can be done; Allow is the answer");

    static final Difference METHOD_TOKEN =
            status("400", "405", "RFC 9110 section 9.1: any token is a method; one that is not known is not allowed");

    static final Difference NO_HTTP_09 = new Difference(
            "status", "", "HTTP/1.1 400", "RFC 9112 has no HTTP/0.9 any more: nothing there is a request");

    static final Difference ONE_SPACE =
            status("200", "400", "RFC 9112 section 3: one space; two readings of a request line invite smuggling");

    static final Difference HOST_GRAMMAR = status(
            "200",
            "400",
            "RFC 9112 section 3.2: an invalid Host is refused; RFC 3986 section 3.2.2 says what is valid");

    static final Difference ANOTHER_SCHEME = status(
            "200",
            "421",
            "RFC 9110 section 7.4: what is asked for by another scheme is not to be had over this connection");

    static final Difference FIELD_GRAMMAR =
            status("200", "400", "RFC 9110 section 5: a name is a token, and a value has no control characters");

    static final Difference FINAL_CODING = status(
            "501", "400", "RFC 9112 section 6.3: without a final chunked the content has no end, which is a 400");

    static final Difference HEAD_TOO_LARGE = status("400", "431", "RFC 6585 section 5 has a status for it");

    static final Difference NO_INTERIM = new Difference(
            "interim",
            "HTTP/1.1 100 Continue",
            null,
            "RFC 9110 section 10.1.1: none is needed when the content is there");

    static final Difference NOT_AWAITED = new Difference(
            "Connection",
            "keep-alive",
            "close",
            "RFC 9110 section 10.1.1: who waited for 100 may never send the content");

    static final Difference CONFLICT =
            status("500", "409", "RFC 9110 section 15.5.10: the client can mend it by making the folder");

    static final Difference RANGE_LIST =
            status("416", "206", "RFC 9110 section 5.6.1: empty members of a list are passed over");

    static final Difference RANGE_BEYOND =
            status("416", "206", "RFC 9110 section 14.1.2: a last position or a suffix beyond the end means the end");

    static final Difference RANGE_OF_HEAD =
            status("206", "200", "RFC 9110 section 14.2: ranges are for GET alone; any other method ignores the field");

    static final Difference DATE_IGNORED = status(
            "412", "200", "RFC 9110 section 13.1.4: ignored when it is no date, or there is none to compare with");

    static final Difference STAYS_OPEN = new Difference(
            "connection", "closed", "kept", "nginx says keep-alive and closes all the same; what was said holds");

    static final Difference LENGTH_OF_NOTHING = new Difference(
            "Content-Length",
            Comparison.LENGTH_OF_CONTENT,
            null,
            "RFC 9110 section 8.6: the length that a 304 has is that of the file, and not 0");

    /** Of {@link TwinSite#LARGE} bytes. */
    static final Difference[] NO_GZIP = {
        new Difference("Content-Encoding", "gzip", null, "answers are not compressed"),
        new Difference("Accept-Ranges", null, "bytes", "answers are not compressed, ranges are of what is there"),
        new Difference(
                "Content-Length", null, "300007", "answers are not compressed, their length is that of the file"),
        new Difference(
                "ETag",
                "W/\"2ebc98a1-493e7\"",
                "\"2ebc98a1-493e7\"",
                "answers are not compressed, their tag is that of the file")
    };

    static final Difference NO_VARY =
            new Difference("Vary", "Accept-Encoding", null, "answers are not compressed, for whomever");

    private Deliberate() {}

    /** A 405 names the methods that would do. */
    static Difference allow(String methods) {
        return new Difference("Allow", null, methods, "RFC 9110 section 15.5.6: a 405 has Allow");
    }

    /** The length that a listing has and nginx does not tell. */
    static Difference listingLength(String length) {
        return new Difference(
                "Content-Length", null, length, "a listing is made in memory as a whole: its length is known");
    }

    /** Another status. */
    static Difference status(String nginx, String pollux, String reason) {
        return new Difference("status", "HTTP/1.1 " + nginx, "HTTP/1.1 " + pollux, reason);
    }

    /** The words behind a code that nginx knows no words for. */
    static Difference reason(String words) {
        return new Difference("reason", "", words, "the words are for people, who may not know the number");
    }
}
