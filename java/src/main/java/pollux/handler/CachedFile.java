package pollux.handler;

import pollux.config.FileSettings;
import pollux.config.Location;
import pollux.posix.FileStatus;

/**
 * What is known of the file behind a name: that it is not there, or its size, times and tag, its descriptor or all of its
 * bytes, and the heads of responses that were made of it. {@link FileCache} makes it and keeps it true.
 */
@SuppressWarnings("ReferenceEquality") // parts of a configuration are frozen: another object is another meaning
public final class CachedFile {
    private String name;
    private int error;
    private boolean directory;
    private boolean regular;
    private long size;
    private long modifiedSeconds;
    private long modifiedNanos;
    private long device;
    private long inode;
    private int mode;
    private OpenFile file;
    private Content content = Content.NONE;
    private byte[] bytes;
    private String entityTag;
    private long lastModified;
    private FileSettings typeOf;
    private String typePath;
    private String contentType;
    private Location headsOf;
    private byte[] keepAliveHead;
    private byte[] closingHead;

    private long readMs;

    /** When it was last found to be true, in milliseconds since 1970, and how many changes there had been until then. */
    long checkedMs;

    long checkedAt;

    /** When it was last asked for, and how often. */
    long usedMs;

    long uses;

    /** Whether it was asked for again since the cache last looked for something to give up. */
    boolean referenced;

    /** Whether a cache keeps it. */
    boolean kept;

    CachedFile(String name) {
        this.name = name;
    }

    /** A name that cannot be opened. */
    void failed(String missing, int errno) {
        name = missing;
        error = errno;
    }

    /** It was opened just now: what {@code fstat} said. */
    void opened(FileStatus status, long nowMs) {
        directory = status.isDirectory();
        regular = status.isRegular();
        size = status.size();
        modifiedSeconds = status.modifiedSeconds();
        modifiedNanos = status.modifiedNanos();
        device = status.device();
        inode = status.inode();
        mode = status.mode();
        entityTag = Validators.entityTag(status);
        lastModified = Validators.lastModified(status);
        readMs = nowMs;
    }

    void checked(long nowMs, long changes) {
        checkedMs = nowMs;
        checkedAt = changes;
    }

    void used(long nowMs) {
        usedMs = nowMs;
        referenced = uses > 0;
        uses++;
    }

    /** Its content is in this descriptor, which it owns from now on. */
    void content(OpenFile open) {
        file = open;
        content = Content.of(open, size);
    }

    /** Its content is all of these bytes. */
    void content(byte[] whole) {
        bytes = whole;
        content = Content.of(whole);
    }

    /** Whether a name now means what it meant when this was read. */
    boolean isAs(FileStatus status) {
        return inode == status.inode()
                && device == status.device()
                && size == status.size()
                && modifiedSeconds == status.modifiedSeconds()
                && modifiedNanos == status.modifiedNanos()
                && mode == status.mode();
    }

    /**
     * Whether the bytes may be older than the file although its times are equal: clocks of files tick in milliseconds, and
     * it was changed just before it was read.
     */
    boolean isDoubtful() {
        return bytes != null && modifiedSeconds >= readMs / 1000 - 2;
    }

    /** How many bytes it keeps. */
    int keptBytes() {
        return bytes == null ? 0 : bytes.length;
    }

    /** Gives up its descriptor and its bytes; responses that are being sent keep theirs. */
    void letGo() {
        if (file != null) {
            file.release();
            file = null;
        }
        bytes = null;
        content = Content.NONE;
        headsOf = null;
    }

    /** The name it was looked for by. */
    public String name() {
        return name;
    }

    /** Why it cannot be opened, a positive error number; 0 if it can. */
    public int error() {
        return error;
    }

    /** Whether it is a directory. */
    public boolean isDirectory() {
        return directory;
    }

    /** Whether it is a regular file. */
    public boolean isRegular() {
        return regular;
    }

    /** The content as of the last look; the caller owns it, its share of the file included. */
    public Content takeContent() {
        if (file != null) {
            file.hold();
        }
        return content;
    }

    /** Whether all is here that a response needs. */
    boolean isUsable() {
        return error != 0 || directory || file != null || bytes != null;
    }

    /** The time of change, in seconds since 1970, in the years that {@code Last-Modified} can say. */
    public long lastModified() {
        return lastModified;
    }

    /** nginx's tag: seconds and size in hexadecimal. */
    public String entityTag() {
        return entityTag;
    }

    /** The {@code Content-Type} that a request's location gives its path. */
    String contentType(Request request) {
        FileSettings settings = request.location().files();
        if (typeOf != settings || !request.path().equals(typePath)) {
            // Several paths may lead to one file, by an alias without variables for instance: a head is for one type.
            headsOf = null;
            contentType = MediaTypes.ofPath(request);
            typeOf = settings;
            typePath = request.path();
        }
        return contentType;
    }

    /**
     * The head of a 200 response in a location, as it was rendered last.
     *
     * @param persistent whether the connection stays open
     * @return {@code null} when there is none
     */
    public byte[] head(Location location, boolean persistent) {
        return headsOf != location ? null : persistent ? keepAliveHead : closingHead;
    }

    /** Keeps a head for {@link #head(Location, boolean)}. */
    public void head(Location location, boolean persistent, byte[] rendered) {
        if (headsOf != location) {
            headsOf = location;
            keepAliveHead = null;
            closingHead = null;
        }
        if (persistent) {
            keepAliveHead = rendered;
        } else {
            closingHead = rendered;
        }
    }
}
