package pollux.config;

import java.util.ArrayList;
import java.util.List;

/** {@code return}, {@code add_header}, {@code add_trailer} and {@code expires}: rows, and the records they fill. */
final class AnswerDirectives {
    private static final Key<ReturnSettings> RETURN = new Key<>(null);
    private static final Key<List<HeaderSettings.AddHeader>> ADD = new Key<>(List.of());
    private static final Key<Inherit> INHERIT = new Key<>(Inherit.ON);
    private static final Key<Inherit> INHERIT_TRAILERS = new Key<>(Inherit.ON);
    private static final Key<List<HeaderSettings.AddHeader>> TRAILERS = new Key<>(List.of());
    private static final Key<HeaderSettings.Expires> EXPIRES = new Key<>(HeaderSettings.Expires.NONE);

    /** {@code add_header_inherit} and {@code add_trailer_inherit}, nginx 1.29.3. */
    private enum Inherit {
        ON,
        OFF,
        MERGE
    }

    private AnswerDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.nginx(
                "return",
                Context.SERVER_LOCATION,
                Arity.ONE_OR_TWO,
                "",
                "Answers at once with a status and a text or URL.",
                (scope, directive, parser) -> {
                    ReturnSettings settings = readReturn(scope, directive);
                    // A second one is never reached: nginx takes it and stops at the first.
                    if (scope.own(RETURN) == null) {
                        scope.put(RETURN, settings);
                    }
                });
        rows.nginx(
                "add_header",
                Context.HTTP_SERVER_LOCATION,
                new Arity(2, 3),
                "",
                "A field added to answers; with always, to errors too.",
                Setters.each(ADD, AnswerDirectives::readHeader));
        rows.nginx(
                "add_header_inherit",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "on",
                "Whether a level without add_header has those around it (on), has them behind its own too (merge), or never (off).",
                Setters.choice(INHERIT, Inherit.class));
        rows.nginx(
                "add_trailer",
                Context.HTTP_SERVER_LOCATION,
                new Arity(2, 3),
                "",
                "A field behind the content of answers, which are sent in chunks then; with always, of errors too.",
                Setters.each(TRAILERS, AnswerDirectives::readHeader));
        rows.nginx(
                "add_trailer_inherit",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "on",
                "As add_header_inherit, for add_trailer.",
                Setters.choice(INHERIT_TRAILERS, Inherit.class));
        rows.nginx(
                "expires",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE_OR_TWO,
                "off",
                "The Expires and Cache-Control fields: a time, modified and a time, @time of day, epoch, max or off.",
                Setters.once(EXPIRES, AnswerDirectives::readExpires));
    }

    private static ReturnSettings readReturn(Scope scope, Directive directive) throws ConfException {
        String first = directive.arg(0);
        long code = Values.number(first, 0, 999);
        if (code == Values.INVALID) {
            boolean url = first.startsWith("http://") || first.startsWith("https://") || first.startsWith("$scheme");
            if (directive.count() == 1 && url && Values.number(first) == Values.INVALID) {
                return new ReturnSettings(302, TemplateCompiler.compile(scope, directive, first));
            }
            throw directive.error("invalid return code \"" + first + "\"");
        }
        Template text = directive.count() == 1 ? null : TemplateCompiler.compile(scope, directive, directive.arg(1));
        return new ReturnSettings((int) code, text);
    }

    private static HeaderSettings.AddHeader readHeader(Scope scope, Directive directive) throws ConfException {
        boolean always = directive.count() == 3;
        if (always && !directive.arg(2).equals("always")) {
            throw directive.error("invalid parameter \"" + directive.arg(2) + "\"");
        }
        return new HeaderSettings.AddHeader(
                directive.arg(0), TemplateCompiler.compile(scope, directive, directive.arg(1)), always);
    }

    private static HeaderSettings.Expires readExpires(Scope scope, Directive directive) throws ConfException {
        boolean modified = directive.count() == 2;
        if (modified && !directive.arg(0).equals("modified")) {
            throw directive.complaint("invalid value");
        }
        Template value = TemplateCompiler.compile(scope, directive, directive.last());
        if (!value.isConstant()) {
            return new HeaderSettings.Expires(
                    modified ? HeaderSettings.Kind.VARIABLE_MODIFIED : HeaderSettings.Kind.VARIABLE, 0, value);
        }
        HeaderSettings.Expires expires = HeaderSettings.Expires.read(directive.last(), modified);
        if (expires == null) {
            throw directive.complaint("invalid value");
        }
        if (expires.isBeyondDay()) {
            throw directive.complaint("daily time value must be less than 24 hours");
        }
        return expires;
    }

    /** The {@code return} of this level: it is not inherited. */
    static ReturnSettings returns(Scope scope) {
        return scope.own(RETURN);
    }

    static HeaderSettings headers(Scope scope) {
        return new HeaderSettings(
                added(scope, ADD, INHERIT), scope.get(EXPIRES), added(scope, TRAILERS, INHERIT_TRAILERS));
    }

    /** The fields that hold at a level: the rule is the innermost one written, and each level applies its own. */
    private static List<HeaderSettings.AddHeader> added(
            Scope scope, Key<List<HeaderSettings.AddHeader>> key, Key<Inherit> ruleKey) {
        List<HeaderSettings.AddHeader> own = scope.own(key);
        Inherit rule = scope.get(ruleKey);
        if (scope.parent() == null || rule == Inherit.OFF || (rule == Inherit.ON && own != null)) {
            return own == null ? List.of() : List.copyOf(own);
        }
        List<HeaderSettings.AddHeader> around = added(scope.parent(), key, ruleKey);
        if (own == null) {
            return around;
        }
        List<HeaderSettings.AddHeader> all = new ArrayList<>(own);
        all.addAll(around);
        return List.copyOf(all);
    }
}
