package pollux.handler;

import java.util.Collection;

/** How a name of a tree is written in the log: the top's path, and the folders below it on the way to the name. */
final class TreePath {
    private TreePath() {}

    /**
     * Writes a path.
     *
     * @param top the path of the whole tree
     * @param folders the names of the folders that were entered, the innermost first, the top itself last
     * @param name what lies in the innermost; {@code null} for that one itself
     */
    static String of(String top, Collection<String> folders, String name) {
        StringBuilder path = new StringBuilder(top);
        String[] down = folders.toArray(String[]::new);
        for (int i = down.length - 2; i >= 0; i--) {
            path.append('/').append(down[i]);
        }
        if (name != null && down.length > 0) {
            path.append('/').append(name);
        }
        return path.toString();
    }
}
