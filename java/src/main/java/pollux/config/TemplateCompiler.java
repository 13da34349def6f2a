package pollux.config;

import java.util.ArrayList;
import java.util.List;

/** Compiles values that may hold <code>$name</code> and <code>${name}</code>. */
final class TemplateCompiler {
    private final Scope scope;
    private final Directive directive;
    private final String text;
    private final boolean ofLog;
    private final List<Object> parts = new ArrayList<>();
    private int at;

    private TemplateCompiler(Scope scope, Directive directive, String text, boolean ofLog) {
        this.scope = scope;
        this.directive = directive;
        this.text = text;
        this.ofLog = ofLog;
    }

    /** A value as it stands. */
    static Template compile(Scope scope, Directive directive, String text) throws ConfException {
        return new TemplateCompiler(scope, directive, text, false).run("");
    }

    /** A path: a relative one that does not begin with a variable gets the prefix before it. */
    static Template compilePath(Scope scope, Directive directive, String text) throws ConfException {
        boolean relative = !text.startsWith("/") && !text.startsWith("$");
        return new TemplateCompiler(scope, directive, text, false)
                .run(relative ? scope.loading().prefix() : "");
    }

    /** A file that lies beside the configuration's when it is relative. */
    static Template compileBesideFile(Scope scope, Directive directive, String text) throws ConfException {
        boolean relative = !text.startsWith("/") && !text.startsWith("$");
        return new TemplateCompiler(scope, directive, text, false)
                .run(relative ? scope.loading().includePath("") : "");
    }

    /** A log format: as {@link #compile}, with the complaint that nginx has there. */
    static Template compileLog(Scope scope, Directive directive, String text) throws ConfException {
        return new TemplateCompiler(scope, directive, text, true).run("");
    }

    private Template run(String literalPrefix) throws ConfException {
        if (!literalPrefix.isEmpty()) {
            parts.add(literalPrefix);
        }
        while (at < text.length()) {
            int dollar = text.indexOf('$', at);
            if (dollar != at) {
                int end = dollar < 0 ? text.length() : dollar;
                parts.add(text.substring(at, end));
                at = end;
            } else {
                at++;
                boolean braces = at < text.length() && text.charAt(at) == '{';
                parts.add(resolve(name(), braces));
            }
        }
        return new Template(literalPrefix + text, parts);
    }

    /** The name behind a dollar sign. */
    private String name() throws ConfException {
        if (at < text.length() && text.charAt(at) >= '1' && text.charAt(at) <= '9') {
            at++;
            return text.substring(at - 1, at);
        }
        boolean braces = at < text.length() && text.charAt(at) == '{';
        int start = braces ? at + 1 : at;
        int end = start;
        while (end < text.length() && isNameByte(text.charAt(end))) {
            end++;
        }
        String name = text.substring(start, end);
        if (braces && !name.isEmpty() && (end == text.length() || text.charAt(end) != '}')) {
            throw directive.error("the closing bracket in \"" + name + "\" variable is missing");
        }
        if (name.isEmpty()) {
            throw directive.error(
                    ofLog ? "invalid parameter \"" + text.substring(at - 1) + "\"" : "invalid variable name");
        }
        at = braces ? end + 1 : end;
        return name;
    }

    /** In braces digits are a name like any other, which nothing has: nginx's captures are written without. */
    private Variable resolve(String name, boolean braces) {
        boolean digit = braces && name.length() == 1 && Character.isDigit(name.charAt(0));
        Variable known = digit ? null : Variable.of(name);
        if (known != null) {
            if (known.name() == Variable.Name.REQUEST_BODY) {
                scope.loading().keepContent();
            }
            return known;
        }
        scope.loading().mustBeCaptured(name, directive.at());
        return Variable.namedCapture(name);
    }

    private static boolean isNameByte(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
