package pollux.config;

/**
 * Where POST content is saved, and how.
 *
 * @param store the folder, or {@code null} when POST is not taken for an upload
 * @param access permission bits of the files stored there
 * @param sync whether what POST and PUT store is on the disk before they are answered
 * @param mayBeRun whether files of the store may be run as programs
 */
public record UploadSettings(String store, int access, boolean sync, boolean mayBeRun) {
    /** Whether POST is an upload here. */
    public boolean isActive() {
        return store != null;
    }
}
