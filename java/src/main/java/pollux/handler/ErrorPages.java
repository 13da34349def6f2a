package pollux.handler;

import java.nio.charset.StandardCharsets;
import pollux.config.ClientSettings.ServerTokens;
import pollux.http.RequestTarget;
import pollux.http.Status;

/**
 * The built-in pages, nginx's to the byte but for the name of the server. They answer statuses of 300 and above where no
 * {@code error_page} is configured; fields that belong to the status ({@code Location}, {@code Allow},
 * {@code Content-Range}) are already in the response, and stay.
 */
public final class ErrorPages {
    private static final int HEADER_TOO_LARGE = 431;
    private static final int LAST_PAGE = 507;
    private static final Content[] PAGES = new Content[LAST_PAGE + 1];
    private static final Content[] NAMELESS = new Content[LAST_PAGE + 1];
    private static final Content[] PADDED = new Content[LAST_PAGE + 1];
    private static final Content[] PADDED_NAMELESS = new Content[LAST_PAGE + 1];

    /** Below 512 bytes Internet Explorer and Chrome show a page of their own. */
    private static final String PADDING =
            "<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n".repeat(6);

    private ErrorPages() {}

    /**
     * Makes a response of a status.
     *
     * @param code 300 to 999; nginx's own 494 to 497 are answered as 400 with a page that says more
     * @param response fields are kept; validators and content are replaced
     * @return {@link Handler#DONE}
     */
    public static int render(int code, Request request, Response response) {
        if ((code == 301 || code == 302) && refresh(request, response)) {
            return Handler.DONE;
        }
        response.status(isInternal(code) ? 400 : code);
        response.lastModified(-1);
        response.entityTag(null);
        response.allowRanges(false);
        if (closesConnection(code)) {
            response.closing();
        }
        if (hasPage(code)) {
            response.contentType(contentType(code, request));
            boolean padded =
                    code >= 400 && request.location().browsers().padding() && Browser.wantsPadding(request.head());
            response.content(content(code, request.location().client().serverTokens(), padded));
        } else {
            response.contentType(null);
            response.content(Content.NONE);
        }
        return Handler.DONE;
    }

    /** As {@link #render}, for the redirect that an {@code error_page} is. */
    public static int renderRedirect(int code, Request request, Response response) {
        return refresh(request, response) ? Handler.DONE : render(code, request, response);
    }

    /** {@code msie_refresh}: Internet Explorer is sent on by a page rather than by a field. */
    private static boolean refresh(Request request, Response response) {
        String target = response.redirectTarget();
        if (target == null || !request.location().browsers().refresh() || !Browser.isMsie(request.head())) {
            return false;
        }
        response.status(200);
        response.remove("Location");
        response.lastModified(-1);
        response.entityTag(null);
        response.allowRanges(false);
        response.contentType(MediaTypes.withCharset(request.location().files(), "text/html"));
        StringBuilder page = new StringBuilder("<html><head><meta http-equiv=\"Refresh\" content=\"0; URL=");
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            boolean isPlain = c > ' ' && c < 0x7f && "\"'<>\\^`{|~".indexOf(c) < 0;
            page.append(isPlain ? String.valueOf(c) : RequestTarget.encodeByte(c));
        }
        page.append("\"></head><body></body></html>\r\n");
        response.content(Content.of(page.toString().getBytes(StandardCharsets.ISO_8859_1)));
        return true;
    }

    /** As in nginx, the pages of 301 and 302 have no charset: old browsers took it for the next page's. */
    private static String contentType(int code, Request request) {
        boolean isMoved = code == 301 || code == 302;
        return isMoved ? "text/html" : MediaTypes.withCharset(request.location().files(), "text/html");
    }

    /** Whether nginx gives the connection up after a status, because what follows on it cannot be trusted. */
    public static boolean closesConnection(int code) {
        return switch (code) {
            case 400, 413, 414, HEADER_TOO_LARGE, 495, 496, 497, 500, 501 -> true;
            default -> false;
        };
    }

    /** Whether there is a page for a status; the others are answered without content, as in nginx. */
    static boolean hasPage(int code) {
        return switch (code) {
            case 301, 302, 303, 307, 308 -> true;
            case 407, 417, 418, 419, 420 -> false;
            case 421, 429, HEADER_TOO_LARGE, 494, 495, 496, 497, 507 -> true;
            default -> (code >= 400 && code <= 416) || (code >= 500 && code <= 505);
        };
    }

    private static boolean isInternal(int code) {
        return code >= 494 && code <= 497;
    }

    /** Pages are made once; threads that make the same one at the same time make equal ones. */
    private static Content content(int code, ServerTokens tokens, boolean padded) {
        Content[] plain = tokens == ServerTokens.OFF ? NAMELESS : PAGES;
        Content[] made = !padded ? plain : tokens == ServerTokens.OFF ? PADDED_NAMELESS : PADDED;
        Content page = made[code];
        if (page == null) {
            page = Content.of((page(code, tokens) + (padded ? PADDING : "")).getBytes(StandardCharsets.ISO_8859_1));
            made[code] = page;
        }
        return page;
    }

    private static String page(int code, ServerTokens tokens) {
        String server = tokens == ServerTokens.OFF ? Product.NAME : Product.NAME_AND_VERSION;
        String explanation = explanation(code);
        String title = isInternal(code) ? "400 " + explanation : Status.title(code);
        String heading = explanation == null ? title : isInternal(code) ? Status.title(400) : reason(code);
        return "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + heading
                + "</h1></center>\r\n"
                + (explanation == null ? "" : "<center>" + explanation + "</center>\r\n")
                + "<hr><center>" + server + "</center>\r\n</body>\r\n</html>\r\n";
    }

    private static String reason(int code) {
        return code + " " + Status.reason(code);
    }

    /** The line below the heading, or {@code null} for none. */
    private static String explanation(int code) {
        return switch (code) {
            case HEADER_TOO_LARGE, 494 -> "Request Header Or Cookie Too Large";
            case 495 -> "The SSL certificate error";
            case 496 -> "No required SSL certificate was sent";
            case 497 -> "The plain HTTP request was sent to HTTPS port";
            default -> null;
        };
    }
}
