package pollux.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Freezes what was read: each scope becomes a record, with everything it inherits resolved. */
final class ConfBuilder {
    private final Scope main;
    private final Loading loading;
    private final List<Read> locations = new ArrayList<>();

    /** A location, and where it was read. */
    record Read(Location location, Scope scope) {}

    ConfBuilder(Scope main) {
        this.main = main;
        this.loading = main.loading();
    }

    Config build(String file) throws ConfException {
        loading.refuseUnknownVariables();
        Map<Scope, ServerBlock> blocks = new LinkedHashMap<>();
        for (Scope http : main.children(Context.HTTP)) {
            for (Scope server : http.children(Context.SERVER)) {
                blocks.put(server, server(server));
            }
        }
        ProgramReach programs = new ProgramReach(blocks.values());
        for (Scope server : blocks.keySet()) {
            UploadDirectives.refuseRunnable(server, programs);
        }
        MethodDirectives.refuseRunnable(locations, programs);
        List<ListenSocket> sockets = loading.listens().sockets(blocks, loading.warnings());
        List<Scope> events = main.children(Context.EVENTS);
        EventSettings settings = ProcessDirectives.events(events.isEmpty() ? main : events.get(0));
        if (settings.connections() <= sockets.size()) {
            throw new ConfException(settings.connections() + " worker_connections are not enough for " + sockets.size()
                    + " listening sockets");
        }
        return new Config(
                loading.prefix(),
                file,
                ProcessDirectives.process(main),
                settings,
                sockets,
                List.copyOf(blocks.values()),
                List.copyOf(loading.files()),
                List.copyOf(loading.warnings()));
    }

    private ServerBlock server(Scope scope) throws ConfException {
        List<ServerName> names = scope.own(BlockDirectives.NAMES);
        ServerBlock block = new ServerBlock(
                scope.get(BlockDirectives.FIRST_NAME),
                names != null ? List.copyOf(names) : List.of(new ServerName(ServerName.Kind.EXACT, "", null)),
                loading.listens().of(scope),
                ConnectionDirectives.settings(scope),
                AnswerDirectives.returns(scope),
                level(scope, LocationHead.SERVER, null, null, Locations.NONE),
                locations(scope));
        return froze(scope, block);
    }

    private static <T> T froze(Scope scope, T block) {
        if (scope.loading().origins() != null) {
            scope.loading().origins().froze(scope, block);
        }
        return block;
    }

    private Location location(Scope scope) throws ConfException {
        LocationHead head = scope.own(LocationHead.KEY);
        LimitExcept limited = null;
        for (Scope block : scope.children(Context.LIMIT_EXCEPT)) {
            // As in nginx the block has neither the location's return nor its try_files, but all that is inherited.
            Location others = level(block, head, null, null, Locations.NONE);
            limited = new LimitExcept(MethodDirectives.leftOpen(scope), others);
        }
        return level(scope, head, AnswerDirectives.returns(scope), limited, locations(scope));
    }

    private Location level(
            Scope scope, LocationHead head, ReturnSettings returns, LimitExcept limited, Locations nested)
            throws ConfException {
        Location location = new Location(
                head.kind(),
                head.pattern(),
                head.regex(),
                BlockDirectives.isInternal(scope),
                FileDirectives.settings(scope),
                ClientDirectives.settings(scope),
                MethodDirectives.settings(scope),
                ErrorDirectives.settings(scope),
                returns,
                AnswerDirectives.headers(scope),
                CgiDirectives.settings(scope),
                UploadDirectives.settings(scope),
                SessionDirectives.settings(scope),
                LogDirectives.settings(scope),
                AccessDirectives.settings(scope),
                RateDirectives.settings(scope),
                BrowserDirectives.settings(scope),
                limited,
                nested);
        if (scope.context() != Context.LIMIT_EXCEPT) {
            locations.add(new Read(location, scope));
        }
        return froze(scope, location);
    }

    private Locations locations(Scope outer) throws ConfException {
        Map<String, Location> exact = new HashMap<>();
        Map<String, Location> prefixes = new LinkedHashMap<>();
        Map<String, Location> named = new HashMap<>();
        List<Location> regexes = new ArrayList<>();
        for (Scope scope : outer.children(Context.LOCATION)) {
            Location location = location(scope);
            Map<String, Location> among =
                    switch (location.kind()) {
                        case EXACT -> exact;
                        case NAMED -> named;
                        default -> prefixes;
                    };
            if (location.regex() != null) {
                regexes.add(location);
            } else if (among.put(location.pattern(), location) != null) {
                throw new ConfException("duplicate location \"" + location.pattern() + "\"" + scope.at());
            }
        }
        List<Location> longestFirst = new ArrayList<>(prefixes.values());
        longestFirst.sort(Comparator.comparingInt(
                        (Location location) -> location.pattern().length())
                .reversed());
        return new Locations(exact, longestFirst, regexes, named);
    }
}
