package pollux.config;

import java.util.List;
import java.util.Set;

/**
 * What methods are allowed.
 *
 * @param allowed the methods of {@code allow_methods} in file order, HEAD included where GET is; {@code null} when it was
 *     not written; others get 405
 * @param limit the methods that {@code limit_except} leaves open, HEAD included where GET is, when it denies all others
 *     (403); {@code null} otherwise
 * @param dav the methods of {@code dav_methods}: PUT, DELETE, MKCOL, COPY, MOVE or none
 * @param davAccess permission bits of files made by PUT: 0600 by default
 * @param createFullPutPath whether PUT makes the folders on the way
 * @param minDeleteDepth how many segments a path has at least that DELETE works on
 */
public record MethodSettings(
        List<String> allowed,
        Set<String> limit,
        Set<String> dav,
        int davAccess,
        boolean createFullPutPath,
        int minDeleteDepth) {
    /** Whether PUT or DELETE (or any method) was opened here by {@code dav_methods} or {@code allow_methods}. */
    public boolean opens(String method) {
        return dav.contains(method) || (allowed != null && allowed.contains(method));
    }
}
