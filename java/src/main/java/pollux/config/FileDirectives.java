package pollux.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How files are found and described: rows, and the record they fill. */
final class FileDirectives {
    private static final Key<Root> ROOT = new Key<>(null);
    private static final Key<List<Template>> INDEX = new Key<>(List.of(Template.constant("index.html")));
    private static final Key<Boolean> AUTOINDEX = new Key<>(false);
    private static final Key<FileSettings.Autoindex.Format> AUTOINDEX_FORMAT =
            new Key<>(FileSettings.Autoindex.Format.HTML);
    private static final Key<Boolean> AUTOINDEX_EXACT_SIZE = new Key<>(true);
    private static final Key<Boolean> AUTOINDEX_LOCALTIME = new Key<>(false);
    private static final Key<FileSettings.TryFiles> TRY_FILES = new Key<>(null);
    private static final Key<Set<String>> CHARSET_TYPES = new Key<>(Set.of(
            "text/html",
            "text/xml",
            "text/plain",
            "text/vnd.wap.wml",
            "application/javascript",
            "application/rss+xml"));
    private static final Key<Boolean> ETAG = new Key<>(true);
    private static final Key<FileSettings.IfModifiedSince> IF_MODIFIED_SINCE =
            new Key<>(FileSettings.IfModifiedSince.EXACT);
    private static final Key<Integer> MAX_RANGES = new Key<>(Integer.MAX_VALUE);
    private static final Key<Boolean> SENDFILE = new Key<>(false);
    private static final Key<Long> SENDFILE_MAX_CHUNK = new Key<>(2L << 20);
    private static final Key<Boolean> TCP_NOPUSH = new Key<>(false);

    private static final Key<Symlinks> SYMLINKS = new Key<>(Symlinks.FOLLOWED);
    private static final Key<Boolean> EMPTY_GIF = new Key<>(false);
    private static final Key<Boolean> RANDOM_INDEX = new Key<>(false);

    /** {@code value} is {@code null} where links are followed. */
    private record Symlinks(FileSettings.Links value) {
        static final Symlinks FOLLOWED = new Symlinks(null);
    }

    /** root and alias share a place: whichever is written further in wins. {@code directive} is which of them it was. */
    private record Root(String directive, FileSettings.DocumentRoot value) {}

    private FileDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.nginx(
                "root",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "html",
                "The folder that paths are looked up in.",
                (scope, directive, parser) -> setRoot(scope, directive));
        rows.nginx(
                "alias",
                Context.ONLY_LOCATION,
                Arity.ONE,
                "",
                "The folder that stands for the part of the path that the location matched.",
                (scope, directive, parser) -> setRoot(scope, directive));
        rows.nginx(
                "index",
                Context.HTTP_SERVER_LOCATION,
                Arity.AT_LEAST_ONE,
                "index.html",
                "Files tried in a directory.",
                (scope, directive, parser) -> addIndex(scope, directive));
        rows.nginx(
                "try_files",
                Context.SERVER_LOCATION,
                Arity.AT_LEAST_TWO,
                "",
                "Files tried before anything else, then a URI, a named location or =code.",
                Setters.once(TRY_FILES, FileDirectives::readTryFiles));
        rows.nginx(
                "empty_gif",
                Context.ONLY_LOCATION,
                Arity.NONE,
                "",
                "Everything here is a transparent picture of one pixel.",
                (scope, directive, parser) -> scope.put(EMPTY_GIF, true));
        rows.nginx(
                "random_index",
                Context.ONLY_LOCATION,
                Arity.ONE,
                "off",
                "Whether a directory is answered by one of its files, any of them.",
                Setters.flag(RANDOM_INDEX));
        addAutoindex(rows);
        addDescription(rows);
        addSending(rows);
    }

    private static void addAutoindex(DirectiveTable.Rows rows) {
        rows.nginx(
                "autoindex",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether directories without an index file are listed.",
                Setters.flag(AUTOINDEX));
        rows.nginx(
                "autoindex_format",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "html",
                "The form of listings: html, json, jsonp or xml.",
                Setters.once(AUTOINDEX_FORMAT, (scope, directive) -> readFormat(directive)));
        rows.nginx(
                "autoindex_exact_size",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "on",
                "Whether html listings show bytes rather than rounded sizes.",
                Setters.flag(AUTOINDEX_EXACT_SIZE));
        rows.nginx(
                "autoindex_localtime",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether html listings show the server's time rather than GMT.",
                Setters.flag(AUTOINDEX_LOCALTIME));
    }

    private static void addDescription(DirectiveTable.Rows rows) {
        rows.nginx(
                "charset_types",
                Context.HTTP_SERVER_LOCATION,
                Arity.AT_LEAST_ONE,
                "text/html text/xml text/plain text/vnd.wap.wml application/javascript application/rss+xml",
                "The media types that charset is added to.",
                (scope, directive, parser) -> addCharsetTypes(scope, directive));
        rows.nginx("etag", Context.HTTP_SERVER_LOCATION, Arity.ONE, "on", "Whether ETag is sent.", Setters.flag(ETAG));
        rows.nginx(
                "if_modified_since",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "exact",
                "How If-Modified-Since is compared: off, exact or before.",
                Setters.choice(IF_MODIFIED_SINCE, FileSettings.IfModifiedSince.class));
        rows.nginx(
                "max_ranges",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "",
                "How many ranges a request may ask for; 0 turns ranges off.",
                Setters.number(MAX_RANGES, 0));
    }

    private static void addSending(DirectiveTable.Rows rows) {
        rows.nginx(
                "sendfile",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether the kernel copies files to sockets.",
                Setters.flag(SENDFILE));
        rows.nginx(
                "sendfile_max_chunk",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "2m",
                "How much one sendfile call may copy; 0 for no bound.",
                Setters.once(
                        SENDFILE_MAX_CHUNK,
                        (scope, directive) -> Setters.valid(directive, Values.size(directive.arg(0)))));
        rows.nginx(
                "tcp_nopush",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether head and content share segments.",
                Setters.flag(TCP_NOPUSH));
        rows.nginx(
                "disable_symlinks",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE_OR_TWO,
                "off",
                "Which symbolic links are not followed to files that are read or run: on (none is), if_not_owner (only"
                        + " the owner's own are), from= (the beginning of paths in which all are).",
                Setters.once(SYMLINKS, FileDirectives::readSymlinks));
    }

    private static FileSettings.Autoindex.Format readFormat(Directive directive) throws ConfException {
        String word = directive.arg(0);
        return switch (AsciiText.lower(word)) {
            case "html" -> FileSettings.Autoindex.Format.HTML;
            case "json" -> FileSettings.Autoindex.Format.JSON;
            case "jsonp" -> FileSettings.Autoindex.Format.JSONP;
            case "xml" -> FileSettings.Autoindex.Format.XML;
            default -> throw directive.error("invalid value \"" + word + "\"");
        };
    }

    private static Symlinks readSymlinks(Scope scope, Directive directive) throws ConfException {
        String rule = null;
        Template from = null;
        boolean hasFrom = false;
        for (String word : directive.args()) {
            boolean isRule = word.equals("off") || word.equals("on") || word.equals("if_not_owner");
            if (word.startsWith("from=")) {
                hasFrom = true;
                from = word.equals("from=") ? null : TemplateCompiler.compile(scope, directive, word.substring(5));
            } else if (!isRule) {
                throw directive.error("invalid parameter \"" + word + "\"");
            } else if (rule != null) {
                throw directive.error("duplicate parameters \"" + rule + " " + word + "\"");
            } else {
                rule = word;
            }
        }
        if (rule == null) {
            throw directive.error("\"disable_symlinks\" must have \"off\", \"on\" or \"if_not_owner\" parameter");
        }
        if (rule.equals("off")) {
            if (hasFrom) {
                throw directive.error("\"from=\" cannot be used with \"off\" parameter");
            }
            return Symlinks.FOLLOWED;
        }
        return new Symlinks(new FileSettings.Links(rule.equals("if_not_owner"), from));
    }

    private static void setRoot(Scope scope, Directive directive) throws ConfException {
        Root earlier = scope.own(ROOT);
        if (earlier != null) {
            throw directive.complaint(
                    earlier.directive().equals(directive.name())
                            ? "is duplicate"
                            : "is duplicate, \"" + earlier.directive() + "\" directive was specified earlier");
        }
        LocationHead head = LocationHead.of(scope);
        boolean alias = directive.name().equals("alias");
        if (alias && head.kind() == Location.Kind.NAMED) {
            throw directive.error("the \"alias\" directive cannot be used inside the named location");
        }
        String path = directive.arg(0);
        for (String own : List.of("document_root", "realpath_root")) {
            if (path.contains("$" + own) || path.contains("${" + own + "}")) {
                throw directive.error(
                        "the $" + own + " variable cannot be used in the \"" + directive.name() + "\" directive");
            }
        }
        if (!alias && path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        // "root /" is the empty prefix of every path, which must not be taken for a relative one.
        Template template =
                path.isEmpty() ? Template.constant("") : TemplateCompiler.compilePath(scope, directive, path);
        int replaced = !alias ? 0 : head.regex() != null ? -1 : head.pattern().length();
        scope.put(ROOT, new Root(directive.name(), new FileSettings.DocumentRoot(template, alias, replaced)));
    }

    private static void addIndex(Scope scope, Directive directive) throws ConfException {
        for (String name : directive.args()) {
            if (name.isEmpty()) {
                throw directive.error("index \"\" in \"index\" directive is invalid");
            }
            scope.add(INDEX, TemplateCompiler.compile(scope, directive, name));
        }
        for (String name : directive.args().subList(0, directive.count() - 1)) {
            if (name.startsWith("/")) {
                scope.loading().warn("only the last index in \"index\" directive should be absolute" + directive.at());
            }
        }
    }

    private static FileSettings.TryFiles readTryFiles(Scope scope, Directive directive) throws ConfException {
        List<FileSettings.Candidate> candidates = new ArrayList<>();
        for (String written : directive.args().subList(0, directive.count() - 1)) {
            boolean directory = written.endsWith("/");
            String path = directory ? written.substring(0, written.length() - 1) : written;
            candidates.add(new FileSettings.Candidate(TemplateCompiler.compile(scope, directive, path), directory));
        }
        String last = directive.last();
        if (!last.startsWith("=")) {
            return new FileSettings.TryFiles(
                    List.copyOf(candidates), 0, TemplateCompiler.compile(scope, directive, last));
        }
        long status = Values.number(last.substring(1), 0, 999);
        if (status == Values.INVALID) {
            throw directive.error("invalid code \"" + last + "\"");
        }
        // Below 200 is no final status: nginx answers =0 by 404, and the others not at all.
        return new FileSettings.TryFiles(List.copyOf(candidates), status < 200 ? 404 : (int) status, null);
    }

    /** Written types come beside text/html, which is always among them. */
    private static void addCharsetTypes(Scope scope, Directive directive) {
        Set<String> earlier = scope.own(CHARSET_TYPES);
        Set<String> types = new LinkedHashSet<>(earlier == null ? Set.of("text/html") : earlier);
        types.addAll(directive.args());
        scope.put(CHARSET_TYPES, Set.copyOf(types));
    }

    static FileSettings settings(Scope scope) throws ConfException {
        Root root = scope.get(ROOT);
        FileSettings.Links links = scope.get(SYMLINKS).value();
        return new FileSettings(
                root != null ? root.value() : defaultRoot(scope),
                scope.list(INDEX),
                new FileSettings.Autoindex(
                        scope.get(AUTOINDEX),
                        scope.get(AUTOINDEX_FORMAT),
                        scope.get(AUTOINDEX_EXACT_SIZE),
                        scope.get(AUTOINDEX_LOCALTIME)),
                scope.own(TRY_FILES),
                TypesDirectives.types(scope),
                TypesDirectives.defaultType(scope),
                CharsetDirectives.constant(scope),
                scope.get(CHARSET_TYPES),
                scope.get(ETAG),
                scope.get(IF_MODIFIED_SINCE),
                scope.get(MAX_RANGES),
                scope.get(SENDFILE),
                scope.get(SENDFILE_MAX_CHUNK),
                scope.get(TCP_NOPUSH),
                // A cache knows names, not the links that led to them: where those matter, each request looks.
                links == null ? FileCacheDirectives.settings(scope) : FileCaching.OFF,
                links,
                new FileSettings.Own(
                        scope.own(EMPTY_GIF) != null, scope.get(RANDOM_INDEX), CharsetDirectives.recoding(scope)));
    }

    private static FileSettings.DocumentRoot defaultRoot(Scope scope) {
        return new FileSettings.DocumentRoot(Template.constant(scope.loading().path("html")), false, 0);
    }
}
