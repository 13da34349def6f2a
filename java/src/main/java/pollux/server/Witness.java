package pollux.server;

import pollux.handler.Handler;

/**
 * Is told what the {@link Dispatcher} decides, step by step, in a rehearsal: nothing stored is changed then. Requests that
 * are served have none.
 */
interface Witness {
    /** Who is asked for an answer, in the dispatcher's order. */
    enum Step {
        SERVER_RETURN,
        LOCATION,
        INTERNAL,
        LIMIT_EXCEPT,
        RETURN,
        ACCESS,
        METHODS,
        TRY_FILES,
        EMPTY_GIF,
        CHANGE,
        PROGRAM,
        RANDOM_INDEX,
        INDEX,
        AUTOINDEX,
        FILE
    }

    /** A step has been taken; {@code outcome} as {@link Handler#handle} answers. */
    void spoke(Step step, int outcome);
}
