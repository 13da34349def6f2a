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
     */
    public record LoadRequest(String prefix, String file, String globalDirectives) {}

    /**
     * Reads a configuration whole.
     *
     * @throws ConfException at the first error, as nginx words it
     */
    public static Config load(LoadRequest request) throws ConfException {
        String prefix = request.prefix();
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            prefix += "/";
        }
        String file = request.file().startsWith("/") ? request.file() : prefix + request.file();
        Loading loading = new Loading(prefix, file);
        Scope main = Scope.main(loading);
        ConfParser parser = new ConfParser(DirectiveTable.ALL, loading);
        if (!request.globalDirectives().isEmpty()) {
            parser.parseCommandLine(main, request.globalDirectives());
        }
        parser.parseMain(main, file);
        return new ConfBuilder(main).build(file);
    }
}
