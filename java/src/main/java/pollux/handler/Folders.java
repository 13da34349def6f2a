package pollux.handler;

import java.util.ArrayList;
import pollux.posix.Errno;
import pollux.posix.FileStatus;
import pollux.posix.Files;
import pollux.posix.Folder;

/** Makes a folder and those on the way to it, and can take back what it has made. */
final class Folders {
    private final ArrayList<String> made = new ArrayList<>();

    /**
     * Makes a folder, unless it is there.
     *
     * @return 0 or {@code -errno}; what stands there may still be something else than a folder
     */
    int make(String folder, int mode) {
        int end = folder.length();
        int answer = makeOne(folder, mode);
        while (answer == -Errno.ENOENT && folder.lastIndexOf('/', end - 1) > 0) {
            end = folder.lastIndexOf('/', end - 1);
            answer = makeOne(folder.substring(0, end), mode);
        }
        while (answer == 0 && end < folder.length()) {
            int next = folder.indexOf('/', end + 1);
            end = next < 0 ? folder.length() : next;
            answer = makeOne(folder.substring(0, end), mode);
        }
        return answer;
    }

    /** Waits until the folders made are on the disk: each is an entry of the one above. 0 or {@code -errno}. */
    int sync() {
        int answer = 0;
        for (int i = 0; i < made.size() && answer == 0; i++) {
            try (Folder above = new Folder()) {
                answer = above.open(parent(made.get(i)));
                answer = answer < 0 ? answer : above.sync();
            }
        }
        return answer;
    }

    /** The permission bits of folders that a request makes. As nginx: whoever may read or write a file may pass through. */
    static int mode(Request request) {
        int mode = request.location().methods().davAccess();
        return mode | (mode & 0444) >> 2 | (mode & 0222) >> 1;
    }

    private int makeOne(String folder, int mode) {
        int answer = Files.makeDirectory(folder, mode);
        if (answer == 0) {
            made.add(folder);
        }
        return answer == -Errno.EEXIST ? 0 : answer;
    }

    /** Removes the folders made, as far as they are empty. */
    void undo() {
        for (int i = made.size() - 1; i >= 0; i--) {
            Files.removeDirectory(made.get(i));
        }
        made.clear();
    }

    /** The folder that a path lies in. */
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash > 0 ? path.substring(0, slash) : slash == 0 ? "/" : ".";
    }

    /** What a rehearsal says of a folder that would be changed: 0, or the status when this process may not. */
    static int permission(Log log, String folder) {
        int answer = Files.mayChange(folder);
        return answer < 0 ? FileFailure.report(log, "access()", folder, answer, 409) : 0;
    }

    /** The folder itself, or the nearest one above that is there. */
    static String nearest(String folder) {
        String at = folder;
        while (Files.mode(at) == -Errno.ENOENT && at.lastIndexOf('/') > 0) {
            at = parent(at);
        }
        return at;
    }

    /** Whether a name is that of a folder, or of a link to one. */
    static boolean isThere(String name) {
        int mode = Files.mode(name);
        return mode >= 0 && FileStatus.isDirectory(mode);
    }
}
