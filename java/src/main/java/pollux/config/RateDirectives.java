package pollux.config;

/** How fast answers go, and whose connections are not kept: rows, and the records they fill. */
final class RateDirectives {
    private static final Template ZERO = Template.constant("0");

    private static final Key<Template> RATE = new Key<>(ZERO);
    private static final Key<Template> AFTER = new Key<>(ZERO);

    private RateDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.nginx(
                "limit_rate",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "0",
                "How many bytes a second an answer may take; 0 for no bound. May hold variables.",
                Setters.once(RATE, RateDirectives::readSize));
        rows.nginx(
                "limit_rate_after",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "0",
                "How much of an answer goes as fast as it can before limit_rate counts.",
                Setters.once(AFTER, RateDirectives::readSize));
    }

    private static Template readSize(Scope scope, Directive directive) throws ConfException {
        Template size = TemplateCompiler.compile(scope, directive, directive.arg(0));
        if (size.isConstant() && Values.size(size.source()) == Values.INVALID) {
            throw directive.complaint("invalid value");
        }
        return size;
    }

    /** What holds at a level; {@code null} when nothing is limited. */
    static RateSettings settings(Scope scope) {
        Template rate = scope.get(RATE);
        boolean unlimited = rate.isConstant() && Values.size(rate.source()) == 0;
        return unlimited ? null : new RateSettings(rate, scope.get(AFTER));
    }
}
