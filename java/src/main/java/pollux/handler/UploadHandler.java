package pollux.handler;

import pollux.config.ErrorLog;
import pollux.http.FieldName;
import pollux.http.FieldValue;
import pollux.http.MultipartParser;

/**
 * POST in a location with {@code upload_store}: every file of a {@code multipart/form-data} form (RFC 7578) is stored
 * under its own cleaned name, any other content under the last segment of the request's path. Nothing is ever
 * overwritten: a name that exists gets a number before its extension. All files of a form are stored, or none.
 *
 * <p>Stored files have the permission bits of {@code upload_store_access}, which are those of {@code dav_access} by default,
 * and with {@code upload_sync} they are on the disk before the answer. The answer is 201, see
 * {@link UploadAnswer}; 400 for content that is no form although it says so, for a form without a file, and for other
 * content whose path ends in a slash; 411 for a request that says nothing of its length; 412 for one with {@code If-Match}; 507 when the disk is full.
 */
public final class UploadHandler implements ContentHandler {
    /** Makes the handler; it keeps nothing between requests. */
    public UploadHandler() {}

    @Override
    public ContentSink open(Request request, Response response) {
        int refusal = refusal(request);
        if (refusal != 0) {
            response.status(refusal);
            return null;
        }
        PendingFiles files = new PendingFiles(request.log(), request.location().upload());
        String type = request.head().value(FieldName.CONTENT_TYPE);
        return isForm(type) ? openForm(request, response, files, type) : openPlain(request, response, files, type);
    }

    @Override
    public int rehearse(Request request, Response response) {
        int refusal = refusal(request);
        String store = Folders.nearest(request.location().upload().store());
        if (refusal == 0 && Folders.permission(request.log(), store) != 0) {
            return 500;
        }
        if (refusal == 0) {
            response.status(201);
        }
        return refusal;
    }

    private static boolean isForm(String type) {
        return type != null && FieldValue.leading(type).equals("multipart/form-data");
    }

    /** Why content is not taken at all, or 0. */
    private static int refusal(Request request) {
        if (PutHandler.isOfUnknownLength(request)) {
            request.log().error(ErrorLog.Level.INFO, "client sent POST method without \"Content-Length\" header");
            return 411;
        }
        if (request.head().find(FieldName.IF_MATCH) >= 0) {
            // RFC 9110 13.1.1: what is to be stored is new, and nothing can match what is not there.
            return 412;
        }
        String type = request.head().value(FieldName.CONTENT_TYPE);
        if (isForm(type)) {
            if (MultipartParser.boundary(type) == null) {
                request.log().error(ErrorLog.Level.INFO, "client sent a form without a valid boundary");
                return 400;
            }
        } else if (request.path().endsWith("/")) {
            request.log().error(ErrorLog.Level.INFO, "client sent content to store without a name");
            return 400;
        }
        return 0;
    }

    private static ContentSink openForm(Request request, Response response, PendingFiles files, String type) {
        String boundary = MultipartParser.boundary(type);
        // The form is longer than its files: if all of it fits, they do.
        FormSink sink = new FormSink(request, files, boundary);
        int status = files.probe(request.contentLength());
        if (status != 0) {
            sink.abort();
            response.status(status);
            return null;
        }
        return sink;
    }

    private static ContentSink openPlain(Request request, Response response, PendingFiles files, String type) {
        String path = request.path();
        String name = FileNames.clean(path.substring(path.lastIndexOf('/') + 1));
        int status = files.begin(name, mediaType(request, name, type), request.contentLength());
        if (status != 0) {
            files.abandon();
            response.status(status);
            return null;
        }
        return new PlainSink(request, files);
    }

    /** The media type of a file: what the client says, else what its name says. */
    static String mediaType(Request request, String name, String given) {
        if (given != null && !given.isEmpty()) {
            return given;
        }
        String byName = request.location().files().types().typeOf(name);
        return byName != null ? byName : request.location().files().defaultType();
    }
}
