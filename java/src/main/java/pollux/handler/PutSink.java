package pollux.handler;

import pollux.buffer.IoBuffer;
import pollux.http.FieldName;
import pollux.http.HttpDate;
import pollux.http.RequestTarget;
import pollux.posix.Files;
import pollux.posix.Folder;

/** Content that becomes one file, in place of what was there. */
final class PutSink implements ContentSink {
    private final Request request;
    private final Log log;
    private final String target;
    private final String parent;
    private final Folder folder = new Folder();
    private final TemporaryFile file = new TemporaryFile();
    private String at;

    PutSink(Request request, String target) {
        this.request = request;
        this.log = request.log();
        this.target = target;
        this.parent = Folders.parent(target);
    }

    /**
     * Opens the folder, by way of the links that are followed; there it stays. Makes the temporary file, in the nearest folder
     * that is there: missing ones are made when the content is whole, and are on the same file system.
     *
     * @return 0, or a status; nothing is left behind then
     */
    int open() {
        at = request.location().methods().createFullPutPath() ? Folders.nearest(parent) : parent;
        int answer = FileLookup.openFolder(request, at, folder);
        answer = answer < 0 ? answer : file.create(folder);
        if (answer < 0) {
            folder.close();
            return FileFailure.report(log, "open() of a temporary file in", at, answer, 409);
        }
        int reserved = request.contentLength() > 0 ? file.reserve(request.contentLength()) : 0;
        if (reserved < 0) {
            abort();
            return FileFailure.report(log, "fallocate() of a file in", at, reserved, 500);
        }
        return 0;
    }

    @Override
    public int take(IoBuffer from, int offset, int length) {
        int answer = file.append(from, offset, length);
        return answer < 0 ? FileFailure.report(log, "pwrite() of a file in", at, answer, 500) : 0;
    }

    @Override
    public int complete(Response response) {
        int status = seal();
        if (status == 0) {
            status = place(response);
        }
        abort();
        return status;
    }

    private int seal() {
        int changed = file.changeMode(request.location().methods().davAccess());
        if (changed < 0) {
            return FileFailure.report(log, "fchmod() of a file in", at, changed, 500);
        }
        // As nginx: the time that the request has counts as the file's own.
        String date = request.head().value(FieldName.DATE);
        long seconds = date == null ? HttpDate.INVALID : HttpDate.parse(date, request.nowMs() / 1000);
        int touched = seconds == HttpDate.INVALID ? 0 : file.touch(seconds);
        if (touched < 0) {
            return FileFailure.report(log, "futimens() of a file in", at, touched, 500);
        }
        int synced = isSynced() ? file.sync() : 0;
        return synced < 0 ? FileFailure.report(log, "fsync() of a file in", at, synced, 500) : 0;
    }

    private boolean isSynced() {
        return request.location().upload().sync();
    }

    private int place(Response response) {
        if (!WriteConditions.hold(request, target)) {
            return 412; // another request was faster
        }
        int there = Files.mode(target);
        boolean isNew = FileErrors.isMissing(-there);
        if (there < 0 && !isNew) {
            return FileFailure.report(log, "stat()", target, there, 500);
        }
        try (Folders folders = new Folders(folder, isSynced())) {
            int status = move(folders);
            if (status != 0) {
                folders.undo();
                return status;
            }
        }
        response.status(isNew ? 201 : 204);
        if (isNew) {
            RedirectLocation.set(request, response, RequestTarget.encodePath(request.path()));
        }
        return 0;
    }

    /** Into the folder that was opened at the beginning, or one that is made below it. */
    private int move(Folders folders) {
        int made = folders.make(Folders.rest(parent, at), Folders.mode(request));
        if (made < 0) {
            return FileFailure.report(log, "mkdir()", parent, made, 409);
        }
        LeftOvers.sweepOnce(at, log, request.nowMs());
        Folder into = folders.folder();
        int moved = file.replace(into, target.substring(target.lastIndexOf('/') + 1));
        if (moved < 0) {
            return FileFailure.report(log, "rename() to", target, moved, 409);
        }
        int synced = isSynced() ? into.sync() : 0;
        return synced < 0 ? FileFailure.report(log, "fsync()", parent, synced, 500) : 0;
    }

    @Override
    public void abort() {
        file.abandon();
        folder.close();
    }
}
