package pollux.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One block under construction: the settings written at its level, and the way to those of the levels around it. This is
 * nginx's inheritance: the innermost level that writes a setting wins, and a list is replaced as a whole.
 */
final class Scope {
    private final Context context;
    private final Scope parent;
    private final Loading loading;
    private final Position at;
    private final Map<Key<?>, Object> values = new HashMap<>();
    private final List<Scope> children = new ArrayList<>();

    private Scope(Context context, Scope parent, Loading loading, Position at) {
        this.context = context;
        this.parent = parent;
        this.loading = loading;
        this.at = at;
    }

    static Scope main(Loading loading) {
        return new Scope(Context.MAIN, null, loading, Position.COMMAND_LINE);
    }

    /** Opens a block inside this one; {@code at} is where it opens. */
    Scope open(Context inner, Position where) {
        Scope child = new Scope(inner, this, loading, where);
        children.add(child);
        return child;
    }

    Context context() {
        return context;
    }

    Scope parent() {
        return parent;
    }

    Loading loading() {
        return loading;
    }

    Position at() {
        return at;
    }

    List<Scope> children(Context kind) {
        return children.stream().filter(child -> child.context == kind).toList();
    }

    /** Refuses a directive whose setting this level already has. */
    void claim(Directive directive, Key<?> key) throws ConfException {
        if (values.containsKey(key)) {
            throw directive.complaint("is duplicate");
        }
    }

    <T> void put(Key<T> key, T value) {
        values.put(key, value);
    }

    /** Adds to a list of this level; the first addition hides the list of the levels around. */
    <E> void add(Key<List<E>> key, E element) {
        List<E> list = own(key);
        if (list == null) {
            list = new ArrayList<>();
            values.put(key, list);
        }
        list.add(element);
    }

    /** What this level itself has, or {@code null}. */
    @SuppressWarnings("unchecked") // put() and add() are the only writers, and bind key and value to one type
    <T> T own(Key<T> key) {
        return (T) values.get(key);
    }

    /** What holds here: of the innermost level that has it, or the key's fallback. */
    <T> T get(Key<T> key) {
        for (Scope level = this; level != null; level = level.parent) {
            T value = level.own(key);
            if (value != null) {
                return value;
            }
        }
        return key.fallback();
    }

    /** What holds here as an unmodifiable list. */
    <E> List<E> list(Key<List<E>> key) {
        return List.copyOf(get(key));
    }
}
