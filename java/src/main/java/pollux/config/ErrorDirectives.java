package pollux.config;

import java.util.ArrayList;
import java.util.List;

/** What is answered instead of an error: rows, and the record they fill. */
final class ErrorDirectives {
    private static final Key<List<ErrorSettings.ErrorPage>> PAGES = new Key<>(List.of());
    private static final Key<Boolean> RECURSIVE = new Key<>(false);
    private static final Key<Boolean> LOG_NOT_FOUND = new Key<>(true);

    private ErrorDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.nginx(
                "error_page",
                Context.HTTP_SERVER_LOCATION,
                Arity.AT_LEAST_TWO,
                "",
                "Statuses, perhaps =status, and the URI, named location or URL that answers them.",
                Setters.each(PAGES, ErrorDirectives::readPage));
        rows.nginx(
                "recursive_error_pages",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether an error page's own error is answered by error_page too.",
                Setters.flag(RECURSIVE));
        rows.nginx(
                "log_not_found",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "on",
                "Whether missing files go to the error log.",
                Setters.flag(LOG_NOT_FOUND));
    }

    private static ErrorSettings.ErrorPage readPage(Scope scope, Directive directive) throws ConfException {
        int codesEnd = directive.count() - 1;
        int status = ErrorSettings.KEEP;
        String before = directive.arg(codesEnd - 1);
        if (before.startsWith("=")) {
            codesEnd--;
            status = before.length() == 1
                    ? ErrorSettings.OF_TARGET
                    : (int) Values.number(before.substring(1), 0, Integer.MAX_VALUE);
            if (codesEnd == 0 || status == Values.INVALID) {
                throw directive.error("invalid value \"" + before + "\"");
            }
        }
        List<Integer> codes = new ArrayList<>();
        for (String written : directive.args().subList(0, codesEnd)) {
            codes.add(readCode(directive, written));
        }
        String target = directive.last();
        return new ErrorSettings.ErrorPage(
                List.copyOf(codes), status, TemplateCompiler.compile(scope, directive, target), kind(target));
    }

    private static int readCode(Directive directive, String written) throws ConfException {
        long code = Values.number(written);
        if (code == Values.INVALID || code == 499) {
            throw directive.error("invalid value \"" + written + "\"");
        }
        if (code < 300 || code > 599) {
            throw directive.error("value \"" + written + "\" must be between 300 and 599");
        }
        return (int) code;
    }

    private static ErrorSettings.Kind kind(String target) {
        if (target.startsWith("/")) {
            return ErrorSettings.Kind.URI;
        }
        return target.startsWith("@") ? ErrorSettings.Kind.NAMED : ErrorSettings.Kind.URL;
    }

    static ErrorSettings settings(Scope scope) {
        return new ErrorSettings(scope.list(PAGES), scope.get(RECURSIVE), scope.get(LOG_NOT_FOUND));
    }
}
