package pollux.config;

import java.util.List;

/**
 * A server block.
 *
 * @param name its first name as nginx shows it ({@code $server_name}): lower-case, {@code .x} without its dot, expressions
 *     as written; empty when there is none
 * @param names its names, at least one
 * @param listens the addresses that lead to it, at least one
 * @param connection how request heads are read
 * @param returns what answers before any location is looked for, or {@code null}
 * @param root the settings that hold when no location matches; its own locations are {@code locations}
 * @param locations where to look for a location
 */
public record ServerBlock(
        String name,
        List<ServerName> names,
        List<Listen> listens,
        ConnectionSettings connection,
        ReturnSettings returns,
        Location root,
        Locations locations) {
    /**
     * What the first matching regular-expression name of this block captured from a host, for {@code $1} and named
     * captures.
     *
     * @param host the host, lower-case
     * @return the captures, or {@code null} when no expression matches
     */
    public Captures hostCaptures(String host) {
        for (int i = 0; i < names.size(); i++) {
            ServerName candidate = names.get(i);
            if (candidate.kind() == ServerName.Kind.REGEX) {
                Captures captures = candidate.regex().find(host);
                if (captures != null && !captures.failed()) {
                    return captures;
                }
            }
        }
        return null;
    }
}
