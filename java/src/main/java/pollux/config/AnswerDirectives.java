package pollux.config;

import java.util.List;

/** {@code return}, {@code add_header} and {@code expires}: rows, and the records they fill. */
final class AnswerDirectives {
    private static final Key<ReturnSettings> RETURN = new Key<>(null);
    private static final Key<List<HeaderSettings.AddHeader>> ADD = new Key<>(List.of());
    private static final Key<HeaderSettings.Expires> EXPIRES = new Key<>(HeaderSettings.Expires.NONE);

    private static final long DAY_SECONDS = 24 * 60 * 60;

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
                "expires",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE_OR_TWO,
                "off",
                "The Expires and Cache-Control fields: a time, modified and a time, @time of day, epoch, max or off.",
                Setters.once(EXPIRES, (scope, directive) -> readExpires(directive)));
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

    private static HeaderSettings.Expires readExpires(Directive directive) throws ConfException {
        if (directive.count() == 2) {
            if (!directive.arg(0).equals("modified")) {
                throw directive.complaint("invalid value");
            }
            return relative(directive, HeaderSettings.Kind.MODIFIED, directive.arg(1));
        }
        String value = directive.arg(0);
        return switch (value) {
            case "off" -> HeaderSettings.Expires.NONE;
            case "epoch" -> new HeaderSettings.Expires(HeaderSettings.Kind.EPOCH, 0);
            case "max" -> new HeaderSettings.Expires(HeaderSettings.Kind.MAX, 0);
            default ->
                value.startsWith("@")
                        ? daily(directive, value.substring(1))
                        : relative(directive, HeaderSettings.Kind.ACCESS, value);
        };
    }

    private static HeaderSettings.Expires relative(Directive directive, HeaderSettings.Kind kind, String value)
            throws ConfException {
        boolean past = value.startsWith("-");
        boolean signed = past || value.startsWith("+");
        long seconds = Setters.valid(directive, Values.seconds(signed ? value.substring(1) : value));
        return new HeaderSettings.Expires(kind, past ? -seconds : seconds);
    }

    private static HeaderSettings.Expires daily(Directive directive, String value) throws ConfException {
        long seconds = Setters.valid(directive, Values.seconds(value));
        if (seconds > DAY_SECONDS) {
            throw directive.complaint("daily time value must be less than 24 hours");
        }
        return new HeaderSettings.Expires(HeaderSettings.Kind.DAILY, seconds);
    }

    /** The {@code return} of this level: it is not inherited. */
    static ReturnSettings returns(Scope scope) {
        return scope.own(RETURN);
    }

    static HeaderSettings headers(Scope scope) {
        return new HeaderSettings(scope.list(ADD), scope.get(EXPIRES));
    }
}
