package pollux.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is gathered while one configuration is read, whatever the block: names of folders, warnings, captures' names. */
final class Loading {
    private final String prefix;
    private final String confPrefix;
    private final List<ConfFile> files = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Set<String> captureNames = new HashSet<>();
    private final Map<String, Position> unknownVariables = new LinkedHashMap<>();
    private final IdentityHashMap<Map<String, String>, MimeTypes> typeTables = new IdentityHashMap<>();
    private final ListenTable listens = new ListenTable();

    Loading(String prefix, String mainFile) {
        this.prefix = prefix;
        this.confPrefix = mainFile.substring(0, mainFile.lastIndexOf('/') + 1);
    }

    /** A path as the process opens it: relative ones lie below the prefix. */
    String path(String written) {
        return written.startsWith("/") ? written : prefix + written;
    }

    /** The name of an included file: relative ones lie beside the main file. */
    String includePath(String written) {
        return written.startsWith("/") ? written : confPrefix + written;
    }

    String prefix() {
        return prefix;
    }

    List<ConfFile> files() {
        return files;
    }

    void read(ConfFile file) {
        if (files.stream().noneMatch(earlier -> earlier.name().equals(file.name()))) {
            files.add(file);
        }
    }

    List<String> warnings() {
        return warnings;
    }

    void warn(String message) {
        warnings.add(message);
    }

    ListenTable listens() {
        return listens;
    }

    /** One frozen table for each that was written, however many locations inherit it. */
    MimeTypes shared(Map<String, String> types) {
        return typeTables.computeIfAbsent(types, MimeTypes::new);
    }

    /** Notes the names that an expression captures: they are variables anywhere. */
    Regex known(Regex regex) {
        captureNames.addAll(regex.names());
        return regex;
    }

    /** Notes a name that can only be a capture's, perhaps of an expression further down. */
    void mustBeCaptured(String name, Position at) {
        unknownVariables.putIfAbsent(name, at);
    }

    /** Called when all is read. */
    void refuseUnknownVariables() throws ConfException {
        for (Map.Entry<String, Position> use : unknownVariables.entrySet()) {
            if (!captureNames.contains(use.getKey())) {
                throw new ConfException("unknown \"" + use.getKey() + "\" variable" + use.getValue());
            }
        }
    }
}
