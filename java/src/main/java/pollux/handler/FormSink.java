package pollux.handler;

import pollux.buffer.IoBuffer;
import pollux.config.ErrorLog;
import pollux.http.MultipartParser;
import pollux.http.PartHead;
import pollux.http.RequestTarget;
import pollux.posix.OffHeap;

/**
 * A form: its files go to the store, its other fields are passed over. A file field that nothing was chosen for has an
 * empty name in every browser, and is no file.
 */
final class FormSink implements ContentSink, MultipartParser.Sink {
    /** More than any form of a person; each part costs memory for its name and a file in the store. */
    private static final int MAX_PARTS = 1000;

    private static final int SCRATCH_BYTES = 128;

    private final Request request;
    private final PendingFiles files;
    private final IoBuffer scratch = OffHeap.SOURCE.allocate(SCRATCH_BYTES);
    private final MultipartParser parser;
    private boolean inFile;
    private boolean refusedHere;

    FormSink(Request request, PendingFiles files, String boundary) {
        this.request = request;
        this.files = files;
        this.parser = new MultipartParser(boundary, scratch, MAX_PARTS);
    }

    @Override
    public int take(IoBuffer from, int offset, int length) {
        int status = -parser.feed(from, offset, length, this);
        if (status != 0 && !refusedHere) {
            request.log().error(ErrorLog.Level.INFO, "client sent a malformed form");
        }
        return status;
    }

    @Override
    public int part(PartHead head) {
        inFile = head.filename() != null && !head.filename().isEmpty();
        if (!inFile) {
            return 0;
        }
        String name = FileNames.clean(head.filename());
        return here(files.begin(name, UploadHandler.mediaType(request, name, head.contentType()), -1));
    }

    @Override
    public int data(IoBuffer buffer, int offset, int length) {
        return inFile ? here(files.append(buffer, offset, length)) : 0;
    }

    @Override
    public int endPart() {
        return inFile ? here(files.end()) : 0;
    }

    /** The store refuses, not the parser: the log knows already. */
    private int here(int status) {
        refusedHere |= status != 0;
        return status;
    }

    @Override
    public int complete(Response response) {
        int status = finish();
        if (status == 0) {
            String path = RequestTarget.encodePath(request.path());
            UploadAnswer.fill(request, response, path.endsWith("/") ? path : path + "/", files.stored());
        }
        abort();
        return status;
    }

    private int finish() {
        if (!parser.isComplete()) {
            request.log().error(ErrorLog.Level.INFO, "client sent a form that ends too early");
            return 400;
        }
        if (files.isEmpty()) {
            request.log().error(ErrorLog.Level.INFO, "client sent a form without a file");
            return 400;
        }
        return files.commit();
    }

    @Override
    public void abort() {
        files.abandon();
        scratch.release();
    }
}
