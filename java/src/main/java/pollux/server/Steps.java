package pollux.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pollux.config.AccessRules;
import pollux.config.AccessSettings;
import pollux.config.FileSettings;
import pollux.config.Location;
import pollux.config.ReturnSettings;
import pollux.handler.CgiProgram;
import pollux.handler.Handler;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.http.FieldName;

/** Puts what the {@link Dispatcher} decides into an {@link Explanation}. */
final class Steps implements Witness {
    /** What a program is told of the request; the rest is about the server, or copied fields. */
    private static final Set<String> MAIN_VARIABLES = Set.of(
            "CONTENT_LENGTH",
            "CONTENT_TYPE",
            "DOCUMENT_ROOT",
            "PATH_INFO",
            "PATH_TRANSLATED",
            "QUERY_STRING",
            "REQUEST_METHOD",
            "SCRIPT_FILENAME",
            "SCRIPT_NAME",
            "SERVER_NAME",
            "SERVER_PORT");

    private final Explanation explanation;
    private final Places places;
    private final Request request;
    private final Response response;

    Steps(Explanation explanation, Places places, Request request, Response response) {
        this.explanation = explanation;
        this.places = places;
        this.request = request;
        this.response = response;
    }

    @Override
    public void spoke(Step step, int outcome) {
        boolean declined = outcome == Handler.DECLINED;
        switch (step) {
            case LOCATION -> location(outcome);
            case INTERNAL -> say("internal", "only internal redirects may come here: " + outcome, "internal");
            case LIMIT_EXCEPT ->
                explanation.add("limit", request.methodName() + " is one of all others", places.of(request.location()));
            case SERVER_RETURN -> returned(request.server().returns(), places.of(request.server(), "return"));
            case RETURN -> {
                if (!declined) {
                    returned(request.location().returns(), places.of(request.location(), "return"));
                }
            }
            case ACCESS -> access(outcome);
            case METHODS -> {
                if (!declined) {
                    say("methods", request.methodName() + " is not one that may come here", methodsDirective());
                }
            }
            case TRY_FILES -> tried(outcome);
            case EMPTY_GIF -> say("empty_gif", "a transparent picture of one pixel", "empty_gif");
            case PROGRAM -> {
                if (!declined && outcome != Handler.DONE) {
                    explanation.add("program", "cannot be run: " + outcome);
                }
            }
            case CHANGE -> changed();
            case RANDOM_INDEX -> redirected("random", outcome, "random_index");
            case INDEX -> redirected("index", outcome, "index");
            case AUTOINDEX -> {
                if (outcome == Handler.DONE || outcome == Handler.WORK) {
                    say("autoindex", "a listing of " + request.filename(), "autoindex");
                }
            }
            case FILE -> file(outcome);
        }
    }

    private void say(String word, String text, String directive) {
        explanation.add(word, text, places.of(request.location(), directive));
    }

    private void location(int outcome) {
        places.location();
        if (outcome > 0) {
            explanation.add("refused", "an expression gave up on the path: " + outcome);
        }
    }

    private void returned(ReturnSettings settings, String at) {
        String text = settings.text() == null ? "" : " " + request.render(settings.text());
        explanation.add("return", settings.code() + text, at);
    }

    private void access(int outcome) {
        Location location = request.location();
        AccessSettings access = location.access();
        AccessRules.Rule rule = access.rules() == null ? null : access.rules().deciding(request.remoteBytes());
        boolean isGranted = outcome == Handler.DECLINED;
        boolean isByAddress = rule != null && rule.denies() != isGranted && outcome != 401;
        // A rule of "satisfy any" that lets in spares the password.
        boolean isAsked = access.realm() != null
                && !request.render(access.realm()).equals("off")
                && !(isByAddress && access.any());
        List<String> reasons = new ArrayList<>();
        if (isByAddress) {
            reasons.add((rule.denies() ? "deny " : "allow ") + rule.written());
        }
        if (isAsked && (isGranted || outcome == 401)) {
            reasons.add(isGranted ? "the password" : "the lack of a good password");
        }
        String by = reasons.isEmpty() ? ", no rule fits" : ", by " + String.join(" and ", reasons);
        String at = isByAddress
                ? places.of(location, rule.denies() ? "deny" : "allow", rule.written())
                : isAsked ? places.of(location, "auth_basic") : "";
        explanation.add("access", (isGranted ? "granted" : "refused: " + outcome) + by, at);
    }

    private String methodsDirective() {
        return request.location().methods().allowed() != null ? "allow_methods" : "limit_except";
    }

    private void tried(int outcome) {
        FileSettings.TryFiles tries = request.location().files().tryFiles();
        if (tries == null) {
            return;
        }
        String text =
                switch (outcome) {
                    case Handler.DECLINED -> request.path() + " is there";
                    case Handler.REDIRECTED -> "nothing is there, so on to " + request.path();
                    case Handler.REDIRECTED_NAMED -> "nothing is there, so on to " + request.namedLocation();
                    default -> "nothing is there, so " + outcome;
                };
        say("try_files", text, "try_files");
    }

    private void redirected(String word, int outcome, String directive) {
        if (outcome == Handler.REDIRECTED) {
            say(word, "leads to " + request.path(), directive);
        } else if (outcome > 0) {
            say(word, "nothing can be looked for in " + request.filename() + ": " + outcome, directive);
        }
    }

    private void file(int outcome) {
        String name = request.filename();
        String root = request.location().files().root().alias() ? "alias" : "root";
        switch (outcome) {
            case Handler.DONE -> say("file", name + " of " + response.content().length() + " bytes", root);
            case Handler.DECLINED -> {}
            case 301 -> say("slash", name + " is a folder, so back with " + request.path() + "/", root);
            case 405 -> say("file", "files are not for " + request.methodName(), root);
            default -> say("file", name + " cannot be had: " + outcome, root);
        }
    }

    /** Content would be stored by PUT or as an upload. */
    void storing() {
        Location location = request.location();
        if (location.upload().isActive() && request.methodName().equals("POST")) {
            say("upload", "would be stored in " + location.upload().store(), "upload_store");
        } else {
            say("store", "would be stored as " + request.filename(), "dav_methods");
        }
    }

    private void changed() {
        String destination = request.head().value(FieldName.DESTINATION);
        String to = destination == null ? "" : " to " + destination;
        say("store", "would " + request.methodName() + " " + request.filename() + to, "dav_methods");
        explanation.add("unchanged", "this only says what would be done");
    }

    void program(CgiProgram program) {
        Location location = request.location();
        String directive = location.cgi().enabled() ? "cgi" : "cgi_assign";
        List<String> arguments = program.arguments();
        say("program", arguments.get(arguments.size() - 1), directive);
        explanation.add("run", String.join(" ", arguments) + " in " + program.workingDirectory());
        for (String variable : program.environment().list()) {
            String name = variable.substring(0, variable.indexOf('='));
            boolean isOwn = location.cgi().params().stream()
                    .anyMatch(param -> param.name().equals(name));
            if (isOwn) {
                explanation.add("env", variable, places.of(location, "cgi_param", name));
            } else if (MAIN_VARIABLES.contains(name)) {
                explanation.add("env", variable);
            }
        }
        explanation.add("unchanged", "this only says what would be run");
    }
}
