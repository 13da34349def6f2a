package pollux.handler;

/**
 * A duty that is too long for one turn of the loop: it is done step by step, each as long as a few reads and writes of
 * regular files. Exactly one of an answer other than {@link #MORE} and {@link #abort} ends it; nothing of it is left then.
 */
public interface Work {
    /** The answer of {@link #step} when there is more to do. */
    int MORE = -20;

    /** Does the next step: {@link #MORE}, or what {@link Handler#handle} answers, the response being filled. */
    int step();

    /** Nobody waits for it any more. */
    void abort();

    /** Does all steps at once, where nobody else is kept waiting by that; the outcome. */
    static int whole(Work work) {
        int outcome = work.step();
        while (outcome == MORE) {
            outcome = work.step();
        }
        return outcome;
    }
}
