package pollux.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out whether files of a folder could be run as CGI programs: by which URIs they are reached, and what the locations
 * of these do. Files are thought up with every extension that programs have here. Where a folder depends on the request
 * nothing is known, and nothing is found.
 */
final class ProgramReach {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");

    private final Collection<ServerBlock> servers;
    private List<Program> programs;

    /** A file that might be there, and the location that would run it. */
    private record Program(String file, Location runner) {}

    ProgramReach(Collection<ServerBlock> servers) {
        this.servers = servers;
    }

    /** What messages call a location. */
    static String place(Location location) {
        return location.kind() == Location.Kind.SERVER ? "the server block" : "location \"" + location.pattern() + "\"";
    }

    /** The location where a file of the folder would be run, or {@code null}. */
    Location over(String folder) {
        String store = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
        for (ServerBlock server : servers) {
            List<Location> all = all(server);
            for (String uri : uris(all, store)) {
                for (String name : names(all)) {
                    Location found = runner(server, uri + "/" + name, store + "/" + name);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    /**
     * The location where a file would be run that PUT, COPY or MOVE can write by way of another one, or this one; or
     * {@code null}. PUT writes what the location's own URIs map to, but for what the location would run; the destination of
     * the others is anything under the root, or behind the alias.
     */
    Location writtenBy(Location location) {
        boolean copies = location.methods().dav().contains("COPY")
                || location.methods().dav().contains("MOVE");
        if ((!copies && !location.methods().opens("PUT")) || location.returns() != null || !isKnown(location)) {
            return null;
        }
        for (Program program : programs()) {
            String uri = uri(location, program.file());
            if (uri != null && (copies ? isReached(location) : puts(location, uri, program.file()))) {
                return program.runner();
            }
        }
        return null;
    }

    private boolean isReached(Location location) {
        String pattern = location.pattern();
        boolean isAnywhere = location.regex() != null || location.kind() == Location.Kind.NAMED;
        return isAnywhere || isChosen(location, pattern) || isChosen(location, withoutSlash(pattern) + "/x");
    }

    private boolean puts(Location location, String uri, String file) {
        if (location.cgi().enabled() || location.cgi().assignFor(file) != null) {
            return false;
        }
        return location.kind() == Location.Kind.NAMED || isChosen(location, uri);
    }

    private boolean isChosen(Location location, String uri) {
        for (ServerBlock server : servers) {
            Location chosen = chosen(server.locations(), uri);
            if (location.equals(chosen == null ? server.root() : chosen)) {
                return true;
            }
        }
        return false;
    }

    /** The one that nginx's order chooses, or {@code null} for none of them. */
    private static Location chosen(Locations among, String uri) {
        if (among.exact().containsKey(uri)) {
            return among.exact().get(uri);
        }
        Location prefix = among.longestPrefix(uri);
        Location inner = prefix == null ? null : chosen(prefix.nested(), uri);
        if (inner != null && (inner.kind() == Location.Kind.EXACT || inner.regex() != null)) {
            return inner;
        }
        if (prefix == null || prefix.kind() != Location.Kind.PREFIX_NO_REGEX) {
            for (Location expression : among.regexes()) {
                if (matches(expression, uri)) {
                    Location nested = chosen(expression.nested(), uri);
                    return nested == null ? expression : nested;
                }
            }
        }
        return inner == null ? prefix : inner;
    }

    private static boolean matches(Location expression, String uri) {
        Captures captures = expression.regex().find(uri);
        return captures != null && !captures.failed();
    }

    /** The URI of a file at a location, or {@code null} when none leads there. */
    private static String uri(Location location, String file) {
        FileSettings.DocumentRoot root = location.files().root();
        String base =
                root.alias() ? root.path().source() : withoutSlash(root.path().source());
        if (!file.startsWith(base)) {
            return null;
        }
        String rest = file.substring(base.length());
        return root.alias() ? location.pattern() + rest : rest.startsWith("/") ? rest : null;
    }

    private static boolean isKnown(Location location) {
        FileSettings.DocumentRoot root = location.files().root();
        return root.path().isConstant() && (!root.alias() || root.replaced() >= 0);
    }

    private List<Program> programs() {
        if (programs == null) {
            programs = new ArrayList<>();
            servers.forEach(this::addPrograms);
        }
        return programs;
    }

    private void addPrograms(ServerBlock server) {
        List<Location> all = all(server);
        if (all.stream().noneMatch(location -> location.cgi().isActive())) {
            return;
        }
        Set<String> names = names(all);
        Set<String> uris = new LinkedHashSet<>();
        for (String folder : folders(all)) {
            names.forEach(name -> uris.add(folder + "/" + name));
        }
        all.stream()
                .filter(location -> location.kind() == Location.Kind.EXACT)
                .forEach(location -> uris.add(location.pattern()));
        for (String uri : uris) {
            List<Location> candidates = new ArrayList<>();
            gather(server.locations(), server.root(), uri, candidates);
            for (Location location : candidates) {
                String file = location.returns() == null && isKnown(location) ? file(location, uri) : null;
                if (file != null && (location.cgi().enabled() || location.cgi().assignFor(file) != null)) {
                    programs.add(new Program(file, location));
                }
            }
        }
    }

    /** The URIs of the folders that a server block speaks of, and of those that files are written into. */
    private Set<String> folders(List<Location> all) {
        Set<String> folders = new LinkedHashSet<>(List.of(""));
        for (Location location : all) {
            if (location.regex() == null && location.kind() != Location.Kind.NAMED) {
                folders.add(withoutSlash(location.pattern()));
            }
        }
        for (ServerBlock server : servers) {
            for (Location location : all(server)) {
                boolean writes = location.methods().opens("PUT")
                        || !location.methods().dav().isEmpty();
                if (writes && isKnown(location) && location.regex() == null) {
                    folders.addAll(uris(all, withoutSlash(file(location, location.pattern()))));
                }
            }
        }
        return folders;
    }

    private static List<Location> all(ServerBlock server) {
        List<Location> all = new ArrayList<>(List.of(server.root()));
        server.locations().forEach(all::add);
        return all;
    }

    /** What a URI maps to at a location whose files are known. */
    private static String file(Location location, String uri) {
        FileSettings.DocumentRoot root = location.files().root();
        String rest = root.alias() ? uri.substring(Math.min(root.replaced(), uri.length())) : uri;
        return (root.path().source() + rest).replaceAll("/{2,}", "/");
    }

    private static Set<String> uris(List<Location> all, String store) {
        Set<String> uris = new LinkedHashSet<>();
        for (Location location : all) {
            FileSettings.DocumentRoot root = location.files().root();
            if (!isKnown(location)) {
                continue;
            }
            String base = withoutSlash(root.path().source());
            if (store.equals(base) || store.startsWith(base + "/")) {
                String before = root.alias() ? withoutSlash(location.pattern()) : "";
                uris.add(before + store.substring(base.length()));
            }
        }
        return uris;
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** A name without an extension, and one with each that is written anywhere. */
    private static Set<String> names(List<Location> all) {
        Set<String> names = new LinkedHashSet<>(List.of("x"));
        for (Location location : all) {
            location.cgi().assigned().forEach(assign -> names.add("x" + assign.extension()));
            if (location.regex() != null) {
                Matcher words = WORD.matcher(location.pattern());
                while (words.find()) {
                    names.add("x." + words.group());
                }
            }
        }
        return names;
    }

    private static Location runner(ServerBlock server, String uri, String file) {
        List<Location> candidates = new ArrayList<>();
        gather(server.locations(), server.root(), uri, candidates);
        for (Location location : candidates) {
            CgiSettings cgi = location.cgi();
            boolean runs = cgi.enabled() || cgi.assignFor(file) != null;
            if (runs && leadsTo(location, uri, file)) {
                return location;
            }
        }
        return null;
    }

    /** Those that may be chosen for a URI: an expression that matches, in whatever order, or the longest prefix. */
    private static void gather(Locations among, Location outer, String uri, List<Location> candidates) {
        Location exact = among.exact().get(uri);
        if (exact != null) {
            candidates.add(exact);
            return;
        }
        Location prefix = among.longestPrefix(uri);
        if (prefix == null) {
            candidates.add(outer);
        } else {
            gather(prefix.nested(), prefix, uri, candidates);
        }
        if (prefix != null && prefix.kind() == Location.Kind.PREFIX_NO_REGEX) {
            return;
        }
        for (Location expression : among.regexes()) {
            if (matches(expression, uri)) {
                gather(expression.nested(), expression, uri, candidates);
            }
        }
    }

    private static boolean leadsTo(Location location, String uri, String file) {
        return isKnown(location) && file(location, uri).equals(file.replaceAll("/{2,}", "/"));
    }
}
