package pollux.config;

/**
 * Where POST content is saved.
 *
 * @param store the folder, or {@code null} when POST is not taken for an upload
 */
public record UploadSettings(String store) {
    /** Whether POST is an upload here. */
    public boolean isActive() {
        return store != null;
    }
}
