package pollux.handler;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import pollux.buffer.Ascii;
import pollux.config.HeaderSettings;
import pollux.config.HeaderSettings.AddHeader;
import pollux.config.HeaderSettings.Expires;
import pollux.config.HeaderSettings.Kind;
import pollux.http.HttpDate;
import pollux.http.ResponseHead;

/**
 * {@code expires} and {@code add_header}: nginx's headers module. Applied once to the final response, error pages
 * included, after {@link ConditionalFilter} and {@link RangeFilter}.
 */
public final class HeadersFilter {
    private static final long LAST_SECOND = 253_402_300_799L;

    private HeadersFilter() {}

    /** Adds the location's fields to a response. */
    public static void apply(Request request, Response response) {
        HeaderSettings settings = request.location().headers();
        boolean isGood = isGood(response.status());
        if (isGood && settings.expires().kind() != Kind.OFF) {
            expire(settings.expires().at(request), request.nowMs() / 1000, response);
        }
        List<AddHeader> additions = settings.add();
        for (int i = 0; i < additions.size(); i++) {
            AddHeader addition = additions.get(i);
            if (isGood || addition.always()) {
                add(addition.name(), request.render(addition.value()), request, response);
            }
        }
    }

    private static boolean isGood(int status) {
        return switch (status) {
            case 200, 201, 204, 206, 301, 302, 303, 304, 307, 308 -> true;
            default -> false;
        };
    }

    /** Validators are replaced, or taken away by an empty value; any other field is added unless it is empty. */
    private static void add(String name, String value, Request request, Response response) {
        boolean isDate = Ascii.equalsIgnoreCase(name, "Last-Modified");
        boolean isTag = Ascii.equalsIgnoreCase(name, "ETag");
        if (isDate) {
            response.lastModified(value.isEmpty() ? -1 : HttpDate.parse(value, request.nowMs() / 1000));
        } else if (isTag) {
            response.entityTag(value.isEmpty() ? null : value);
        }
        boolean isHeld = isTag || (isDate && response.lastModified() >= 0);
        if (!value.isEmpty() && !isHeld) {
            response.add(name, value);
        }
    }

    /**
     * The trailer section (RFC 9110 section 6.5) that {@code add_trailer} asks for, as it goes out.
     *
     * @return field lines, perhaps none; {@code null} when none was asked for, so that content need not be in chunks
     */
    public static String trailers(Request request, Response response) {
        List<AddHeader> trailers = request.location().headers().trailers();
        boolean isGood = isGood(response.status());
        StringBuilder lines = null;
        for (int i = 0; i < trailers.size(); i++) {
            AddHeader trailer = trailers.get(i);
            if (!isGood && !trailer.always()) {
                continue;
            }
            lines = lines == null ? new StringBuilder() : lines;
            String value = request.render(trailer.value());
            if (!value.isEmpty()) {
                response.trailer(trailer.name(), value);
                lines.append(ResponseHead.line(trailer.name(), value));
            }
        }
        return lines == null ? null : lines.toString();
    }

    private static void expire(Expires expires, long now, Response response) {
        if (expires.kind() == Kind.OFF) {
            return;
        }
        response.remove("Expires");
        response.remove("Cache-Control");
        switch (expires.kind()) {
            case EPOCH -> put(response, 1, "no-cache");
            case MAX -> put(response, 2_145_916_555L, "max-age=315360000");
            default -> {
                long at = moment(expires, now, response.lastModified());
                boolean isPast = expires.seconds() < 0 || at < now;
                put(response, at, isPast ? "no-cache" : "max-age=" + (at - now));
            }
        }
    }

    private static long moment(Expires expires, long now, long lastModified) {
        if (expires.kind() == Kind.DAILY) {
            return nextTimeOfDay(expires.seconds(), now);
        }
        long base = expires.kind() == Kind.MODIFIED && lastModified >= 0 ? lastModified : now;
        return base + expires.seconds();
    }

    /** The next second at which a clock on the server's wall shows a time of day. */
    private static long nextTimeOfDay(long secondOfDay, long now) {
        ZonedDateTime today = Instant.ofEpochSecond(now).atZone(ZoneId.systemDefault());
        for (int days = 0; ; days++) {
            ZonedDateTime start = today.toLocalDate().plusDays(days).atStartOfDay(today.getZone());
            long at = start.toLocalDate()
                    .atStartOfDay()
                    .plusSeconds(secondOfDay)
                    .atZone(today.getZone())
                    .toEpochSecond();
            if (at > now) {
                return at;
            }
        }
    }

    private static void put(Response response, long expires, String cacheControl) {
        response.add("Expires", HttpDate.format(Math.max(0, Math.min(expires, LAST_SECOND))));
        response.add("Cache-Control", cacheControl);
    }
}
