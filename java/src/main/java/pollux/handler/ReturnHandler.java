package pollux.handler;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import pollux.config.ErrorLog;
import pollux.config.ReturnSettings;

/** {@code return}: answers any method at once, before methods are checked and files looked for. */
public final class ReturnHandler implements Handler {
    /** The status that means: close the connection without an answer. */
    public static final int CLOSE = 444;

    /** What nginx logs of a client that has left: nobody is there to be answered. */
    public static final int CLIENT_GONE = 499;

    private static final int MAX_TEXTS = 4096;
    private static final Map<String, Content> TEXTS = new ConcurrentHashMap<>();

    @Override
    public int handle(Request request, Response response) {
        ReturnSettings settings = request.location().returns();
        return settings == null ? DECLINED : answer(settings, request, response);
    }

    /**
     * Answers as a {@code return} says: that of the location, or that of the server block, which comes before any location
     * is looked for.
     *
     * @return {@link Handler#DONE}, or a status for the server to make a response of, {@code Location} being set;
     *     {@link #CLOSE} and {@link #CLIENT_GONE} among them
     */
    public static int answer(ReturnSettings settings, Request request, Response response) {
        int code = settings.code();
        if (settings.isRedirect()) {
            RedirectLocation.set(request, response, request.render(settings.text()));
            return code;
        }
        if (code < 200) {
            request.log().error(ErrorLog.Level.ERROR, "\"return " + code + "\" is no answer to a request");
            return 500;
        }
        if (isRedirect(code) || (code >= 400 && settings.text() == null)) {
            return code;
        }
        // First the status: the text may name it.
        response.status(code);
        String text = settings.text() == null ? "" : request.render(settings.text());
        if (code != 204) {
            response.contentType(MediaTypes.ofPath(request));
            response.content(content(settings, text));
        }
        return DONE;
    }

    /** Texts without variables are made content once. */
    private static Content content(ReturnSettings settings, String text) {
        if (settings.text() == null || !settings.text().isConstant()) {
            return Content.of(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        Content known = TEXTS.get(text);
        if (known == null) {
            known = Content.of(text.getBytes(StandardCharsets.ISO_8859_1));
            if (TEXTS.size() >= MAX_TEXTS) {
                TEXTS.clear(); // of configurations before this one
            }
            TEXTS.put(text, known);
        }
        return known;
    }

    private static boolean isRedirect(int code) {
        return switch (code) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }
}
