package pollux.handler;

import pollux.config.ErrorLog;
import pollux.config.MethodSettings;
import pollux.http.FieldName;
import pollux.posix.Errno;
import pollux.posix.Files;

/**
 * PUT as nginx's dav module does it: the content becomes the file that the path maps to by {@code root} or {@code alias}.
 * It is written to a hidden file of the same folder, which takes the place of the old one when it is whole: readers see
 * the old content or the new, never half of either.
 *
 * <p>201 with {@code Location} when the file is new, 204 when it was replaced; 409 for a folder or a path that ends in a
 * slash, and where the folder that it lies in is missing, unless {@code create_full_put_path} is on; 501 with
 * {@code Content-Range}; 411 without a length; 412 when a precondition does not hold; 403 where the server may not write; 507 when the disk is full.
 */
public final class PutHandler implements ContentHandler {
    /** Makes the handler; it keeps nothing between requests. */
    public PutHandler() {}

    @Override
    public ContentSink open(Request request, Response response) {
        String target = request.filename();
        int status = refusal(request, target);
        PutSink sink = new PutSink(request, target);
        if (status == 0) {
            status = sink.open();
        }
        if (status == 0) {
            return sink;
        }
        response.status(status);
        return null;
    }

    @Override
    public int rehearse(Request request, Response response) {
        String target = request.filename();
        int refusal = refusal(request, target);
        if (refusal == 0 && !Folders.isThere(Folders.nearest(Folders.parent(target)))) {
            return 409;
        }
        if (refusal == 0) {
            refusal = Folders.permission(request.log(), Folders.nearest(Folders.parent(target)));
        }
        if (refusal == 0) {
            response.status(Files.linkMode(target) < 0 ? 201 : 204);
        }
        return refusal;
    }

    private static int refusal(Request request, String target) {
        Log log = request.log();
        if (request.path().endsWith("/") || target.endsWith("/")) {
            log.error(ErrorLog.Level.ERROR, "cannot PUT to a collection");
            return 409;
        }
        if (request.head().find(FieldName.CONTENT_RANGE) >= 0) {
            // RFC 9110 14.5: a part must not be taken for the whole. nginx says 501.
            log.error(ErrorLog.Level.ERROR, "PUT with range is unsupported");
            return 400;
        }
        if (isOfUnknownLength(request)) {
            log.error(ErrorLog.Level.INFO, "client sent PUT method without \"Content-Length\" header");
            return 411;
        }
        int barred = FileLookup.refusal(request, target);
        if (barred != 0) {
            return barred;
        }
        if (Folders.isThere(target)) {
            log.error(ErrorLog.Level.ERROR, "\"" + target + "\" could not be created " + Errno.describe(Errno.EISDIR));
            return 409;
        }
        if (!WriteConditions.hold(request, target)) {
            return 412;
        }
        MethodSettings methods = request.location().methods();
        String parent = Folders.parent(target);
        int answer = methods.createFullPutPath() ? 0 : Files.mode(parent);
        return answer < 0 ? FileFailure.report(log, "stat()", parent, answer, 409) : 0;
    }

    /** Neither Content-Length nor chunks: nothing says that the client means an empty file. */
    static boolean isOfUnknownLength(Request request) {
        return request.head().find(FieldName.CONTENT_LENGTH) < 0
                && request.head().find(FieldName.TRANSFER_ENCODING) < 0;
    }
}
