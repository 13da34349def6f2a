package pollux.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pollux.config.Location;
import pollux.config.MethodSettings;
import pollux.http.Method;

/**
 * Which methods a location takes: {@code allow_methods} (405), {@code limit_except} (403), and for PUT and DELETE the
 * consent of {@code allow_methods} or {@code dav_methods}. Asked when the location is chosen and before any content is
 * read. Where nginx answers 405 without {@code Allow}, Pollux adds it (RFC 9110 section 15.5.6).
 */
public final class AllowedMethods {
    private static final Set<String> OF_FILES =
            Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "MKCOL", "COPY", "MOVE");

    private AllowedMethods() {}

    /**
     * Decides whether the request may go on.
     *
     * @return {@link Handler#DECLINED} to go on, {@link Handler#DONE} when OPTIONS was answered, 403, or 405 with
     *     {@code Allow} in the response
     */
    public static int check(Request request, Response response) {
        Location location = request.location();
        MethodSettings methods = location.methods();
        Method method = request.method();
        String name = request.methodName();
        if (method == Method.TRACE || method == Method.CONNECT) {
            // As nginx does: what follows CONNECT may have been meant for the tunnel (RFC 9110 9.3.6).
            response.closing();
            return refuse(response, allow(location));
        }
        if (methods.allowed() != null && !methods.allowed().contains(name)) {
            return refuse(response, allow(location));
        }
        return switch (method) {
            case OPTIONS -> {
                response.status(204).add("Allow", allow(location));
                yield Handler.DONE;
            }
            case PUT, DELETE -> methods.opens(name) ? Handler.DECLINED : refuse(response, allow(location));
            default -> Handler.DECLINED;
        };
    }

    /** The value of {@code Allow} for a location. */
    public static String allow(Location location) {
        return String.join(", ", methods(location));
    }

    /** Refuses a method that the location takes, but not for the file asked for: 405. */
    static int refuseForFile(Request request, Response response) {
        List<String> methods = methods(request.location());
        methods.retainAll(OF_FILES);
        return refuse(response, String.join(", ", methods));
    }

    /** Refuses a method that the location takes, but not where something is already: 405. */
    static int refuseHere(Request request, Response response) {
        return refuse(response, allow(request.location()));
    }

    private static int refuse(Response response, String allow) {
        response.remove("Allow");
        response.add("Allow", allow);
        return 405;
    }

    private static List<String> methods(Location location) {
        MethodSettings settings = location.methods();
        List<String> methods = new ArrayList<>();
        if (settings.allowed() != null) {
            methods.addAll(settings.allowed());
        } else {
            methods.add("GET");
            methods.add("HEAD");
            if (location.cgi().isActive() || location.upload().isActive()) {
                methods.add("POST");
            }
            for (String method : List.of("PUT", "DELETE")) {
                if (settings.opens(method)) {
                    methods.add(method);
                }
            }
            for (String method : List.of("MKCOL", "COPY", "MOVE")) {
                if (settings.dav().contains(method)) {
                    methods.add(method);
                }
            }
            methods.add("OPTIONS");
        }
        if (settings.limit() != null) {
            methods.retainAll(settings.limit());
        }
        return methods;
    }
}
