package pollux.handler;

/** A handler that changes what is stored, and can say beforehand what would come of it. */
public interface ChangingHandler extends Handler {
    /**
     * Does everything that {@link #handle} does before it begins to change something: the same refusals, and otherwise the
     * status that follows when the file system lets it.
     *
     * @return as {@link #handle}; {@link #DONE} with the response's status set
     */
    int rehearse(Request request, Response response);
}
