package pollux.handler;

import pollux.config.ErrorLog;
import pollux.http.FieldName;
import pollux.http.Method;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;
import pollux.posix.Folder;

/**
 * COPY and MOVE as nginx's dav module does them: both names are mapped by {@code root} or {@code alias} of the location that
 * the request is for.
 *
 * <p>204 for a file, 201 for a folder; 400 without a destination here, for a folder without its slash, and for {@code Depth} or
 * {@code Overwrite} that do not fit; 403 where one name lies in the other, and where the server may not; 404 without a source; 409 when only
 * one of the names has a slash at its end, for a file in place of a folder, and where the folder that the new one lies in is
 * missing; 412 when {@code Overwrite} forbids it; 415 for a request with content; 507 when the disk is full.
 */
public final class CopyHandler implements ChangingHandler {
    /** Not an answer: a rename is not enough. */
    private static final int MUST_COPY = -40;

    private final FileStatus status = new FileStatus();

    @Override
    public int handle(Request request, Response response) {
        int refusal = refusal(request);
        return refusal != 0 ? refusal : start(request, response, Destination.of(request), isMove(request));
    }

    @Override
    public int rehearse(Request request, Response response) {
        int refusal = refusal(request);
        if (refusal != 0) {
            return refusal;
        }
        Destination destination = Destination.of(request);
        String source = source(request);
        boolean isUnmoved = isMove(request) && !destination.isCollection() && source.equals(destination.file());
        if (!isUnmoved && isWithin(source, destination.file())) {
            return 403;
        }
        boolean makesFolders = isMove(request) && !destination.isCollection();
        if (!makesFolders && !Folders.isThere(Folders.parent(destination.file()))) {
            return 409;
        }
        int permission = Folders.permission(request.log(), Folders.nearest(Folders.parent(destination.file())));
        if (permission == 0 && isMove(request)) {
            permission = Folders.permission(request.log(), Folders.parent(source));
        }
        if (permission != 0) {
            return permission;
        }
        response.status(destination.isCollection() ? 201 : 204);
        return DONE;
    }

    private static boolean isMove(Request request) {
        return request.method() == Method.MOVE;
    }

    private static String source(Request request) {
        String name = request.filename();
        return name.length() > 1 && name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    /** Why nothing is copied, or 0. */
    private int refusal(Request request) {
        Log log = request.log();
        if (request.contentLength() > 0 || request.head().find(FieldName.TRANSFER_ENCODING) >= 0) {
            log.error(ErrorLog.Level.ERROR, "COPY and MOVE with body are unsupported");
            return 415;
        }
        Destination destination = Destination.of(request);
        if (destination == null) {
            return 400;
        }
        if (request.path().endsWith("/") != destination.isCollection()) {
            log.error(
                    ErrorLog.Level.ERROR,
                    "both URI \"" + request.path() + "\" and \"Destination\" URI \"" + destination.written()
                            + "\" should be either collections or non-collections");
            return 409;
        }
        String overwrite = request.head().value(FieldName.OVERWRITE);
        if (!isDepthRight(request, isMove(request)) || !isOverwriteRight(request, overwrite)) {
            return 400;
        }
        return refusal(request, destination, overwrite == null || overwrite.equalsIgnoreCase("T"));
    }

    private static boolean isDepthRight(Request request, boolean move) {
        String depth = Depth.of(request);
        boolean isRight = depth == null || depth.equals("infinity") || (!move && depth.equals("0"));
        if (!isRight) {
            request.log()
                    .error(
                            ErrorLog.Level.ERROR,
                            move ? "\"Depth\" header must be infinity" : "\"Depth\" header must be 0 or infinity");
        }
        return isRight;
    }

    private static boolean isOverwriteRight(Request request, String overwrite) {
        boolean isRight = overwrite == null || overwrite.equalsIgnoreCase("T") || overwrite.equalsIgnoreCase("F");
        if (!isRight) {
            request.log()
                    .error(ErrorLog.Level.ERROR, "client sent invalid \"Overwrite\" header: \"" + overwrite + "\"");
        }
        return isRight;
    }

    private int refusal(Request request, Destination destination, boolean overwrite) {
        Log log = request.log();
        String target = destination.file();
        int barred = FileLookup.refusal(request, source(request));
        barred = barred != 0 ? barred : FileLookup.refusal(request, target);
        if (barred != 0) {
            return barred;
        }
        int answer = Files.linkStatus(target, status);
        if (answer < 0 && answer != -Errno.ENOENT) {
            return FileFailure.report(log, "lstat()", target, answer, 404);
        }
        if (answer == 0 && status.isDirectory() && !destination.isCollection()) {
            log.error(
                    ErrorLog.Level.ERROR,
                    "\"" + request.path() + "\" could not be " + request.methodName() + "ed to collection \""
                            + destination.written() + "\"");
            return 409;
        }
        if (answer == 0 && !overwrite) {
            log.error(ErrorLog.Level.ERROR, "\"" + target + "\" could not be created " + Errno.describe(Errno.EEXIST));
            return 412;
        }
        String source = request.filename();
        answer = Files.linkStatus(source, status);
        if (answer < 0) {
            return FileFailure.report(log, "lstat()", source, answer, 404);
        }
        if (status.isDirectory() && !request.path().endsWith("/")) {
            log.error(ErrorLog.Level.ERROR, "\"" + request.path() + "\" is collection");
            return 400;
        }
        return WriteConditions.hold(request, source) ? 0 : 412;
    }

    private int start(Request request, Response response, Destination destination, boolean move) {
        String source = source(request);
        String target = destination.file();
        boolean isCollection = destination.isCollection();
        if (source.equals(target) && move && !isCollection) {
            response.status(204);
            return DONE;
        }
        if (isWithin(source, target)) {
            // RFC 4918 9.8.5: nothing is copied into itself.
            request.log().error(ErrorLog.Level.ERROR, "\"" + source + "\" and \"" + target + "\" lie in one another");
            return 403;
        }
        if (move && !isCollection) {
            return makeAndMove(request, response, source, target);
        }
        return begin(request, response, source, target, move, null);
    }

    private static int makeAndMove(Request request, Response response, String source, String target) {
        String parent = Folders.parent(target);
        String nearest = Folders.nearest(parent);
        int outcome = 500;
        try (Folder start = new Folder();
                Folders folders = new Folders(start, false)) {
            try {
                int made = FileLookup.openFolder(request, nearest, start);
                made = made < 0 ? made : folders.make(Folders.rest(parent, nearest), Folders.mode(request));
                outcome = made < 0
                        ? FileFailure.report(request.log(), "mkdir()", parent, made, 409)
                        : begin(request, response, source, target, true, folders.folder());
                return outcome;
            } finally {
                if (outcome != DONE && outcome != WORK) {
                    folders.undo();
                }
            }
        }
    }

    /**
     * Opens the folders that both lie in: from here on nobody can lead either name elsewhere.
     *
     * @param into the target's, when it is open already; it stays the caller's
     */
    private static int begin(
            Request request, Response response, String source, String target, boolean move, Folder into) {
        Entry from = new Entry(source);
        Entry to = new Entry(target);
        int outcome = 500;
        try {
            outcome = opened(request, from, from.open(request), 404);
            if (outcome == 0) {
                outcome = opened(request, to, into == null ? to.open(request) : to.open(into), 409);
            }
            if (outcome == 0) {
                outcome = move ? move(request, response, from, to) : MUST_COPY;
            }
            if (outcome == MUST_COPY) {
                // Both are that one's now.
                outcome = response.work(TreeCopy.begin(request, response, from, to, move));
            }
            return outcome;
        } finally {
            if (outcome != WORK) {
                from.close();
                to.close();
            }
        }
    }

    private static int opened(Request request, Entry entry, int answer, int notFound) {
        return answer < 0
                ? FileFailure.report(request.log(), "open()", Folders.parent(entry.path()), answer, notFound)
                : 0;
    }

    private static int move(Request request, Response response, Entry from, Entry to) {
        // To a name beside the new one first: that tells whether the two are of one file system, and changes nothing.
        String temporary = Replacement.temporary();
        int answer = from.folder().rename(from.name(), to.folder(), temporary);
        if (answer == -Errno.EXDEV) {
            return MUST_COPY;
        }
        if (answer < 0) {
            return FileFailure.report(request.log(), "rename()", from.path(), answer, 409);
        }
        int refusal = Replacement.place(request.log(), temporary, to);
        if (refusal != 0) {
            to.folder().rename(temporary, from.folder(), from.name());
            return refusal;
        }
        response.status(request.path().endsWith("/") ? 201 : 204);
        return DONE;
    }

    /** Whether one of the names is the other, or lies in it, by whatever links. */
    private static boolean isWithin(String source, String target) {
        String from = real(source);
        String to = real(target);
        return from.equals(to) || from.startsWith(to + "/") || to.startsWith(from + "/");
    }

    /** The name with the folders before it resolved, as far as they are there; a link at its end is itself. */
    private static String real(String path) {
        String parent = Folders.parent(path);
        String folder = Folders.nearest(parent);
        String resolved = Files.realPath(folder);
        String rest = path.substring(folder.length());
        String real = (resolved == null ? folder : resolved) + (rest.startsWith("/") ? rest : "/" + rest);
        return real.replaceAll("/{2,}", "/").replaceAll("(?<=.)/$", "");
    }
}
