package pollux.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import pollux.config.ErrorLog;
import pollux.http.Method;
import pollux.posix.Directory;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;

/** {@code random_index}: any regular file of the directory asked for, hidden ones aside, by an internal redirect. */
public final class RandomIndexHandler implements Handler {
    private final FileStatus file = new FileStatus();

    @Override
    public int handle(Request request, Response response) {
        Method method = request.method();
        boolean isReading = method == Method.GET || method == Method.HEAD || method == Method.POST;
        if (!request.path().endsWith("/") || !isReading) {
            return DECLINED;
        }
        String path = request.filename();
        String folder = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        List<String> names = new ArrayList<>();
        try (Directory directory = new Directory()) {
            int failure = directory.open(folder);
            if (failure < 0) {
                return refuse(request, "opendir()", folder, -failure);
            }
            for (String name = directory.next(); name != null; name = directory.next()) {
                boolean isFile =
                        !name.startsWith(".") && Files.status(folder + "/" + name, file) == 0 && file.isRegular();
                if (isFile) {
                    names.add(name);
                }
            }
            if (directory.problem() < 0) {
                return refuse(request, "readdir()", folder, -directory.problem());
            }
        }
        if (names.isEmpty()) {
            return DECLINED;
        }
        int chosen = ThreadLocalRandom.current().nextInt(names.size());
        request.redirect(request.path() + names.get(chosen), request.args());
        return REDIRECTED;
    }

    private static int refuse(Request request, String call, String folder, int error) {
        int status = FileErrors.isMissing(error) ? 404 : error == Errno.EACCES ? 403 : 500;
        ErrorLog.Level level = status == 500 ? ErrorLog.Level.CRIT : ErrorLog.Level.ERROR;
        request.log().error(level, FileErrors.failed(call, folder, error));
        return status;
    }
}
