package pollux.handler;

import java.util.concurrent.ThreadLocalRandom;
import pollux.config.ErrorLog;
import pollux.http.Method;
import pollux.posix.Directory;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;

/**
 * {@code random_index}: any regular file of the directory asked for, hidden ones aside, by an internal redirect. A large
 * directory is read in several turns of the loop, and by one request at a time; no more than one of its names is kept.
 */
public final class RandomIndexHandler implements Handler {
    /** What work ends in where there is no file to choose: somebody else answers for the directory. */
    public static final int NOTHING = -41;

    /** Names that are read in one turn of the loop: about two milliseconds. */
    private static final int NAMES_EACH = 2048;

    private final FileStatus file = new FileStatus();
    private Choice large;

    @Override
    public int handle(Request request, Response response) {
        Method method = request.method();
        boolean isReading = method == Method.GET || method == Method.HEAD || method == Method.POST;
        if (!request.path().endsWith("/") || !isReading) {
            return DECLINED;
        }
        String path = request.filename();
        String folder = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return response.work(new Choice(request, folder));
    }

    /** Draws a number for each name; of the regular files, the one with the lowest is chosen. */
    private final class Choice implements Work {
        private final Request request;
        private final String folder;
        private final Directory directory = new Directory();
        private boolean begun;
        private String chosen;
        private long lowest = Long.MAX_VALUE;

        Choice(Request request, String folder) {
            this.request = request;
            this.folder = folder;
        }

        @Override
        public int step() {
            if (large != null && large != this) {
                return MORE;
            }
            int outcome = read();
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
                    return refuse(request, "opendir()", folder, -failure);
                }
            }
            for (int i = 0; i < NAMES_EACH; i++) {
                String name = directory.next();
                if (name == null) {
                    return directory.problem() < 0
                            ? refuse(request, "readdir()", folder, -directory.problem())
                            : finish();
                }
                draw(name);
            }
            return MORE;
        }

        /** Whether it is a file is asked of few: of those that would be chosen. */
        private void draw(String name) {
            long number = ThreadLocalRandom.current().nextLong();
            boolean isBetter = !name.startsWith(".") && (chosen == null || number < lowest);
            if (isBetter && Files.status(folder + "/" + name, file) == 0 && file.isRegular()) {
                chosen = name;
                lowest = number;
            }
        }

        private int finish() {
            if (chosen == null) {
                return NOTHING;
            }
            request.redirect(request.path() + chosen, request.args());
            return REDIRECTED;
        }

        @Override
        public void abort() {
            directory.close();
            if (large == this) {
                large = null;
            }
        }
    }

    private static int refuse(Request request, String call, String folder, int error) {
        int status = FileErrors.isMissing(error) ? 404 : error == Errno.EACCES ? 403 : 500;
        ErrorLog.Level level = status == 500 ? ErrorLog.Level.CRIT : ErrorLog.Level.ERROR;
        request.log().error(level, FileErrors.failed(call, folder, error));
        return status;
    }
}
