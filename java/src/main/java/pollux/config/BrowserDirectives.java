package pollux.config;

import java.util.LinkedHashSet;
import java.util.Set;

/** What is done differently for old browsers: rows, and the record they fill. */
final class BrowserDirectives {
    private static final Key<Set<String>> KEEPALIVE_DISABLE = new Key<>(Set.of("msie6"));
    private static final Key<Boolean> PADDING = new Key<>(true);
    private static final Key<Boolean> REFRESH = new Key<>(false);

    private BrowserDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.nginx(
                "keepalive_disable",
                Context.HTTP_SERVER_LOCATION,
                Arity.AT_LEAST_ONE,
                "msie6",
                "The browsers whose connections are not kept: msie6 (after POST), safari (on a Mac), none.",
                (scope, directive, parser) -> disable(scope, directive));
        rows.nginx(
                "msie_padding",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "on",
                "Whether error pages for Internet Explorer and Chrome are made longer by a comment.",
                Setters.flag(PADDING));
        rows.nginx(
                "msie_refresh",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether Internet Explorer is redirected by a page that refreshes rather than by Location.",
                Setters.flag(REFRESH));
    }

    private static void disable(Scope scope, Directive directive) throws ConfException {
        Set<String> earlier = scope.own(KEEPALIVE_DISABLE);
        Set<String> browsers = earlier == null ? new LinkedHashSet<>() : earlier;
        for (String written : directive.args()) {
            String browser = AsciiText.lower(written);
            if (!Set.of("none", "msie6", "safari").contains(browser)) {
                throw directive.error("invalid value \"" + written + "\"");
            }
            if (!browsers.add(browser)) {
                scope.loading().warn("duplicate value \"" + written + "\"" + directive.at());
            }
        }
        scope.put(KEEPALIVE_DISABLE, browsers);
    }

    static BrowserSettings settings(Scope scope) {
        Set<String> disabled = scope.get(KEEPALIVE_DISABLE);
        return new BrowserSettings(
                disabled.contains("msie6"), disabled.contains("safari"), scope.get(PADDING), scope.get(REFRESH));
    }
}
