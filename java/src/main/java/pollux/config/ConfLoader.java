package pollux.config;

/** Reads a configuration. Nothing is opened but configuration files, so that {@code -t} touches nothing. */
public final class ConfLoader {
    private ConfLoader() {}

    /**
     * What to read.
     *
     * @param prefix the folder that relative paths lie in ({@code -p}); empty for the working directory
     * @param file the main file ({@code -c}), relative to the prefix unless it begins with a slash
     * @param globalDirectives the text of {@code -g}, read before the file; empty for none
     * @param errorLog the error log until a directive names one ({@code -e}); empty for {@code logs/error.log}
     */
    public record LoadRequest(String prefix, String file, String globalDirectives, String errorLog) {
        /** Without {@code -e}. */
        public LoadRequest(String prefix, String file, String globalDirectives) {
            this(prefix, file, globalDirectives, "");
        }
    }

    /**
     * Reads a configuration whole.
     *
     * @throws ConfException at the first error, as nginx words it; with everything before it that nginx has and Pollux does
     *     not
     */
    public static Config load(LoadRequest request) throws ConfException {
        return load(request, null);
    }

    /**
     * As {@link #load(LoadRequest)}, and notes where everything stands.
     *
     * @param origins gets it; {@code null} when nobody asks
     * @throws ConfException as {@link #load(LoadRequest)}
     */
    public static Config load(LoadRequest request, Origins origins) throws ConfException {
        String file = mainFile(request);
        Loading loading = new Loading(prefix(request), file, request.errorLog(), null);
        loading.origins(origins);
        try {
            Scope main = parse(request, loading);
            if (loading.lacks().isEmpty()) {
                return new ConfBuilder(main).build(file);
            }
        } catch (ConfException refused) {
            throw loading.lacks().isEmpty() ? refused : ConfException.all(loading.lacks(), refused);
        }
        throw ConfException.all(loading.lacks(), null);
    }

    /** Reads a configuration as far as possible and says of each directive what it is here. */
    public static ConfReport report(LoadRequest request) {
        ConfReport.Gathering gathering = new ConfReport.Gathering();
        String file = mainFile(request);
        Loading loading = new Loading(prefix(request), file, request.errorLog(), gathering);
        try {
            Scope main = parse(request, loading);
            if (gathering.end(null).isUsable()) {
                new ConfBuilder(main).build(file);
            }
            return gathering.end(null);
        } catch (ConfException refused) {
            return gathering.end(refused.getMessage());
        }
    }

    private static Scope parse(LoadRequest request, Loading loading) throws ConfException {
        Scope main = Scope.main(loading);
        ConfParser parser = new ConfParser(DirectiveTable.ALL, loading);
        if (!request.globalDirectives().isEmpty()) {
            parser.parseCommandLine(main, request.globalDirectives());
        }
        parser.parseMain(main, mainFile(request));
        return main;
    }

    private static String prefix(LoadRequest request) {
        String prefix = request.prefix();
        return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    private static String mainFile(LoadRequest request) {
        return request.file().startsWith("/") ? request.file() : prefix(request) + request.file();
    }
}
