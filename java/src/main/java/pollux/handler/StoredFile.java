package pollux.handler;

/**
 * A file that an upload has stored.
 *
 * @param name in its folder; a byte string
 * @param size in bytes
 * @param type its media type, as the client gave it or by its name; a byte string
 */
record StoredFile(String name, long size, String type) {}
