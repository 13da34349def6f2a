package pollux.handler;

import pollux.buffer.IoBuffer;
import pollux.http.FieldName;
import pollux.http.HttpDate;
import pollux.http.RequestTarget;
import pollux.posix.FileStatus;
import pollux.posix.Files;

/** Content that becomes one file, in place of what was there. */
final class PutSink implements ContentSink {
    private final Request request;
    private final Log log;
    private final String target;
    private final TemporaryFile file = new TemporaryFile();

    PutSink(Request request, String target) {
        this.request = request;
        this.log = request.log();
        this.target = target;
    }

    /**
     * Makes the temporary file, in the nearest folder that is there: missing ones are made when the content is whole, and
     * are on the same file system.
     *
     * @return 0, or a status; nothing is left behind then
     */
    int open() {
        String folder = Folders.nearest(Folders.parent(target));
        int answer = file.create(folder);
        if (answer < 0) {
            return FileFailure.report(log, "open() of a temporary file in", folder, answer, 409);
        }
        request.contentFile(file.path());
        int reserved = request.contentLength() > 0 ? file.reserve(request.contentLength()) : 0;
        if (reserved < 0) {
            int status = FileFailure.report(log, "fallocate()", file.path(), reserved, 500);
            file.abandon();
            return status;
        }
        return 0;
    }

    @Override
    public int take(IoBuffer from, int offset, int length) {
        int answer = file.append(from, offset, length);
        return answer < 0 ? FileFailure.report(log, "pwrite()", file.path(), answer, 500) : 0;
    }

    @Override
    public int complete(Response response) {
        int status = seal();
        if (status == 0) {
            status = place(response);
        }
        file.abandon();
        return status;
    }

    private int seal() {
        String path = file.path();
        int sealed = file.seal();
        if (sealed < 0) {
            return FileFailure.report(log, "close()", path, sealed, 500);
        }
        int changed = file.changeMode(request.location().methods().davAccess());
        if (changed < 0) {
            return FileFailure.report(log, "chmod()", path, changed, 500);
        }
        // As nginx: the time that the request has counts as the file's own.
        String date = request.head().value(FieldName.DATE);
        long seconds = date == null ? HttpDate.INVALID : HttpDate.parse(date, request.nowMs() / 1000);
        int touched = seconds == HttpDate.INVALID ? 0 : Files.touch(path, seconds);
        return touched < 0 ? FileFailure.report(log, "utimes()", path, touched, 500) : 0;
    }

    private int place(Response response) {
        if (!WriteConditions.hold(request, target)) {
            return 412; // another request was faster
        }
        Folders folders = new Folders();
        if (request.location().methods().createFullPutPath()) {
            int made = folders.make(Folders.parent(target), Folders.mode(request));
            if (made < 0) {
                folders.undo();
                return FileFailure.report(log, "mkdir()", Folders.parent(target), made, 409);
            }
        }
        boolean isNew = isNew();
        int moved = file.replace(target);
        if (moved < 0) {
            folders.undo();
            return FileFailure.report(log, "rename() to", target, moved, 409);
        }
        response.status(isNew ? 201 : 204);
        if (isNew) {
            RedirectLocation.set(request, response, RequestTarget.encodePath(request.path()));
        }
        return 0;
    }

    private boolean isNew() {
        FileStatus status = new FileStatus();
        boolean missing = Files.status(target, status) < 0;
        status.release();
        return missing;
    }

    @Override
    public void abort() {
        file.abandon();
    }
}
