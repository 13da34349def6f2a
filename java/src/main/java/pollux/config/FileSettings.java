package pollux.config;

import java.util.List;
import java.util.Set;

/**
 * How files are found and described.
 *
 * @param root where URIs are mapped to
 * @param index names tried in a directory; those that begin with a slash are URIs
 * @param autoindex how a directory is listed
 * @param tryFiles candidates tried before anything else, or {@code null}
 * @param types extension to media type
 * @param defaultType the media type of all others; empty for none
 * @param charset appended to text types' {@code Content-Type}, or {@code null}
 * @param charsetTypes the media types it is appended to
 * @param etag whether {@code ETag} is sent
 * @param ifModifiedSince how {@code If-Modified-Since} is compared
 * @param maxRanges how many ranges a request may ask for; above it the whole file is sent; 0 turns ranges off
 * @param sendfile whether the kernel copies
 * @param sendfileMaxChunk bytes for one call at most; 0 for no bound
 * @param tcpNopush whether head and content share segments
 * @param caching what is remembered of files
 * @param links which symbolic links are not followed, or {@code null} for all are
 * @param own content that is found or made without a file of that name
 */
public record FileSettings(
        DocumentRoot root,
        List<Template> index,
        Autoindex autoindex,
        TryFiles tryFiles,
        MimeTypes types,
        String defaultType,
        String charset,
        Set<String> charsetTypes,
        boolean etag,
        IfModifiedSince ifModifiedSince,
        int maxRanges,
        boolean sendfile,
        long sendfileMaxChunk,
        boolean tcpNopush,
        FileCaching caching,
        Links links,
        Own own) {

    /**
     * Which symbolic links are not followed: {@code disable_symlinks}.
     *
     * @param ownersMay whether those are that belong to the owner of what they lead to
     * @param from the beginning of paths in which all are, or {@code null}
     */
    public record Links(boolean ownersMay, Template from) {}

    /**
     * Where URIs are mapped to.
     *
     * @param path the folder, absolute or below the prefix, without a final slash unless written for an alias
     * @param alias whether it stands for the matched part of the path rather than for {@code /}
     * @param replaced for an alias, how many bytes of the path it stands for; -1: all of them (expressions)
     */
    public record DocumentRoot(Template path, boolean alias, int replaced) {}

    /**
     * How a directory is listed.
     *
     * @param enabled whether it is at all
     * @param format in which form
     * @param exactSize whether sizes are bytes, not rounded (html only)
     * @param localTime whether times are the server's, not GMT (html only)
     */
    public record Autoindex(boolean enabled, Format format, boolean exactSize, boolean localTime) {
        /** The form of a listing. */
        public enum Format {
            /** A page. */
            HTML,
            /** A JSON array. */
            JSON,
            /** A JSON array, in a call of the function that {@code callback} names. */
            JSONP,
            /** An XML document. */
            XML
        }
    }

    /**
     * Content that is found or made without a file of that name.
     *
     * @param emptyGif whether everything here is a transparent picture of one pixel
     * @param randomIndex whether a directory is answered by one of its files
     * @param recoding into which charset answers are converted, or {@code null}
     */
    public record Own(boolean emptyGif, boolean randomIndex, Recoding recoding) {}

    /**
     * Candidates tried in order; the first that exists becomes the URI.
     *
     * @param candidates what is tried
     * @param status the answer when none exists, or 0 to go to {@code fallback}
     * @param fallback the URI or {@code @name} gone to when none exists; {@code null} with a status
     */
    public record TryFiles(List<Candidate> candidates, int status, Template fallback) {}

    /**
     * One candidate of {@code try_files}.
     *
     * @param path what is appended to the root, without the final slash that asks for a directory
     * @param directory whether it must be a directory rather than a file
     */
    public record Candidate(Template path, boolean directory) {}

    /** How {@code If-Modified-Since} is compared with a file's time. */
    public enum IfModifiedSince {
        /** Not at all: the file counts as changed. */
        OFF,
        /** Equal means unchanged. */
        EXACT,
        /** Equal or later means unchanged. */
        BEFORE
    }
}
