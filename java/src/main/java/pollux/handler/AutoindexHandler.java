package pollux.handler;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import pollux.buffer.Ascii;
import pollux.config.ErrorLog;
import pollux.config.FileSettings;
import pollux.config.FileSettings.Autoindex;
import pollux.config.Variable;
import pollux.http.Method;
import pollux.posix.Directory;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;

/**
 * Lists a directory: nginx's autoindex module. It is the last one asked about a path that ends in a slash, so what it
 * does not list is refused. A large directory is read, and its listing drawn, in several turns of the loop; it lies in a file
 * then, see {@link ListingText}, and all who waited for it get the same.
 */
public final class AutoindexHandler implements Handler {
    /** Names that are looked up in one turn of the loop: about a millisecond. */
    private static final int NAMES_EACH = 512;

    /** Entries that are drawn in one turn: likewise. */
    private static final int ENTRIES_EACH = 2048;

    private static final Variable CALLBACK = Variable.of("arg_callback");

    private final FileStatus file = new FileStatus();
    private final ListingCache listings = new ListingCache();
    private final List<Reading> waiting = new ArrayList<>();
    private Reading large;

    @Override
    public int handle(Request request, Response response) {
        if (!request.path().endsWith("/")) {
            return DECLINED;
        }
        boolean isReading = request.method() == Method.GET || request.method() == Method.HEAD;
        if (!isReading && request.method() != Method.POST) {
            return AllowedMethods.refuseForFile(request, response);
        }
        if (!isReading || !request.location().files().autoindex().enabled()) {
            return forbid(request);
        }
        String callback = callback(request);
        if (callback != null && !isName(callback)) {
            request.log().error(ErrorLog.Level.INFO, "client sent invalid callback name: \"" + callback + "\"");
            return 400;
        }
        String path = request.filename();
        String folder = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Content known = listings.find(request, folder);
        if (known != null) {
            respond(request, response, known);
            return DONE;
        }
        return response.work(new Reading(request, response, folder));
    }

    private static int forbid(Request request) {
        request.log().error(ErrorLog.Level.ERROR, "directory index of \"" + request.filename() + "\" is forbidden");
        return 403;
    }

    /** Reads a directory some names at a time, and makes its listing, some entries at a time. */
    private final class Reading implements Work {
        private final Request request;
        private final Response response;
        private final String folder;
        private final long changes = FileCache.changes();
        private final Directory directory = new Directory();
        private final List<ListingEntry> entries = new ArrayList<>();
        private final ListingForm form;
        private final ListingText text;
        private Content.Pieces given;
        private boolean isWaiting;
        private boolean begun;
        private boolean isRead;
        private int drawn;

        Reading(Request request, Response response, String folder) {
            this.request = request;
            this.response = response;
            this.folder = folder;
            this.form = form(request);
            this.text = new ListingText(request, response);
        }

        @Override
        public int step() {
            if (given != null) {
                leave();
                Content.Pieces listing = given;
                given = null;
                respond(request, response, listing);
                return DONE;
            }
            // Large ones are read one after the other: what they take in memory is the largest's, not the sum.
            if (large != null && large != this) {
                if (!isWaiting) {
                    isWaiting = true;
                    waiting.add(this);
                }
                return MORE;
            }
            leave();
            int outcome = isRead ? draw() : read();
            if (outcome == MORE) {
                large = this;
            } else {
                abort();
            }
            return outcome;
        }

        private int read() {
            if (!begun) {
                begun = true;
                int failure = directory.open(folder);
                if (failure < 0) {
                    return FileErrors.refuse(request, "opendir()", folder, -failure);
                }
            }
            for (int i = 0; i < NAMES_EACH; i++) {
                String name = directory.next();
                if (name == null) {
                    return isAll() ? sort() : 500;
                }
                if (!name.startsWith(".") && !add(name)) {
                    return 500;
                }
            }
            return MORE;
        }

        /** Whether the names were read to their end: fewer would pass for the whole. */
        private boolean isAll() {
            int problem = directory.problem();
            if (problem < 0) {
                request.log().error(ErrorLog.Level.CRIT, FileErrors.failed("readdir()", folder, -problem));
            }
            return problem == 0;
        }

        private int sort() {
            isRead = true;
            directory.close();
            entries.sort(null);
            form.begin(text.out());
            return entries.size() > ENTRIES_EACH ? MORE : draw();
        }

        private int draw() {
            int stop = Math.min(entries.size(), drawn + ENTRIES_EACH);
            for (; drawn < stop; drawn++) {
                form.add(text.out(), entries.get(drawn));
            }
            if (drawn == entries.size()) {
                form.end(text.out());
            }
            int refusal = text.pass();
            if (refusal != 0) {
                return refusal;
            }
            return drawn < entries.size() ? MORE : finish();
        }

        private int finish() {
            Content.Pieces listing = text.finish();
            listings.keep(request, folder, listing, changes);
            for (Reading other : waiting) {
                other.takeOver(this, listing);
            }
            respond(request, response, listing);
            return DONE;
        }

        /** Whoever waited for the same one has it now. */
        @SuppressWarnings("ReferenceEquality") // parts of a configuration are frozen: another object is another meaning
        private void takeOver(Reading maker, Content.Pieces listing) {
            boolean isSame = request.location() == maker.request.location()
                    && folder.equals(maker.folder)
                    && request.path().equals(maker.request.path());
            boolean isTrue = maker.changes == FileCache.changes()
                    && request.location().files().caching().max() > 0;
            if (isSame && isTrue && given == null) {
                given = listing;
                if (listing.file() != null) {
                    listing.file().hold();
                }
            }
        }

        /** False when a name shows that the directory cannot be read to its end. */
        private boolean add(String name) {
            String path = folder + "/" + name;
            int failure = Files.status(path, file);
            boolean isBroken = -failure == Errno.ENOENT || -failure == Errno.ELOOP;
            String call = isBroken ? "lstat()" : "stat()";
            if (isBroken) {
                // A link that leads nowhere is listed as the link it is.
                failure = Files.linkStatus(path, file);
            }
            if (failure == 0) {
                entries.add(ListingEntry.of(name, file));
                return true;
            }
            request.log().error(ErrorLog.Level.CRIT, FileErrors.failed(call, path, -failure));
            // A file may have gone since its name was read.
            return -failure == Errno.EACCES || -failure == Errno.ENOENT;
        }

        private void leave() {
            if (isWaiting) {
                isWaiting = false;
                waiting.remove(this);
            }
        }

        @Override
        public void abort() {
            directory.close();
            text.abort();
            leave();
            if (given != null && given.file() != null) {
                given.file().release();
            }
            given = null;
            if (large == this) {
                large = null;
            }
        }
    }

    private static ListingForm form(Request request) {
        FileSettings files = request.location().files();
        Autoindex settings = files.autoindex();
        boolean isUtf8 = MediaTypes.hasCharset(files, "text/html") && "utf-8".equalsIgnoreCase(files.charset());
        return switch (settings.format()) {
            case JSON, JSONP -> new ListingJson();
            case XML -> new ListingXml();
            case HTML -> new ListingPage(settings, isUtf8, request.nowMs() / 1000, request.path());
        };
    }

    /** The function that the client names by {@code callback}, where such calls are made; else {@code null}. */
    private static String callback(Request request) {
        if (request.location().files().autoindex().format() != Autoindex.Format.JSONP) {
            return null;
        }
        String name = request.value(CALLBACK);
        return name == null || name.isEmpty() ? null : name;
    }

    private static boolean isName(String callback) {
        for (int i = 0; i < callback.length(); i++) {
            int lower = Ascii.lower(callback.charAt(i));
            boolean isLetter = lower >= 'a' && lower <= 'z';
            if (!isLetter && !Ascii.isDigit(lower) && lower != '_' && lower != '.') {
                return false;
            }
        }
        return true;
    }

    private static void respond(Request request, Response response, Content listing) {
        FileSettings files = request.location().files();
        String callback = callback(request);
        String type =
                switch (files.autoindex().format()) {
                    case HTML -> "text/html";
                    case XML -> "text/xml; charset=utf-8";
                    case JSON, JSONP -> callback == null ? "application/json" : "application/javascript";
                };
        response.status(200).contentType(MediaTypes.withCharset(files, type));
        response.content(callback == null ? listing : call(callback, (Content.Pieces) listing));
    }

    private static Content.Pieces call(String callback, Content.Pieces listing) {
        List<Content.Piece> pieces = new ArrayList<>(listing.pieces());
        pieces.add(0, memory("/* callback */\r\n" + callback + "("));
        pieces.add(memory(");"));
        return new Content.Pieces(listing.file(), List.copyOf(pieces));
    }

    private static Content.Memory memory(String text) {
        return new Content.Memory(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
