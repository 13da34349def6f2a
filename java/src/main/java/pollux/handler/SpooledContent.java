package pollux.handler;

import java.util.concurrent.atomic.AtomicLong;
import pollux.buffer.IoBuffer;
import pollux.config.ContentSettings;
import pollux.posix.Errno;
import pollux.posix.Folder;

/**
 * Content of unknown length, put aside until it is whole: a program must be told its length first. It lies in a file of
 * {@code client_body_temp_path} that has no name any more, so nothing can be left behind, whatever happens; under
 * {@code client_body_in_file_only} in one with a number, which goes with the request or stays.
 */
public final class SpooledContent implements ContentSink {
    private static final int FOLDER_MODE = 0700;

    /** Names of an earlier run may be taken. */
    private static final int TRIES = 10_000;

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Log log;
    private boolean stays;
    private final Folder place = new Folder();
    private final TemporaryFile file = new TemporaryFile();

    private SpooledContent(Log log) {
        this.log = log;
    }

    /**
     * Begins to put the content of a request aside; the folder is made when it is not there.
     *
     * @return what takes the content, or {@code null} when the request is refused with {@link Response#status()}: 500, or
     *     507 when the disk is full
     */
    public static SpooledContent open(Request request, Response response) {
        SpooledContent content = new SpooledContent(request.log());
        return content.orRefused(response, content.create(request));
    }

    /** As {@link #open}, whatever {@code client_body_in_file_only} says: for what is not a request's content. */
    static SpooledContent openNameless(Request request, Response response) {
        SpooledContent content = new SpooledContent(request.log());
        String folder = request.location().client().bodyTempPath();
        return content.orRefused(response, content.create(folder));
    }

    private SpooledContent orRefused(Response response, int status) {
        if (status == 0) {
            return this;
        }
        abort();
        response.status(status);
        return null;
    }

    private int create(Request request) {
        ContentSettings settings = request.location().client().content();
        String folder = request.location().client().bodyTempPath();
        if (settings.inFile() == ContentSettings.InFile.OFF) {
            return create(folder);
        }
        stays = settings.inFile() == ContentSettings.InFile.ON;
        String prefix = folder.endsWith("/") ? folder : folder + "/";
        int created = -Errno.EEXIST;
        String name = folder;
        for (int i = 0; i < TRIES && created == -Errno.EEXIST; i++) {
            name = prefix + settings.place(NUMBERS.incrementAndGet());
            int status = open(Folders.parent(name));
            if (status != 0) {
                return status;
            }
            created = file.createAs(place, name.substring(name.lastIndexOf('/') + 1));
        }
        if (created < 0) {
            return FileFailure.reportOwn(log, "open()", name, created);
        }
        request.contentFile(name);
        return 0;
    }

    private int create(String folder) {
        int status = open(folder);
        if (status != 0) {
            return status;
        }
        int created = file.create(place);
        if (created < 0) {
            return FileFailure.reportOwn(log, "open() of a temporary file in", folder, created);
        }
        int unnamed = file.unname();
        if (unnamed < 0) {
            return FileFailure.reportOwn(log, "unlink() of a temporary file in", folder, unnamed);
        }
        place.close();
        return 0;
    }

    /** Opens the folder, made when it is not there; the one before is closed. */
    private int open(String folder) {
        place.close();
        int made = Folders.makeOwn(folder, FOLDER_MODE, false);
        if (made < 0) {
            return FileFailure.reportOwn(log, "mkdir()", folder, made);
        }
        int opened = place.openOwn(folder);
        return opened < 0 ? FileFailure.reportOwn(log, "open()", folder, opened) : 0;
    }

    @Override
    public int take(IoBuffer from, int offset, int length) {
        int answer = file.append(from, offset, length);
        return answer < 0 ? FileFailure.reportOwn(log, "pwrite()", "client_body_temp_path", answer) : 0;
    }

    /** The content is whole; {@link #takeFile()} or {@link #abort()} follows. The response is left alone. */
    @Override
    public int complete(Response response) {
        return 0;
    }

    /** The length of the content so far, in bytes. */
    public long length() {
        return file.length();
    }

    /**
     * Hands the descriptor over, once; a name that goes with the request is {@link #abort}'s still.
     *
     * @return a descriptor that the caller owns, its offset at the first byte: writing never moved it
     */
    public int takeFile() {
        if (stays) {
            file.keepName();
        }
        return file.takeDescriptor();
    }

    /** Closes the file, unless it was handed over; harmless at any time. */
    @Override
    public void abort() {
        file.abandon();
        place.close();
    }
}
