package pollux.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads blocks of directives and has each row act, in file order, so that the first error a reader meets in the file is
 * the one reported; only what nginx has and Pollux does not is read over, so that all of it is told at once. Knows what
 * every directive has in common (contexts, argument counts, terminators, include) and nothing of any one of them.
 */
final class ConfParser {
    /** Deeper is a file that includes itself. */
    private static final int MAX_DEPTH = 64;

    private final DirectiveTable table;
    private final Loading loading;
    private ConfLexer lexer;
    private int depth;

    /** Set when the text is no sequence of directives: nothing can be read behind that. */
    private boolean broken;

    ConfParser(DirectiveTable table, Loading loading) {
        this.table = table;
        this.loading = loading;
    }

    /** Where the parser stands. */
    Position position() {
        return lexer.position();
    }

    /** Reads the text of {@code -g}. */
    void parseCommandLine(Scope main, String text) throws ConfException {
        lexer = ConfLexer.commandLine(text);
        parse(main, false);
    }

    /** Reads the main file. */
    void parseMain(Scope main, String file) throws ConfException {
        parseFile(main, file, "");
    }

    /** Reads the block that the current directive opens, up to its closing brace. */
    void parseBlock(Scope inner) throws ConfException {
        parse(inner, true);
    }

    /** Reads what {@code include} names: a file, or every file that matches a pattern, in order of name. */
    void include(Scope scope, Directive directive) throws ConfException {
        if (depth == MAX_DEPTH) {
            throw directive.complaint("is nested too deeply");
        }
        String name = loading.includePath(directive.arg(0));
        if (!ConfFiles.isPattern(name)) {
            parseFile(scope, name, directive.at().toString());
            return;
        }
        for (String match : ConfFiles.matching(name)) {
            parseFile(scope, match, directive.at().toString());
        }
    }

    private void parseFile(Scope scope, String name, String where) throws ConfException {
        ConfFile file = ConfFiles.read(name, where);
        loading.read(file);
        ConfLexer outer = lexer;
        lexer = new ConfLexer(name, file.content());
        depth++;
        parse(scope, false);
        depth--;
        lexer = outer;
    }

    private void parse(Scope scope, boolean inBlock) throws ConfException {
        List<String> words = new ArrayList<>();
        while (true) {
            ConfLexer.End end = next(words);
            switch (end) {
                case TEXT_ENDS -> {
                    if (inBlock) {
                        throw unclosed();
                    }
                    return;
                }
                case BLOCK_CLOSES -> {
                    if (!inBlock) {
                        broken = true;
                        throw new ConfException("unexpected \"}\"" + position());
                    }
                    return;
                }
                case SEMICOLON, BLOCK_OPENS -> {
                    String name = words.get(0);
                    List<String> args = List.copyOf(words.subList(1, words.size()));
                    dispatch(scope, new Directive(name, args, position()), end);
                }
            }
        }
    }

    private ConfLexer.End next(List<String> words) throws ConfException {
        try {
            return lexer.next(words);
        } catch (ConfException unreadable) {
            broken = true;
            throw unreadable;
        }
    }

    private ConfException unclosed() {
        broken = true;
        return new ConfException("unexpected end of file, expecting \"}\"" + position());
    }

    private void dispatch(Scope scope, Directive directive, ConfLexer.End end) throws ConfException {
        boolean opens = end == ConfLexer.End.BLOCK_OPENS;
        if (opens && lexer.isCommandLine()) {
            throw directive.error("block directives are not supported in -g option");
        }
        if (scope.context() == Context.TYPES) {
            dispatchType(scope, directive, opens);
            return;
        }
        if (scope.context() == Context.CHARSET_MAP) {
            if (opens) {
                throw directive.error("unexpected \"{\"");
            }
            CharsetDirectives.addByte(scope, directive);
            return;
        }
        DirectiveRow row = table.row(directive.name());
        int place = note(directive, row);
        int depth = lexer.depth();
        try {
            run(row, scope, directive, opens);
        } catch (ConfException refused) {
            if (broken || !(refused.isLacking() || loading.gathering() != null)) {
                throw refused;
            }
            refuse(place, refused);
            if (opens && lexer.depth() == depth) {
                skipBlock(directive.name());
            }
        }
    }

    private void run(DirectiveRow row, Scope scope, Directive directive, boolean opens) throws ConfException {
        if (row == null) {
            throw table.refusal(directive);
        }
        if (!row.contexts().contains(scope.context())) {
            throw directive.complaint("is not allowed here");
        }
        if (!row.block() && opens) {
            throw directive.error("directive \"" + directive.name() + "\" is not terminated by \";\"");
        }
        if (row.block() && !opens) {
            throw directive.error("directive \"" + directive.name() + "\" has no opening \"{\"");
        }
        checkCount(directive, row.arity());
        if (loading.origins() != null) {
            loading.origins().wrote(scope, directive);
        }
        row.action().run(scope, directive, this);
    }

    private int note(Directive directive, DirectiveRow row) {
        if (loading.gathering() == null) {
            return -1;
        }
        int place = loading.gathering().add(directive);
        if (row != null && row.origin() == DirectiveRow.Origin.NO_EFFECT) {
            loading.gathering().ignore(row.meaning());
        }
        return place;
    }

    private void refuse(int place, ConfException refused) {
        if (refused.isLacking()) {
            loading.lacks(refused);
        }
        if (place >= 0) {
            loading.gathering().refuse(place, refused);
        }
    }

    /** Reads over the block of a directive that is refused; what stands in it may be lacking too. */
    private void skipBlock(String outer) throws ConfException {
        List<String> words = new ArrayList<>();
        while (true) {
            ConfLexer.End end = next(words);
            if (end == ConfLexer.End.BLOCK_CLOSES) {
                return;
            }
            if (end == ConfLexer.End.TEXT_ENDS) {
                throw unclosed();
            }
            String name = words.get(0);
            boolean foreign = NginxNames.isForeignBlock(outer);
            if (!NginxNames.isParameterBlock(outer)) {
                look(new Directive(name, List.copyOf(words.subList(1, words.size())), position()), foreign);
            }
            if (end == ConfLexer.End.BLOCK_OPENS) {
                skipBlock(foreign ? outer : name);
            }
        }
    }

    /** Says what a directive inside a refused block is. */
    private void look(Directive directive, boolean foreign) throws ConfException {
        DirectiveRow row = table.row(directive.name());
        int place = note(directive, row);
        if (foreign) {
            if (place >= 0) {
                loading.gathering().refuse(place, DirectiveTable.missing(directive));
            }
        } else if (row == null) {
            ConfException refused = table.refusal(directive);
            if (!refused.isLacking() && loading.gathering() == null) {
                throw refused;
            }
            refuse(place, refused);
        }
    }

    /** In {@code types}, a directive's name is a media type and its arguments are extensions. */
    private void dispatchType(Scope scope, Directive directive, boolean opens) throws ConfException {
        if (opens) {
            throw directive.error("unexpected \"{\"");
        }
        if (directive.name().equals("include")) {
            checkCount(directive, Arity.ONE);
            include(scope, directive);
        } else {
            TypesDirectives.addType(scope, directive);
        }
    }

    private static void checkCount(Directive directive, Arity arity) throws ConfException {
        if (!arity.allows(directive.count())) {
            throw directive.error("invalid number of arguments in \"" + directive.name() + "\" directive");
        }
    }
}
