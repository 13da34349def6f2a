package pollux.http;

/** Status codes and the phrases that go with them (RFC 9110 section 15 and the registry; nginx's wording where it has one). */
public final class Status {
    private Status() {}

    /**
     * The reason phrase of a status line.
     *
     * @return nginx's phrase, else the registered one, else the empty string
     */
    public static String reason(int status) {
        return switch (status / 100) {
            case 1, 2, 3 -> positive(status);
            case 4 -> clientError(status);
            case 5 -> serverError(status);
            default -> "";
        };
    }

    /** The title of nginx's built-in page for a status: {@code 404 Not Found}. */
    public static String title(int status) {
        return switch (status) {
            case 302 -> "302 Found";
            case 401 -> "401 Authorization Required";
            case 431 -> "431 Request Header Or Cookie Too Large";
            default -> reason(status).isEmpty() ? Integer.toString(status) : status + " " + reason(status);
        };
    }

    /** Whether the head of an answer with this status is all of it: there is no length to be told (RFC 9112 section 6.3). */
    public static boolean isWithoutContent(int status) {
        return status < 200 || status == 204 || status == 304;
    }

    /** Whether an answer with this status has a length, which is 0 (RFC 9110 section 15.3.6). */
    public static boolean isOfNoLength(int status) {
        return status == 205;
    }

    private static String positive(int status) {
        return switch (status) {
            case 100 -> "Continue";
            case 101 -> "Switching Protocols";
            case 102 -> "Processing";
            case 103 -> "Early Hints";
            case 200 -> "OK";
            case 201 -> "Created";
            case 202 -> "Accepted";
            case 203 -> "Non-Authoritative Information";
            case 204 -> "No Content";
            case 205 -> "Reset Content";
            case 206 -> "Partial Content";
            case 207 -> "Multi-Status";
            case 208 -> "Already Reported";
            case 226 -> "IM Used";
            case 300 -> "Multiple Choices";
            case 301 -> "Moved Permanently";
            case 302 -> "Moved Temporarily";
            case 303 -> "See Other";
            case 304 -> "Not Modified";
            case 305 -> "Use Proxy";
            case 307 -> "Temporary Redirect";
            case 308 -> "Permanent Redirect";
            default -> "";
        };
    }

    private static String clientError(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 402 -> "Payment Required";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Not Allowed";
            case 406 -> "Not Acceptable";
            case 407 -> "Proxy Authentication Required";
            case 408 -> "Request Time-out";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 411 -> "Length Required";
            case 412 -> "Precondition Failed";
            case 413 -> "Request Entity Too Large";
            case 414 -> "Request-URI Too Large";
            case 415 -> "Unsupported Media Type";
            case 416 -> "Requested Range Not Satisfiable";
            case 417 -> "Expectation Failed";
            case 421 -> "Misdirected Request";
            case 422 -> "Unprocessable Content";
            case 423 -> "Locked";
            case 424 -> "Failed Dependency";
            case 425 -> "Too Early";
            case 426 -> "Upgrade Required";
            case 428 -> "Precondition Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 451 -> "Unavailable For Legal Reasons";
            default -> "";
        };
    }

    private static String serverError(int status) {
        return switch (status) {
            case 500 -> "Internal Server Error";
            case 501 -> "Not Implemented";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Temporarily Unavailable";
            case 504 -> "Gateway Time-out";
            case 505 -> "HTTP Version Not Supported";
            case 506 -> "Variant Also Negotiates";
            case 507 -> "Insufficient Storage";
            case 508 -> "Loop Detected";
            case 510 -> "Not Extended";
            case 511 -> "Network Authentication Required";
            default -> "";
        };
    }
}
