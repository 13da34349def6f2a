package pollux.config;

/** The name of one setting in a {@link Scope}, with what holds when no level sets it. Compared by identity. */
final class Key<T> {
    private final T fallback;

    Key(T fallback) {
        this.fallback = fallback;
    }

    T fallback() {
        return fallback;
    }
}
