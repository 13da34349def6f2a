package pollux.handler;

/** One content duty. It never waits for a socket or a pipe; regular files are read and written on the spot. */
public interface Handler {
    /** The response is filled. */
    int DONE = 0;

    /** This is not mine: ask the next one. */
    int DECLINED = -1;

    /** {@link Request#redirect} was called: look for the location again. */
    int REDIRECTED = -2;

    /** {@link Request#redirectNamed} was called: go to that named location. */
    int REDIRECTED_NAMED = -3;

    /** {@link Response#work} was called: it has to be done first, and answers then. */
    int WORK = -12;

    /**
     * Answers a request, or says who should.
     *
     * @param request routed, its location chosen
     * @param response empty; to be filled
     * @return {@link #DONE}, {@link #DECLINED}, {@link #REDIRECTED}, {@link #REDIRECTED_NAMED}, {@link #WORK}, or a
     *     status from 300 up that the server makes an error response of (by {@code error_page} or the built-in page)
     */
    int handle(Request request, Response response);
}
