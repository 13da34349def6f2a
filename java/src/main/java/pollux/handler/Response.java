package pollux.handler;

import java.util.ArrayList;
import java.util.List;
import pollux.buffer.Ascii;

/**
 * What a handler answers: a status, fields and content. One object for each connection, used for one request after the
 * other. It owns the file of its content until {@link #takeContent()} or {@link #clear()}.
 *
 * <p>The fields that frame the message or belong to the connection ({@code Date}, {@code Server}, {@code Connection},
 * {@code Content-Length}, {@code Transfer-Encoding}) are not kept here: the server writes them.
 */
public final class Response {
    private final ArrayList<String> fields = new ArrayList<>();
    private final ArrayList<String> trailers = new ArrayList<>();
    private int status;
    private int errorStatus;
    private String redirectTarget;
    private String reason;
    private String contentType;
    private long lastModified;
    private String entityTag;
    private boolean rangesAllowed;
    private boolean closing;
    private Content content = Content.NONE;
    private Work work;
    private CachedFile source;

    /** Makes an empty response. */
    public Response() {
        clear();
    }

    /** Forgets everything; closes the file of content that nobody has taken. */
    public void clear() {
        dropContent();
        fields.clear();
        trailers.clear();
        source = null;
        status = 0;
        errorStatus = 0;
        redirectTarget = null;
        reason = null;
        closing = false;
    }

    /** Forgets the content, its type and its validators; closes its file. Fields stay. */
    public void dropContent() {
        closeFile();
        source = null;
        content = Content.NONE;
        contentType = null;
        lastModified = -1;
        entityTag = null;
        rangesAllowed = false;
    }

    private void closeFile() {
        if (content instanceof Content.Pieces pieces && pieces.file() != null) {
            pieces.file().release();
        }
    }

    /** The status code, 200 to 599; 0 while nothing was decided. */
    public int status() {
        return status;
    }

    /** Sets the status code; the reason phrase is the usual one. */
    public Response status(int code) {
        source = null;
        status = code;
        reason = null;
        return this;
    }

    /** The status that an error page is sent with, whatever its target answers; 0 when it is the target's own. */
    public int errorStatus() {
        return errorStatus;
    }

    /** Sets the status that an error page is sent with; 0 for its target's own. */
    public void errorStatus(int code) {
        errorStatus = code;
    }

    /** Where a redirect leads as it was written, before it was made absolute; {@code null} for none. */
    String redirectTarget() {
        return redirectTarget;
    }

    /** Sets where a redirect leads, as it was written. */
    void redirectTarget(String target) {
        redirectTarget = target;
    }

    /** The reason phrase that goes with the status, or {@code null} for the usual one. */
    public String reason() {
        return reason;
    }

    /** Sets a reason phrase of one's own: a program's {@code Status} field has one. */
    public void reason(String phrase) {
        source = null;
        reason = phrase;
    }

    /** The content's media type, or {@code null} for no {@code Content-Type} field. */
    public String contentType() {
        return contentType;
    }

    /** Sets the content's media type. */
    public Response contentType(String type) {
        source = null;
        contentType = type;
        return this;
    }

    /** When the content last changed, in seconds since 1970, or -1. */
    public long lastModified() {
        return lastModified;
    }

    /** Sets the time of the last change, in seconds since 1970; -1 for none. */
    public void lastModified(long epochSeconds) {
        source = null;
        lastModified = epochSeconds;
    }

    /** The entity tag with its quotes, or {@code null}. */
    public String entityTag() {
        return entityTag;
    }

    /** Sets the entity tag, quotes included; {@code null} for none. */
    public void entityTag(String tag) {
        source = null;
        entityTag = tag;
    }

    /** Whether a part of the content may be asked for. */
    public boolean rangesAllowed() {
        return rangesAllowed;
    }

    /** Lets parts of the content be asked for. */
    public void allowRanges(boolean allowed) {
        source = null;
        rangesAllowed = allowed;
    }

    /** Whether the connection ends with this response. */
    public boolean isClosing() {
        return closing;
    }

    /** The connection ends with this response. */
    public void closing() {
        closing = true;
    }

    /** Adds a field. The value is free of CR, LF and NUL, or is cut there when it is rendered. */
    public Response add(String name, String value) {
        source = null;
        fields.add(name);
        fields.add(value);
        return this;
    }

    /** The response is, to the last field, the usual one of a file; whatever is changed after this makes it another. */
    void whole(CachedFile file) {
        source = fields.isEmpty() && file.kept ? file : null;
    }

    /** The file that this is the usual response of, all of it and nothing besides; {@code null} for any other response. */
    public CachedFile source() {
        return source;
    }

    /** Adds a field that the usual response of a file has, so that it stays one. */
    void addUsual(String name, String value) {
        fields.add(name);
        fields.add(value);
    }

    /** The first value of a field, or {@code null}; names in any case. */
    public String field(String name) {
        for (int i = 0; i < fields.size(); i += 2) {
            if (Ascii.equalsIgnoreCase(fields.get(i), name)) {
                return fields.get(i + 1);
            }
        }
        return null;
    }

    /** Takes every field of a name away. */
    public void remove(String name) {
        source = null;
        for (int i = fields.size() - 2; i >= 0; i -= 2) {
            if (Ascii.equalsIgnoreCase(fields.get(i), name)) {
                fields.remove(i + 1);
                fields.remove(i);
            }
        }
    }

    /** The fields: name, value, name, value, … in order. */
    public List<String> fields() {
        return fields;
    }

    void trailer(String name, String value) {
        trailers.add(name);
        trailers.add(value);
    }

    /** The fields that were sent behind the content: name, value, name, value, … in order. */
    List<String> trailers() {
        return trailers;
    }

    /** The content, still owned by the response. */
    public Content content() {
        return content;
    }

    /** Replaces the content; a file of the old one is closed, unless the new one has the same. */
    public Response content(Content replacement) {
        boolean sameFile = content instanceof Content.Pieces old
                && replacement instanceof Content.Pieces next
                && old.file() == next.file();
        if (!sameFile) {
            closeFile();
        }
        source = null;
        content = replacement;
        return this;
    }

    /** Hands the content over: the caller owns its file from now on. */
    public Content takeContent() {
        Content taken = content;
        content = Content.NONE;
        return taken;
    }

    /** What is still to be done before there is a response; gives {@link Handler#WORK}, as the handler's answer. */
    int work(Work toDo) {
        work = toDo;
        return Handler.WORK;
    }

    /** Hands the work over, once. */
    public Work takeWork() {
        Work taken = work;
        work = null;
        return taken;
    }
}
