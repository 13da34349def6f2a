package pollux.twin;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import pollux.twin.Row.Difference;

/**
 * The section of the page of directives that says where Pollux differs from nginx. What both answer to the same request is
 * taken from {@link Deliberate}: the twin tests fail when such a difference is not there any more, or is another. Each of the
 * other sentences names the test that fails when it is not true any more.
 */
public final class WhereItDiffers {
    private static final String HEAD = """

            ## Where Pollux differs from nginx

            """;

    /**
     * A sentence, and the test that fails when it is not true any more.
     *
     * @param text in Markdown
     * @param test a class below {@code pollux} and its method
     */
    record Held(String text, String test) {}

    private static final List<Held> CONFIGURATION = List.of(
            new Held(
                    "An unknown variable is reported with the file and line that use it.",
                    "twin.BadConfigurationTwinTest#unknownVariableIsToldWithItsPlace"),
            new Held(
                    "What nginx has and Pollux does not is reported all at once, by name, and nothing is started.",
                    "config.LackingTest#everythingThatIsLackingIsToldAtOnce"),
            new Held(
                    "`gzip on`, `gzip_static on` and `load_module` are passed over with a warning.",
                    "config.LackingTest#whatWrongsNobodyIsPassedOverWithAWarning"),
            new Held(
                    "`disable_symlinks` makes each request look at its file: `open_file_cache` keeps nothing there.",
                    "handler.FileCacheTest#whereLinksAreNotFollowedEachRequestLooks"),
            new Held(
                    "`disable_symlinks` holds for programs, too.",
                    "wire.DisabledLinksTest#programsBehindLinksAreNotRun"),
            new Held(
                    "`disable_symlinks` holds for PUT, DELETE, MKCOL, COPY and MOVE, too: no link on the way to a name is"
                            + " followed that it refuses, and COPY follows none at all.",
                    "wire.DisabledLinksTest#nothingIsChangedByWayOfLinks"),
            new Held(
                    "Files are kept for a second where `open_file_cache` is not written.",
                    "handler.FileCacheTest#aFileIsLookedAtAgainAfterASecondAndNotBefore"),
            new Held(
                    "`try_files ... =1` to `=199` is 404; nginx never answers.",
                    "handler.TryFilesHandlerTest#whereNoneExistsAStatusAnswers"),
            new Held(
                    "Expressions: recursion, verbs, conditions, `\\K` and the like are refused by name.",
                    "config.RegexTest#whatPcreHasAndJavaHasNotIsLacking"),
            new Held(
                    "Expressions may look behind over a text of no fixed length.",
                    "config.RegexTest#lookingBehindOverTextOfNoFixedLengthIsTaken"),
            new Held(
                    "With `user`, the whole process is that user; no superuser stays behind it.",
                    "wire.UserTest#everyThreadAndProgramIsThatUser"));

    private static final List<Held> REQUESTS = List.of(
            new Held(
                    "A head that is too large is 431, by `max_headers` too; nginx says 400.",
                    "twin.BrowserTwinTest#answersAreEqual"),
            new Held(
                    "`large_client_header_buffers` bounds the longest line and the sum of all; nginx bounds how many buffers"
                            + " they take, each line whole in one.",
                    "twin.ProtocolTwinTest#linesThatLieBadlyInTheBuffersAreTaken"),
            new Held("A PROXY protocol header may come in pieces.", "twin.ProxyProtocolTwinTest#headerMayComeInPieces"),
            new Held(
                    "A PROXY protocol header that breaks off is a connection that the client closed.",
                    "twin.ProxyProtocolTwinTest#headerThatBreaksOffIsAClosedConnection"),
            new Held(
                    "What climbs behind an `alias` (`/a../` where `location /a` has `alias /b/`) is 404; nginx serves it.",
                    "wire.TraversalTest#pathsThatClimb"),
            new Held(
                    "`Destination` must name exactly the host that the request was sent to.",
                    "twin.CollectionTwinTest#answersAreEqual"),
            new Held(
                    "COPY of a file onto itself, and COPY and MOVE of a collection onto or into itself, is 403.",
                    "wire.CopyTest#nothingIsCopiedOrMovedIntoItself"),
            new Held("A parent that COPY misses is 409.", "twin.CollectionTwinTest#answersAreEqual"),
            new Held(
                    "As in nginx, what PUT, DELETE, MKCOL, COPY and MOVE do goes through links whatever"
                            + " `disable_symlinks` says.",
                    "twin.SymlinkTwinTest#answersAreEqual"));

    private static final List<Held> ANSWERS = List.of(
            new Held(
                    "Charsets are converted in memory: what is converted has a length and ranges.",
                    "twin.CharsetTwinTest#answersAreEqual"),
            new Held(
                    "Passwords hashed by DES crypt or bcrypt fit nobody.",
                    "handler.PasswordHashTest#whatCannotBeReadFitsNothing"),
            new Held(
                    "A listing is made in memory as a whole, and is shown for up to a second.",
                    "handler.AutoindexHandlerTest#aListingIsTrueForASecondUnlessTheServerChangesAFile"));

    private static final List<Held> VARIABLES = List.of(
            new Held(
                    "A client that is late with its head or its content is answered 408, by `error_page`, too, unless"
                            + " `reset_timedout_connection` is on; nginx ends the connection without a word. Both log 408.",
                    "twin.TimeLimitsTwinTest#answersAndEndsAreEqual"),
            new Held(
                    "A head that is too large finds the `error_page` of 431, and that of nginx's 494 where there is none.",
                    "twin.TimeLimitsTwinTest#answersAndEndsAreEqual"),
            new Held(
                    "Control characters stand in error lines as `\\x0a`; nginx writes them as they are.",
                    "twin.ErrorLogTwinTest#linesAreEqual"),
            new Held(
                    "Errors of reading from and writing to a client are not told apart: a connection that was reset is, in"
                            + " the error log, one that the client closed.",
                    "twin.ErrorLogTwinTest#linesAreEqual"),
            new Held(
                    "Where a head is refused, the error line names the host and the referrer wherever they stand in it.",
                    "twin.ErrorLogTwinTest#linesAreEqual"),
            new Held(
                    "`$request_length` counts content that nobody reads.",
                    "twin.VariableTwinTest#contentThatNobodyReadsCounts"),
            new Held(
                    "`$sent_http_connection` is what was sent.",
                    "twin.VariableTwinTest#linesTellWhetherTheConnectionWasKept"));

    private static final Map<String, List<Held>> OTHERS = new LinkedHashMap<>();

    static {
        OTHERS.put("Configuration", CONFIGURATION);
        OTHERS.put("Requests", REQUESTS);
        OTHERS.put("Answers", ANSWERS);
        OTHERS.put("Variables and logs", VARIABLES);
    }

    private WhereItDiffers() {}

    /** The section, in Markdown. */
    public static String section() {
        StringBuilder section = new StringBuilder(HEAD);
        section.append("To the same request, each with its reason:\n\n");
        for (String line : answers()) {
            section.append("- ").append(line).append('\n');
        }
        OTHERS.forEach((title, sentences) -> {
            section.append('\n').append(title).append("\n\n");
            sentences.forEach(
                    sentence -> section.append("- ").append(sentence.text).append('\n'));
        });
        return section.toString();
    }

    /** Every sentence that no deliberate difference makes. */
    static List<Held> sentences() {
        return OTHERS.values().stream().flatMap(List::stream).toList();
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
