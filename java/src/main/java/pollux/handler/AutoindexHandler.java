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
 * does not list is refused. A listing is made in memory as a whole, as in nginx, but a large directory is read in several
 * turns of the loop.
 */
public final class AutoindexHandler implements Handler {
    /** Names that are looked up in one turn of the loop: about a millisecond. */
    private static final int NAMES_EACH = 512;

    private static final Variable CALLBACK = Variable.of("arg_callback");

    private final FileStatus file = new FileStatus();
    private final ListingCache listings = new ListingCache();
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
        Directory directory = new Directory();
        int failure = directory.open(folder);
        if (failure < 0) {
            return FileErrors.refuse(request, "opendir()", folder, -failure);
        }
        return response.work(new Reading(request, response, directory, folder));
    }

    private static int forbid(Request request) {
        request.log().error(ErrorLog.Level.ERROR, "directory index of \"" + request.filename() + "\" is forbidden");
        return 403;
    }

    /** Reads a directory some names at a time, and makes its listing. */
    private final class Reading implements Work {
        private final Request request;
        private final Response response;
        private final Directory directory;
        private final String folder;
        private final long changes = FileCache.changes();
        private final List<ListingEntry> entries = new ArrayList<>();

        Reading(Request request, Response response, Directory directory, String folder) {
            this.request = request;
            this.response = response;
            this.directory = directory;
            this.folder = folder;
        }

        @Override
        public int step() {
            // Large ones are read one after the other: what they take in memory is the largest's, not the sum.
            if (large != null && large != this) {
                return MORE;
            }
            for (int i = 0; i < NAMES_EACH; i++) {
                String name = directory.next();
                if (name == null) {
                    abort();
                    return isAll() ? finish() : 500;
                }
                if (!name.startsWith(".") && !add(name)) {
                    abort();
                    return 500;
                }
            }
            large = this;
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

        private int finish() {
            entries.sort(null);
            Content listing = render(request, entries);
            listings.keep(request, folder, listing, changes);
            respond(request, response, listing);
            return DONE;
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

        @Override
        public void abort() {
            directory.close();
            if (large == this) {
                large = null;
            }
        }
    }

    private static Content render(Request request, List<ListingEntry> entries) {
        FileSettings files = request.location().files();
        Autoindex settings = files.autoindex();
        boolean isUtf8 = MediaTypes.hasCharset(files, "text/html") && "utf-8".equalsIgnoreCase(files.charset());
        String listing =
                switch (settings.format()) {
                    case JSON, JSONP -> ListingJson.render(entries);
                    case XML -> ListingXml.render(entries);
                    case HTML ->
                        new ListingPage(settings, isUtf8, request.nowMs() / 1000).render(request.path(), entries);
                };
        return Content.of(listing.getBytes(StandardCharsets.ISO_8859_1));
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

    private static Content call(String callback, Content.Pieces listing) {
        List<Content.Piece> pieces = new ArrayList<>(listing.pieces());
        pieces.add(0, memory("/* callback */\r\n" + callback + "("));
        pieces.add(memory(");"));
        return new Content.Pieces(null, List.copyOf(pieces));
    }

    private static Content.Memory memory(String text) {
        return new Content.Memory(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
