package pollux.config;

/** Where POST content is saved, and how: rows, and the record they fill. */
final class UploadDirectives {
    private static final String MAY_BE_RUN = "allow_cgi";

    private record Store(String path, boolean mayBeRun, Position at) {}

    private static final Key<Store> STORE = new Key<>(null);
    private static final Key<Integer> ACCESS = new Key<>(null);
    private static final Key<Boolean> SYNC = new Key<>(false);

    private UploadDirectives() {}

    static void addTo(DirectiveTable.Rows rows) {
        rows.pollux(
                "upload_store",
                Context.ONLY_LOCATION,
                Arity.ONE_OR_TWO,
                "",
                "The folder that POST content is saved in. One whose files could be run as programs is refused, unless "
                        + "allow_cgi follows.",
                Setters.once(STORE, UploadDirectives::readStore));
        rows.pollux(
                "upload_store_access",
                Context.HTTP_SERVER_LOCATION,
                new Arity(1, 3),
                "",
                "Who may read and write the files that uploads make, in the words of dav_access, whose value it has by default.",
                Setters.once(ACCESS, (scope, directive) -> MethodDirectives.readAccess(directive)));
        rows.pollux(
                "upload_sync",
                Context.HTTP_SERVER_LOCATION,
                Arity.ONE,
                "off",
                "Whether what POST and PUT store is on the disk, with its name, before they are answered; all clients of the "
                        + "worker wait for the disk.",
                Setters.flag(SYNC));
    }

    private static Store readStore(Scope scope, Directive directive) throws ConfException {
        if (directive.count() == 2 && !directive.arg(1).equals(MAY_BE_RUN)) {
            throw directive.error("invalid parameter \"" + directive.arg(1) + "\"");
        }
        return new Store(scope.loading().path(directive.arg(0)), directive.count() == 2, directive.at());
    }

    /** What strangers store must not be run: refuses a store of these locations, and of those in them, that could be. */
    static void refuseRunnable(Scope outer, ProgramReach programs) throws ConfException {
        for (Scope location : outer.children(Context.LOCATION)) {
            Store store = location.own(STORE);
            Location runner = store == null || store.mayBeRun() ? null : programs.over(store.path());
            if (runner != null) {
                throw new ConfException("files stored in \"" + store.path() + "\" could be run as programs by "
                        + ProgramReach.place(runner)
                        + ", add \"" + MAY_BE_RUN + "\" if they may" + store.at());
            }
            refuseRunnable(location, programs);
        }
    }

    static UploadSettings settings(Scope scope) {
        Store store = scope.get(STORE);
        Integer access = scope.get(ACCESS);
        return new UploadSettings(
                store == null ? null : store.path(),
                access == null ? MethodDirectives.davAccess(scope) : access,
                scope.get(SYNC),
                store != null && store.mayBeRun());
    }
}
