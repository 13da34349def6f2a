package pollux.config;

import java.util.List;

/** One directive as it was read: its name, its arguments unquoted, and the place where it ends. */
record Directive(String name, List<String> args, Position at) {
    String arg(int index) {
        return args.get(index);
    }

    int count() {
        return args.size();
    }

    String last() {
        return args.get(args.size() - 1);
    }

    /** An error in whatever words. */
    ConfException error(String message) {
        return new ConfException(message + at);
    }

    /** The refusal of something that nginx has and Pollux does not; {@code what} names it. */
    ConfException lacking(String what) {
        return ConfException.lacking(what + " is one of nginx's that Pollux does not have" + at);
    }

    /** An error in the words {@code "name" directive what}. */
    ConfException complaint(String what) {
        return error("\"" + name + "\" directive " + what);
    }
}
