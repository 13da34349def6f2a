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

    ProgramReach(Collection<ServerBlock> servers) {
        this.servers = servers;
    }

    /** The location where a file of the folder would be run, or {@code null}. */
    Location over(String folder) {
        String store = folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder;
        for (ServerBlock server : servers) {
            List<Location> all = new ArrayList<>(List.of(server.root()));
            server.locations().forEach(all::add);
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

    private static Set<String> uris(List<Location> all, String store) {
        Set<String> uris = new LinkedHashSet<>();
        for (Location location : all) {
            FileSettings.DocumentRoot root = location.files().root();
            if (!root.path().isConstant() || (root.alias() && root.replaced() < 0)) {
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
            Captures captures = expression.regex().find(uri);
            if (captures != null && !captures.failed()) {
                gather(expression.nested(), expression, uri, candidates);
            }
        }
    }

    private static boolean leadsTo(Location location, String uri, String file) {
        FileSettings.DocumentRoot root = location.files().root();
        if (!root.path().isConstant() || (root.alias() && root.replaced() < 0)) {
            return false;
        }
        String rest = root.alias() ? uri.substring(Math.min(root.replaced(), uri.length())) : uri;
        return (root.path().source() + rest).replaceAll("/{2,}", "/").equals(file.replaceAll("/{2,}", "/"));
    }
}
