package pollux.handler;

import pollux.http.EntityTag;
import pollux.http.FieldName;
import pollux.http.HttpDate;
import pollux.http.RequestHead;
import pollux.posix.FileStatus;
import pollux.posix.Files;

/**
 * Preconditions of PUT and DELETE (RFC 9110 section 13.1): they keep two clients from overwriting each other's work. nginx
 * has them for reading only.
 */
final class WriteConditions {
    private WriteConditions() {}

    /**
     * Whether what the client demands of the file holds now.
     *
     * @param path the file that is to be replaced or removed
     */
    static boolean hold(Request request, String path) {
        RequestHead head = request.head();
        String match = head.joined(FieldName.IF_MATCH);
        String noneMatch = head.joined(FieldName.IF_NONE_MATCH);
        String since = head.only(FieldName.IF_UNMODIFIED_SINCE);
        if (match == null && noneMatch == null && since == null) {
            return true;
        }
        FileStatus file = new FileStatus();
        int answer = Files.status(path, file);
        boolean exists = answer == 0;
        String tag = exists && request.location().files().etag() ? Validators.entityTag(file) : null;
        long changed = exists ? Validators.lastModified(file) : -1;
        file.release();
        if (!exists && !FileErrors.isMissing(-answer)) {
            return false; // nobody knows what is there: nothing can be said to hold of it
        }
        if (match != null && !(exists && EntityTag.matchesStrong(match, tag))) {
            return false;
        }
        if (match == null && since != null && isChanged(changed, HttpDate.parse(since, request.nowMs() / 1000))) {
            return false;
        }
        return noneMatch == null || !exists || !EntityTag.matchesWeak(noneMatch, tag);
    }

    /** Section 13.1.4: a date that is none is ignored, and so is a date where nothing is that could have changed. */
    private static boolean isChanged(long changed, long since) {
        return since >= 0 && changed > since;
    }
}
