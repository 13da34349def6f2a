package pollux.server;

import pollux.config.ErrorSettings;
import pollux.config.ErrorSettings.ErrorPage;
import pollux.handler.ErrorPages;
import pollux.handler.Handler;
import pollux.handler.RedirectLocation;
import pollux.handler.Request;
import pollux.handler.Response;

/**
 * Makes error responses as nginx does: {@code error_page} first, once for each request unless
 * {@code recursive_error_pages} says otherwise, and the built-in page where there is none or it fails itself.
 */
final class ErrorResponder {
    private final Request request;
    private final Response response;
    private boolean failed;
    private boolean over;

    ErrorResponder(Request request, Response response) {
        this.request = request;
        this.response = response;
    }

    /** Forgets the last request. */
    void clear() {
        failed = false;
        over = false;
    }

    /** Whether this request has failed before: a second failure is not allowed to hide the first. */
    boolean hasFailed() {
        return failed;
    }

    /** Gives the response the status that an error page keeps, whatever its target answered. */
    void settleStatus() {
        if (response.errorStatus() != 0) {
            response.status(response.errorStatus());
        }
    }

    /**
     * Answers a status.
     *
     * @param routed whether the request has been routed: if not, only a URI can lead to its error page
     * @param pages whether {@code error_page} may be asked, rather than the built-in page alone
     * @return {@link Handler#DONE}: the response is made; {@link Handler#REDIRECTED} or
     *     {@link Handler#REDIRECTED_NAMED}: the request goes to its error page
     */
    int answer(int status, boolean routed, boolean pages) {
        response.dropContent();
        failed = true;
        closeAfter(status);
        ErrorSettings errors = request.location().errors();
        ErrorPage page = pages && !over ? find(errors, status, routed) : null;
        response.errorStatus(0);
        if (page == null || (!routed && page.kind() != ErrorSettings.Kind.URI)) {
            ErrorPages.render(status, request, response);
            return Handler.DONE;
        }
        // As in nginx, the location that failed says whether one more page may follow this one.
        over = !errors.recursive();
        return goTo(page, status);
    }

    /** A head that is too large is 494 to nginx, and to the files that are written for it. */
    private static ErrorPage find(ErrorSettings errors, int status, boolean routed) {
        ErrorPage page = errors.find(status);
        return page == null && status == 431 && !routed ? errors.find(494) : page;
    }

    private int goTo(ErrorPage page, int status) {
        String where = request.render(page.target());
        if (page.kind() == ErrorSettings.Kind.URL) {
            RedirectLocation.asWritten(response, where);
            ErrorPages.renderRedirect(isRedirect(page.status()) ? page.status() : 302, request, response);
            return Handler.DONE;
        }
        response.errorStatus(page.status() == ErrorSettings.KEEP ? status : page.status());
        if (page.kind() == ErrorSettings.Kind.NAMED) {
            request.redirectNamed(where);
            return Handler.REDIRECTED_NAMED;
        }
        int question = where.indexOf('?');
        String path = question < 0 ? where : where.substring(0, question);
        request.redirect(path, question < 0 ? null : where.substring(question + 1));
        return Handler.REDIRECTED;
    }

    /** After some statuses the place of the next request is unknown, or not worth waiting for. */
    private void closeAfter(int status) {
        if (ErrorPages.closesConnection(status) || status == 408 || status == 507) {
            response.closing();
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }
}
