package pollux.config;

import java.util.EnumSet;
import java.util.Set;

/** The kinds of block; a directive's row says in which of them it may stand. */
public enum Context {
    /** Outside any block. */
    MAIN,
    /** {@code events}. */
    EVENTS,
    /** {@code http}. */
    HTTP,
    /** {@code server}. */
    SERVER,
    /** {@code location}. */
    LOCATION,
    /** {@code limit_except}. */
    LIMIT_EXCEPT,
    /** {@code types}: its directives are media types. */
    TYPES,
    /** {@code charset_map}: its directives are bytes. */
    CHARSET_MAP;

    static final Set<Context> ONLY_MAIN = EnumSet.of(MAIN);
    static final Set<Context> ONLY_EVENTS = EnumSet.of(EVENTS);
    static final Set<Context> ONLY_HTTP = EnumSet.of(HTTP);
    static final Set<Context> ONLY_SERVER = EnumSet.of(SERVER);
    static final Set<Context> ONLY_LOCATION = EnumSet.of(LOCATION);
    static final Set<Context> HTTP_SERVER = EnumSet.of(HTTP, SERVER);
    static final Set<Context> SERVER_LOCATION = EnumSet.of(SERVER, LOCATION);
    static final Set<Context> HTTP_SERVER_LOCATION = EnumSet.of(HTTP, SERVER, LOCATION);
    static final Set<Context> MAIN_TO_LOCATION = EnumSet.of(MAIN, HTTP, SERVER, LOCATION);
    static final Set<Context> ANY = EnumSet.allOf(Context.class);
}
