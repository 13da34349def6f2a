package pollux.config;

import java.util.Set;

/**
 * Checks of what nginx's directives without effect are given: a file with a mistake in one of them is refused as nginx refuses
 * it, because the mistake is in the file and not in what Pollux makes of it.
 */
final class IgnoredValues {
    /** nginx's smallest pool, and what a pool's size must be a multiple of. */
    private static final int MIN_POOL = 112;

    private static final int POOL_STEP = 16;

    private IgnoredValues() {}

    static DirectiveRow.Action flag() {
        return Setters.flag(new Key<>(null));
    }

    static DirectiveRow.Action number() {
        return Setters.number(new Key<>(null), 0);
    }

    static DirectiveRow.Action size() {
        return Setters.size(new Key<>(null), 0);
    }

    static DirectiveRow.Action offset() {
        return Setters.offset(new Key<>(null));
    }

    static DirectiveRow.Action millis() {
        return Setters.millis(new Key<>(null));
    }

    static DirectiveRow.Action text() {
        return Setters.text(new Key<>(null));
    }

    /** One of some words. */
    static DirectiveRow.Action word(String... words) {
        Set<String> known = Set.of(words);
        return once(directive -> {
            if (!known.contains(AsciiText.lower(directive.arg(0)))) {
                throw directive.error("invalid value \"" + directive.arg(0) + "\"");
            }
        });
    }

    /** Some of some words. */
    static DirectiveRow.Action words(String... words) {
        Set<String> known = Set.of(words);
        return (scope, directive, parser) -> {
            for (String word : directive.args()) {
                if (!known.contains(AsciiText.lower(word))) {
                    throw directive.error("invalid value \"" + word + "\"");
                }
            }
        };
    }

    /** A number of buffers and the size of each. */
    static DirectiveRow.Action buffers() {
        return once(directive -> {
            if (Values.number(directive.arg(0), 1, Integer.MAX_VALUE) == Values.INVALID
                    || Values.size(directive.arg(1)) <= 0) {
                throw directive.complaint("invalid value");
            }
        });
    }

    /** A size, or {@code off}. */
    static DirectiveRow.Action sizeOrOff() {
        return once(directive -> {
            if (!directive.arg(0).equals("off")) {
                Setters.valid(directive, Values.offset(directive.arg(0)));
            }
        });
    }

    static DirectiveRow.Action between(int min, int max) {
        return once(directive -> {
            long value = Values.number(directive.arg(0), 0, Integer.MAX_VALUE);
            if (value == Values.INVALID) {
                throw directive.complaint("invalid number");
            }
            if (value < min || value > max) {
                throw directive.error("value must be between " + min + " and " + max);
            }
        });
    }

    static DirectiveRow.Action poolSize() {
        return once(directive -> {
            int size = Setters.readSize(directive, 0, 0);
            if (size < MIN_POOL) {
                throw directive.error("the pool size must be no less than " + MIN_POOL);
            }
            if (size % POOL_STEP != 0) {
                throw directive.error("the pool size must be a multiple of " + POOL_STEP);
            }
        });
    }

    static DirectiveRow.Action aio() {
        return once(directive -> {
            String value = directive.arg(0);
            if (!Set.of("on", "off", "threads").contains(value) && !value.startsWith("threads=")) {
                throw directive.complaint("invalid value");
            }
        });
    }

    static DirectiveRow.Action priority() {
        return once(directive -> {
            String value = directive.arg(0);
            if (Values.number(value.startsWith("-") ? value.substring(1) : value) == Values.INVALID) {
                throw directive.complaint("invalid number");
            }
        });
    }

    /** Masks of zeros and ones, or {@code auto} and perhaps one. */
    static DirectiveRow.Action affinity() {
        return once(directive -> {
            int first = directive.arg(0).equals("auto") ? 1 : 0;
            for (String mask : directive.args().subList(first, directive.count())) {
                for (int i = 0; i < mask.length(); i++) {
                    char c = mask.charAt(i);
                    if (c != '0' && c != '1' && c != ' ') {
                        throw directive.error(
                                "invalid character \"" + mask.substring(i) + "\" in \"worker_cpu_affinity\"");
                    }
                }
            }
        });
    }

    /** A network, {@code unix:} or a host, which is looked up as nginx does. */
    static void debugConnection(Scope scope, Directive directive, ConfParser parser) throws ConfException {
        String written = directive.arg(0);
        boolean known = written.equals("unix:")
                || AccessDirectives.network(scope, directive, false) != null
                || (!written.isEmpty() && !written.startsWith("[") && ListenAddress.lookUp(written, 0) != null);
        if (!known) {
            throw directive.error("host not found in debug_connection \"" + written + "\"");
        }
    }

    /** {@code msie6}, or expressions. */
    static void gzipDisable(Scope scope, Directive directive, ConfParser parser) throws ConfException {
        for (String expression : directive.args()) {
            LocationHead.compile(scope, directive, expression, true);
        }
    }

    static void threadPool(Scope scope, Directive directive, ConfParser parser) throws ConfException {
        boolean threads = false;
        for (String word : directive.args().subList(1, directive.count())) {
            for (String name : new String[] {"threads", "max_queue"}) {
                if (word.startsWith(name + "=")) {
                    long value = Values.number(word.substring(name.length() + 1));
                    if (value == Values.INVALID || (value == 0 && name.equals("threads"))) {
                        throw directive.error("invalid " + name + " value \"" + word + "\"");
                    }
                    threads |= name.equals("threads");
                }
            }
        }
        if (!threads) {
            throw directive.error("\"thread_pool\" must have \"threads\" parameter");
        }
    }

    /** Looks at a directive and keeps nothing of it. */
    @FunctionalInterface
    private interface Check {
        void look(Directive directive) throws ConfException;
    }

    private static DirectiveRow.Action once(Check check) {
        Key<Boolean> seen = new Key<>(null);
        return Setters.once(seen, (scope, directive) -> {
            check.look(directive);
            return true;
        });
    }
}
