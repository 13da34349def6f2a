package pollux.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Actions of rows that set one value of a common kind, with nginx's complaint for each kind. */
final class Setters {
    private Setters() {}

    /** Turns a directive into a value. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Scope scope, Directive directive) throws ConfException;
    }

    /** May be written once a level. */
    static <T> DirectiveRow.Action once(Key<T> key, Reader<T> reader) {
        return (scope, directive, parser) -> {
            scope.claim(directive, key);
            scope.put(key, reader.read(scope, directive));
        };
    }

    /** May be written again and again: adds to the level's list. */
    static <E> DirectiveRow.Action each(Key<List<E>> key, Reader<E> reader) {
        return (scope, directive, parser) -> scope.add(key, reader.read(scope, directive));
    }

    static DirectiveRow.Action flag(Key<Boolean> key) {
        return once(key, (scope, directive) -> readFlag(directive));
    }

    static boolean readFlag(Directive directive) throws ConfException {
        String value = directive.arg(0);
        if (value.equalsIgnoreCase("on")) {
            return true;
        }
        if (value.equalsIgnoreCase("off")) {
            return false;
        }
        throw directive.error("invalid value \"" + value + "\" in \"" + directive.name()
                + "\" directive, it must be \"on\" or \"off\"");
    }

    /** A number from {@code min} to what an {@code int} holds. */
    static DirectiveRow.Action number(Key<Integer> key, int min) {
        return once(key, (scope, directive) -> {
            long value = Values.number(directive.arg(0), 0, Integer.MAX_VALUE);
            if (value == Values.INVALID) {
                throw directive.complaint("invalid number");
            }
            if (value < min) {
                throw directive.complaint("value must be equal to or greater than " + min);
            }
            return (int) value;
        });
    }

    /** Bytes of a buffer in memory. */
    static DirectiveRow.Action size(Key<Integer> key, int min) {
        return once(key, (scope, directive) -> readSize(directive, 0, min));
    }

    static int readSize(Directive directive, int arg, int min) throws ConfException {
        long value = Values.size(directive.arg(arg));
        if (value < min || value > Integer.MAX_VALUE) {
            throw directive.complaint("invalid value");
        }
        return (int) value;
    }

    /** Bytes of a file. */
    static DirectiveRow.Action offset(Key<Long> key) {
        return once(key, (scope, directive) -> valid(directive, Values.offset(directive.arg(0))));
    }

    /** A time in milliseconds. */
    static DirectiveRow.Action millis(Key<Long> key) {
        return once(key, (scope, directive) -> valid(directive, Values.millis(directive.arg(0))));
    }

    static long valid(Directive directive, long value) throws ConfException {
        if (value == Values.INVALID) {
            throw directive.complaint("invalid value");
        }
        return value;
    }

    static DirectiveRow.Action text(Key<String> key) {
        return once(key, (scope, directive) -> directive.arg(0));
    }

    /** A path without variables, below the prefix when it is relative. */
    static DirectiveRow.Action path(Key<String> key) {
        return once(key, (scope, directive) -> scope.loading().path(directive.arg(0)));
    }

    /** One of a few words, in any case. */
    static <T extends Enum<T>> DirectiveRow.Action choice(Key<T> key, Class<T> words) {
        Map<String, T> byWord = new LinkedHashMap<>();
        for (T constant : words.getEnumConstants()) {
            byWord.put(AsciiText.lower(constant.name()), constant);
        }
        return once(key, (scope, directive) -> {
            T value = byWord.get(AsciiText.lower(directive.arg(0)));
            if (value == null) {
                throw directive.error("invalid value \"" + directive.arg(0) + "\"");
            }
            return value;
        });
    }
}
