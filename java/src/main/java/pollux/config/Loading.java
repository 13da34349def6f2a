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
    private boolean contentKept;
    private final ListenTable listens = new ListenTable();
    private final List<String> lacks = new ArrayList<>();
    private final String errorLog;
    private final ConfReport.Gathering gathering;
    private Origins origins;

    Loading(String prefix, String mainFile, String errorLog, ConfReport.Gathering gathering) {
        this.gathering = gathering;
        this.errorLog = errorLog;
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

    /** The error log when no directive names one: a path, or {@code null} for standard error. */
    String errorLog() {
        String written = errorLog.isEmpty() ? "logs/error.log" : errorLog;
        return written.equals("stderr") ? null : path(written);
    }

    /** Where each directive's verdict goes, or {@code null} when nobody asked. */
    ConfReport.Gathering gathering() {
        return gathering;
    }

    /** Where each directive stands is noted here from now on. */
    void origins(Origins noted) {
        origins = noted;
    }

    /** Where each directive stands, or {@code null} when nobody asked. */
    Origins origins() {
        return origins;
    }

    /** Notes what nginx has and Pollux does not. */
    void lacks(ConfException lacking) {
        lacking.messages().forEach(message -> {
            if (!lacks.contains(message)) {
                lacks.add(message);
            }
        });
    }

    /** Everything that is lacking, in the order it was met. */
    List<String> lacks() {
        return lacks;
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

    /** Warns that one of nginx's directives is passed over, which wrongs nobody; {@code effect} says what it means. */
    void passOver(Directive directive, String effect) {
        warn("the \"" + directive.name() + "\" directive is passed over, " + effect + directive.at());
        if (gathering != null) {
            gathering.ignore(effect);
        }
    }

    ListenTable listens() {
        return listens;
    }

    /** One frozen table for each that was written, however many locations inherit it. */
    MimeTypes shared(Map<String, String> types) {
        return typeTables.computeIfAbsent(types, MimeTypes::new);
    }

    /** Notes that somebody asks for {@code $request_body}: only then it is kept. */
    void keepContent() {
        contentKept = true;
    }

    /** Whether {@code $request_body} is asked for anywhere. */
    boolean isContentKept() {
        return contentKept;
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
