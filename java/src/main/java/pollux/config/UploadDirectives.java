package pollux.config;

/** Where POST content is saved: the row, and the record it fills. */
final class UploadDirectives {
    private static final Key<String> STORE = new Key<>(null);

    private UploadDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.pollux(
                "upload_store",
                Context.ONLY_LOCATION,
                Arity.ONE,
                "",
                "The folder that POST content is saved in.",
                Setters.path(STORE));
    }

    static UploadSettings settings(Scope scope) {
        return new UploadSettings(scope.get(STORE));
    }
}
