package pollux.config;

import java.util.Set;

/**
 * What is known of a directive.
 *
 * @param name its name
 * @param origin whose it is
 * @param block whether a block follows instead of a semicolon
 * @param contexts where it may stand
 * @param arity how many arguments it takes
 * @param fallback what holds when it is not written, as it would be written; empty when there is nothing to say
 * @param meaning one sentence; for what has no effect, why not
 * @param action what reading it does
 */
record DirectiveRow(
        String name,
        Origin origin,
        boolean block,
        Set<Context> contexts,
        Arity arity,
        String fallback,
        String meaning,
        Action action) {
    /** Whose a directive is. */
    enum Origin {
        /** nginx's, with its meaning. */
        NGINX,
        /** nginx's, accepted so that its files can be read, of no effect. */
        NO_EFFECT,
        /** Pollux's own. */
        POLLUX
    }

    /** What reading a directive does. */
    @FunctionalInterface
    interface Action {
        /** Sets something in the scope; for a block, opens a scope of its own and has the parser read it. */
        void run(Scope scope, Directive directive, ConfParser parser) throws ConfException;
    }
}
