package pollux.handler;

import pollux.buffer.IoBuffer;
import pollux.http.RequestTarget;

/** Content that is one file. */
final class PlainSink implements ContentSink {
    private final Request request;
    private final PendingFiles files;

    /** Takes the content into the file begun last. */
    PlainSink(Request request, PendingFiles files) {
        this.request = request;
        this.files = files;
    }

    @Override
    public int take(IoBuffer from, int offset, int length) {
        return files.append(from, offset, length);
    }

    @Override
    public int complete(Response response) {
        int status = files.end();
        if (status == 0) {
            status = files.commit();
        }
        if (status == 0) {
            // Beside the path that was asked for: the name may have got a number.
            String path = request.path();
            String folder = RequestTarget.encodePath(path.substring(0, path.lastIndexOf('/') + 1));
            UploadAnswer.fill(request, response, folder, files.stored());
        } else {
            files.abandon();
        }
        return status;
    }

    @Override
    public void abort() {
        files.abandon();
    }
}
