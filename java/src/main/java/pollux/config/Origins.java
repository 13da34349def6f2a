package pollux.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where what holds was written: file and line of blocks and of the directives that a block has or inherits. Gathered only
 * when it is handed to {@link ConfLoader#load(ConfLoader.LoadRequest, Origins)}; a server does not keep it.
 */
public final class Origins {
    private final IdentityHashMap<Object, Scope> scopes = new IdentityHashMap<>();
    private final IdentityHashMap<Scope, List<Directive>> written = new IdentityHashMap<>();
    private final IdentityHashMap<Scope, Map<String, Position>> listens = new IdentityHashMap<>();

    /** Makes one that knows nothing yet. */
    public Origins() {}

    void wrote(Scope scope, Directive directive) {
        written.computeIfAbsent(scope, unused -> new ArrayList<>()).add(directive);
    }

    void listens(Scope server, Listen listen, Directive directive) {
        listens.computeIfAbsent(server, unused -> new HashMap<>()).putIfAbsent(listen.text(), directive.at());
    }

    void froze(Scope scope, Object block) {
        scopes.put(block, scope);
    }

    /**
     * Where a block opens.
     *
     * @param block a {@link ServerBlock} or a {@link Location} of the configuration
     * @return {@code file:line}; empty when it stands nowhere
     */
    public String of(Object block) {
        Scope scope = scopes.get(block);
        return scope == null ? "" : text(scope.at());
    }

    /** Where a server block says that it listens on an address; empty when it does not. */
    public String ofListen(ServerBlock server, Listen listen) {
        Scope scope = scopes.get(server);
        return scope == null ? "" : text(listens.getOrDefault(scope, Map.of()).get(listen.text()));
    }

    /**
     * Where the directive stands that holds in a block: in the block itself, or in the innermost one around it that has
     * the directive.
     *
     * @param argument what one of its arguments is, where there may be several such directives; the first of them is
     *     taken when none has it
     * @return {@code file:line}; empty when the directive is not written, so that its default holds
     */
    public String of(Object block, String directive, String argument) {
        for (Scope scope = scopes.get(block); scope != null; scope = scope.parent()) {
            Directive found = find(written.getOrDefault(scope, List.of()), directive, argument);
            if (found != null) {
                return text(found.at());
            }
        }
        return "";
    }

    private static Directive find(List<Directive> among, String name, String argument) {
        Directive found = null;
        for (Directive candidate : among) {
            if (candidate.name().equals(name)) {
                if (candidate.args().stream().anyMatch(word -> word.equalsIgnoreCase(argument))) {
                    return candidate;
                }
                found = found == null ? candidate : found;
            }
        }
        return found;
    }

    private static String text(Position at) {
        return at == null ? "" : at.line() == 0 ? at.file() : at.file() + ":" + at.line();
    }
}
