package pollux.twin;

import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import pollux.twin.Row.Difference;

/**
 * The section of the page of directives that says where Pollux differs from nginx. What both answer to the same request is
 * taken from {@link Deliberate}: the twin tests fail when such a difference is not there any more, or is another.
 */
public final class WhereItDiffers {
    private static final String HEAD = """

            ## Where Pollux differs from nginx

            """;

    private static final String OTHERS = """

            Configuration

            - An unknown variable is reported with the file and line that use it.
            - What nginx has and Pollux does not is reported all at once, by name, and nothing is started.
            - `disable_symlinks` makes each request look at its file: `open_file_cache` keeps nothing there. It holds for
              programs, too.
            - Files are kept for a second where `open_file_cache` is not written.
            - `try_files ... =1` to `=199` is 404; nginx never answers.
            - Expressions: recursion, verbs, conditions, `\\K` and the like are refused by name; looking behind over a text of
              no fixed length is taken.
            - With `user`, the whole process is that user; no superuser stays behind it.

            Requests

            - A head that is too large is 431, by `max_headers` too; nginx says 400.
            - A PROXY protocol header may come in pieces; one that breaks off is a connection that the client closed.
            - `Destination` must name exactly the host that the request was sent to.
            - COPY of a file onto itself, and COPY and MOVE of a collection onto or into itself, is 403; a parent that COPY
              misses is 409.
            - As in nginx, what PUT, DELETE, MKCOL, COPY and MOVE do goes through links whatever `disable_symlinks` says.

            Answers

            - Charsets are converted in memory, up to 8 MiB, and not in what programs send.
            - Passwords hashed by DES crypt or bcrypt fit nobody.
            - A listing is made in memory as a whole, and is shown for up to a second.

            Variables and logs

            - A client that is late with its head or its content is answered 408, by `error_page`, too, unless
              `reset_timedout_connection` is on; nginx ends the connection without a word. Both log 408.
            - A head that is too large finds the `error_page` of 431, and that of nginx's 494 where there is none.
            - Control characters stand in error lines as `\\x0a`; nginx writes them as they are.
            - Errors of reading from and writing to a client are not told apart: a connection that was reset is, in the error
              log, one that the client closed.
            - Where a head is refused, the error line names the host and the referrer wherever they stand in it.
            - `$request_length` counts content that nobody reads.
            - `$sent_http_connection` is what was sent.
            """;

    private WhereItDiffers() {}

    /** The section, in Markdown. */
    public static String section() {
        StringBuilder section = new StringBuilder(HEAD);
        section.append("To the same request, each with its reason:\n\n");
        for (String line : answers()) {
            section.append("- ").append(line).append('\n');
        }
        return section.append(OTHERS).toString();
    }

    private static Set<String> answers() {
        Set<String> lines = new TreeSet<>();
        try {
            for (Field field : Deliberate.class.getDeclaredFields()) {
                Object value = field.getType() == String.class ? null : field.get(null);
                Difference[] all = value instanceof Difference one ? new Difference[] {one} : (Difference[]) value;
                for (Difference difference : all == null ? new Difference[0] : all) {
                    lines.add(sentence(difference));
                }
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
        return lines;
    }

    private static String sentence(Difference difference) {
        return difference.what() + ": " + shown(difference.nginx()) + " by nginx, " + shown(difference.pollux())
                + " by Pollux; " + difference.reason() + ".";
    }

    private static String shown(String value) {
        return value == null || value.isEmpty() ? "nothing" : "`" + value.replace("HTTP/1.1 ", "") + "`";
    }
}
