package pollux.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import pollux.config.AccessSettings;
import pollux.config.ClientSettings;
import pollux.config.HeaderSettings;
import pollux.config.Listen;
import pollux.config.Location;
import pollux.config.Locations;
import pollux.config.Origins;
import pollux.config.ServerBlock;
import pollux.config.ServerName;
import pollux.config.VirtualHosts;
import pollux.handler.Content;
import pollux.handler.HeadersFilter;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.http.HttpDate;

/** Says which server block and location were chosen, and what holds there, with where it was written. */
@SuppressWarnings("ReferenceEquality") // parts of a configuration are frozen: another object is another meaning
final class Places {
    private final Explanation explanation;
    private final Origins origins;
    private final Request request;

    Places(Explanation explanation, Origins origins, Request request) {
        this.explanation = explanation;
        this.origins = origins;
        this.request = request;
    }

    String of(Object block) {
        return origins.of(block);
    }

    String of(Object block, String directive) {
        return origins.of(block, directive, "");
    }

    String of(Object block, String directive, String argument) {
        return origins.of(block, directive, argument);
    }

    void server(VirtualHosts hosts, ServerBlock server, Listen listen) {
        explanation.add("listen", listen.text(), origins.ofListen(server, listen));
        String host = request.host() == null ? "" : request.host();
        ServerName.Kind claim = hosts.claim(host);
        ServerName name = null;
        for (ServerName candidate : server.names()) {
            name = name == null && claim != null && claims(candidate, claim, host) ? candidate : name;
        }
        String at = of(server);
        if (name == null) {
            explanation.add("server", shown(server) + ", the default here", at);
            return;
        }
        String how =
                switch (claim) {
                    case EXACT -> "exact name";
                    case LEADING_WILDCARD -> "wildcard *." + name.text();
                    case TRAILING_WILDCARD -> "wildcard " + name.text() + ".*";
                    default -> "expression " + name.text();
                };
        String written = name.kind() == ServerName.Kind.REGEX ? "~" + name.text() : written(name);
        explanation.add("server", shown(server) + ", by " + how, at);
        explanation.add("name", written, of(server, "server_name", written));
    }

    private static String shown(ServerBlock server) {
        return server.name().isEmpty() ? "without a name" : server.name();
    }

    private static String written(ServerName name) {
        return switch (name.kind()) {
            case LEADING_WILDCARD -> "*." + name.text();
            case TRAILING_WILDCARD -> name.text() + ".*";
            case NAME_AND_BELOW -> "." + name.text();
            default -> name.text().isEmpty() ? "\"\"" : name.text();
        };
    }

    private static boolean claims(ServerName name, ServerName.Kind claim, String host) {
        return switch (name.kind()) {
            case EXACT -> claim == ServerName.Kind.EXACT && name.text().equals(host);
            case LEADING_WILDCARD -> claim == ServerName.Kind.LEADING_WILDCARD && host.endsWith("." + name.text());
            case NAME_AND_BELOW ->
                (claim == ServerName.Kind.EXACT && name.text().equals(host))
                        || (claim == ServerName.Kind.LEADING_WILDCARD && host.endsWith("." + name.text()));
            case TRAILING_WILDCARD -> claim == ServerName.Kind.TRAILING_WILDCARD && host.startsWith(name.text() + ".");
            case REGEX -> claim == ServerName.Kind.REGEX && name.regex().find(host) != null;
        };
    }

    /** The location that was chosen, and those around it, the outermost first. */
    void location() {
        Location chosen = request.location();
        List<String> chain = new ArrayList<>();
        if (chosen.kind() == Location.Kind.SERVER || !find(request.server().locations(), chosen, "", chain)) {
            explanation.add("location", "none, the server block itself", of(chosen));
            return;
        }
        for (int i = 0; i < chain.size(); i += 2) {
            explanation.add("location", chain.get(i), chain.get(i + 1));
        }
    }

    private boolean find(Locations level, Location wanted, String nested, List<String> chain) {
        List<Collection<Location>> kinds = List.of(
                level.exact().values(),
                level.prefixes(),
                level.regexes(),
                level.named().values());
        for (Collection<Location> kind : kinds) {
            for (Location candidate : kind) {
                int length = chain.size();
                chain.add(described(candidate, level) + nested);
                chain.add(of(candidate));
                if (candidate == wanted || find(candidate.nested(), wanted, ", nested", chain)) {
                    return true;
                }
                chain.subList(length, chain.size()).clear();
            }
        }
        return false;
    }

    private static String described(Location location, Locations level) {
        String pattern = location.pattern();
        int number = level.regexes().indexOf(location) + 1;
        return switch (location.kind()) {
            case EXACT -> "= " + pattern + ", exact";
            case PREFIX -> pattern + ", longest prefix";
            case PREFIX_NO_REGEX -> "^~ " + pattern + ", longest prefix, no expression is asked";
            case REGEX -> "~ " + pattern + ", expression " + number + " in order";
            case REGEX_NOCASE -> "~* " + pattern + ", expression " + number + " in order";
            case NAMED -> pattern + ", named";
            case SERVER -> pattern;
        };
    }

    /** The fields of an answer that come from its content and the configuration. */
    void fields(Response response, boolean isHead) {
        Location location = request.location();
        if (response.contentType() != null) {
            boolean hasCharset = response.contentType().contains("charset=");
            field("Content-Type", response.contentType(), hasCharset ? of(location, "charset") : "");
        }
        Content content = response.content();
        if (content.length() >= 0 && response.status() != 204 && response.status() != 304) {
            field("Content-Length", Long.toString(content.length()), "");
        }
        if (response.lastModified() >= 0
                && (response.status() == 200 || response.status() == 206 || response.status() == 304)) {
            field("Last-Modified", HttpDate.format(response.lastModified()), "");
        }
        if (response.entityTag() != null) {
            field("ETag", response.entityTag(), "");
        }
        List<String> fields = response.fields();
        for (int i = 0; i < fields.size(); i += 2) {
            String name = fields.get(i);
            field(name, fields.get(i + 1), whose(location, name));
        }
        String trailers = isHead ? null : HeadersFilter.trailers(request, response);
        if (trailers != null) {
            trailers.lines().forEach(line -> explanation.add("trailer", line, of(location, "add_trailer")));
        }
    }

    private void field(String name, String value, String at) {
        explanation.add("field", name + ": " + value, at);
    }

    private String whose(Location location, String name) {
        HeaderSettings headers = location.headers();
        for (HeaderSettings.AddHeader added : headers.add()) {
            if (added.name().equalsIgnoreCase(name)) {
                return of(location, "add_header", added.name());
            }
        }
        boolean isExpires = name.equals("Expires") || name.equals("Cache-Control");
        return isExpires && headers.expires().kind() != HeaderSettings.Kind.OFF ? of(location, "expires") : "";
    }

    /** The limits that hold where the request has ended up. */
    void limits() {
        Location location = request.location();
        ClientSettings client = location.client();
        limit("client_max_body_size", client.maxBodySize() + " bytes", client.maxBodySize() == 0);
        time("client_header_timeout", request.server().connection().headerTimeoutMs());
        time("client_body_timeout", client.bodyTimeoutMs());
        time("send_timeout", client.sendTimeoutMs());
        time("keepalive_timeout", client.keepaliveTimeoutMs());
        limit("keepalive_requests", Integer.toString(client.keepaliveRequests()), false);
        time("keepalive_time", client.keepaliveTimeMs());
        if (location.rate() != null) {
            limit("limit_rate", location.rate().bytesPerSecond(request) + " bytes a second", false);
            limit("limit_rate_after", location.rate().bytesBefore(request) + " bytes", false);
        }
        AccessSettings access = location.access();
        if (access != null) {
            limit("satisfy", access.any() ? "any" : "all", false);
            if (access.realm() != null) {
                limit("auth_basic", request.render(access.realm()), false);
            }
        }
    }

    private void time(String directive, long ms) {
        limit(directive, ms % 1000 == 0 ? ms / 1000 + " s" : ms + " ms", false);
    }

    private void limit(String directive, String value, boolean isOff) {
        explanation.add("limit", directive + " " + (isOff ? "none" : value), of(request.location(), directive));
    }
}
