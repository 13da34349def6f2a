package pollux.twin;

import java.util.regex.Pattern;
import pollux.twin.Transcript.Reply;

/** The differences between Pollux's answer to a request and nginx's that are meant to be, each with its reason. */
enum Latitude {
    /** RFC 9110 section 9.3.7: OPTIONS is answered, for {@code *}, too; nginx has no such method. */
    OPTIONS("OPTIONS ") {
        @Override
        boolean covers(Reply pollux, Reply nginx, boolean valid) {
            return pollux.status() == 204 && (nginx.status() == 405 || nginx.status() == 400);
        }
    },
    /** RFC 9110 section 10.1.1: what is expected and cannot be met is 417; nginx overlooks it. */
    EXPECTATION("(?i)Expect:(?! *100-continue\\s)") {
        @Override
        boolean covers(Reply pollux, Reply nginx, boolean valid) {
            return pollux.status() == 417;
        }
    },
    /**
     * RFC 9110 section 10.1.1: a final answer instead of 100 leaves open whether the content will be sent; Pollux then ends
     * the connection rather than guess.
     */
    CONTENT_NOT_AWAITED("(?i)Expect: *100-continue\\s") {
        @Override
        boolean covers(Reply pollux, Reply nginx, boolean valid) {
            return pollux.closes() && pollux.status() == nginx.status();
        }
    },
    /** RFC 9112 section 9.3: {@code close} wins, whatever else is said; with nginx it is the last line that does. */
    CLOSE("(?i)Connection:[^\\n]*close") {
        @Override
        boolean covers(Reply pollux, Reply nginx, boolean valid) {
            return pollux.closes() && pollux.status() == nginx.status();
        }
    },
    /** RFC 9110 section 9.1: a method is any token; nginx takes capitals, {@code -} and {@code _}. */
    METHOD_NAME("[!#$%&'*+.^`|~0-9a-z][!#$%&'*+.^_`|~0-9A-Za-z-]* \\S+ HTTP/1\\.") {
        @Override
        boolean covers(Reply pollux, Reply nginx, boolean valid) {
            return nginx.status() == 400;
        }
    },
    /** RFC 9110 section 5.3: lists may come in several lines; nginx refuses some fields twice. */
    REPEATED_FIELD("(?is)\\n(If-None-Match|If-Match|Expect|If-Modified-Since|If-Range):.*\\n\\1:") {
        @Override
        boolean covers(Reply pollux, Reply nginx, boolean valid) {
            return nginx.status() == 400;
        }
    },
    /** RFC 9110 section 5.6.3: a tab may stand before a value; nginx takes it for a part of the host. */
    TAB_BEFORE_HOST("(?i)\\nHost:[^\\n]*\\t") {
        @Override
        boolean covers(Reply pollux, Reply nginx, boolean valid) {
            return nginx.status() == 400;
        }
    },
    /** RFC 9110 section 15.5.12: a PUT that says nothing of its content is 411; nginx takes it for a fault of its own. */
    PUT_WITHOUT_CONTENT("PUT ") {
        @Override
        boolean covers(Reply pollux, Reply nginx, boolean valid) {
            return pollux.status() == 411 && nginx.status() == 500;
        }
    },
    /** RFC 9110 section 14.2: ranges are for GET alone. */
    RANGE_OF_HEAD("(?is)HEAD .*Range:") {
        @Override
        boolean covers(Reply pollux, Reply nginx, boolean valid) {
            return pollux.status() == 200 && nginx.status() == 206;
        }
    },
    /** White space within a range: nginx passes over spaces, Pollux over tabs, too. */
    BLANK_IN_RANGE("(?i)Range:[^\\n]*\\t") {
        @Override
        boolean covers(Reply pollux, Reply nginx, boolean valid) {
            return pollux.status() == 206 && nginx.status() == 416;
        }
    },
    /** Both refuse, and no later byte is read: which fault is found first, and so the status, is their own affair. */
    OTHER_REFUSAL("") {
        @Override
        boolean covers(Reply pollux, Reply nginx, boolean valid) {
            return isRefusal(pollux) && (isRefusal(nginx) || nginx.status() == 0);
        }
    },
    /**
     * What is broken is refused, and the connection ends. nginx overlooks field lines that are none (a name that is no
     * token, no colon, a folded line), control characters in values, a bare LF and blanks around the sizes of chunks, and
     * whatever stands in their extensions and trailers. There is no such latitude with what is valid.
     */
    STRICTER("") {
        @Override
        boolean covers(Reply pollux, Reply nginx, boolean valid) {
            return !valid && isRefusal(pollux);
        }
    };

    private final Pattern in;

    Latitude(String in) {
        this.in = Pattern.compile(in);
    }

    /** Whether this explains that two answers differ. */
    abstract boolean covers(Reply pollux, Reply nginx, boolean valid);

    private static boolean isRefusal(Reply reply) {
        return reply.status() >= 400 && reply.closes();
    }

    /** The first that explains a difference in the answers to a pipeline; null if none does. */
    static Latitude of(String pipeline, Reply pollux, Reply nginx, boolean valid) {
        for (Latitude latitude : values()) {
            if (latitude.in.matcher(pipeline).find() && latitude.covers(pollux, nginx, valid)) {
                return latitude;
            }
        }
        return null;
    }
}
