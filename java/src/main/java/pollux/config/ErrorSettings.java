package pollux.config;

import java.util.List;

/**
 * What is answered instead of an error.
 *
 * @param pages the {@code error_page} directives in file order
 * @param recursive whether an error page's own error is replaced too
 * @param logNotFound whether missing files go to the error log
 */
public record ErrorSettings(List<ErrorPage> pages, boolean recursive, boolean logNotFound) {
    /** {@link ErrorPage#status} when the answer keeps the error's own status. */
    public static final int KEEP = -1;

    /** {@link ErrorPage#status} when the answer has whatever status the target yields: {@code error_page 404 = /x}. */
    public static final int OF_TARGET = 0;

    /**
     * One {@code error_page}.
     *
     * @param codes the statuses it answers, 300 to 599
     * @param status the status to answer with, {@link #KEEP} or {@link #OF_TARGET}
     * @param target a URI, a {@code @name}, or a URL
     * @param kind which of the three
     */
    public record ErrorPage(List<Integer> codes, int status, Template target, Kind kind) {
        boolean isFor(int wanted) {
            for (int i = 0; i < codes.size(); i++) {
                if (codes.get(i) == wanted) {
                    return true;
                }
            }
            return false;
        }
    }

    /** What an error page leads to. */
    public enum Kind {
        /** A URI of this server: an internal redirect as GET. */
        URI,
        /** A named location: the request goes there unchanged. */
        NAMED,
        /** A URL: the client is redirected, with 302 unless the status is 301, 302, 303, 307 or 308. */
        URL
    }

    /** The first error page for a status, or {@code null}. */
    public ErrorPage find(int status) {
        for (int i = 0; i < pages.size(); i++) {
            if (pages.get(i).isFor(status)) {
                return pages.get(i);
            }
        }
        return null;
    }
}
