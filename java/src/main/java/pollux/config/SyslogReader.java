package pollux.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code syslog:server=…,facility=…,severity=…,tag=…,nohostname} with nginx's complaints. */
final class SyslogReader {
    private static final List<String> FACILITIES = List.of(
            "kern",
            "user",
            "mail",
            "daemon",
            "auth",
            "intern",
            "lpr",
            "news",
            "uucp",
            "clock",
            "authpriv",
            "ftp",
            "ntp",
            "audit",
            "alert",
            "cron",
            "local0",
            "local1",
            "local2",
            "local3",
            "local4",
            "local5",
            "local6",
            "local7");
    private static final List<String> SEVERITIES =
            List.of("emerg", "alert", "crit", "error", "warn", "notice", "info", "debug");
    private static final String PREFIX = "syslog:";
    private static final int DEFAULT_PORT = 514;
    private static final int LONGEST_TAG = 32;
    private static final int LONGEST_PATH = 103;

    private final Directive directive;
    private final Set<String> seen = new HashSet<>();
    private String server;
    private int facility = FACILITIES.indexOf("local7");
    private int severity = SEVERITIES.indexOf("info");
    private String tag = "pollux";
    private boolean hostname = true;

    private SyslogReader(Directive directive) {
        this.directive = directive;
    }

    /** Whether a log goes to a syslog server. */
    static boolean isSyslog(String written) {
        return written.startsWith(PREFIX);
    }

    /** What the first argument says. */
    static Syslog read(Directive directive) throws ConfException {
        return new SyslogReader(directive).run();
    }

    private Syslog run() throws ConfException {
        for (String word : directive.arg(0).substring(PREFIX.length()).split(",", -1)) {
            readParameter(word);
        }
        if (server == null) {
            throw directive.error("no syslog server specified");
        }
        return address(server);
    }

    private void readParameter(String word) throws ConfException {
        String value = word.substring(word.indexOf('=') + 1);
        if (word.startsWith("server=")) {
            once("server");
            server = value;
            address(value);
        } else if (word.startsWith("facility=")) {
            once("facility");
            facility = oneOf(FACILITIES, "facility", value);
        } else if (word.startsWith("severity=")) {
            once("severity");
            severity = oneOf(SEVERITIES, "severity", value);
        } else if (word.startsWith("tag=")) {
            once("tag");
            tag = readTag(value);
        } else if (word.equals("nohostname")) {
            hostname = false;
        } else {
            throw directive.error("unknown syslog parameter \"" + word + "\"");
        }
    }

    private void once(String name) throws ConfException {
        if (!seen.add(name)) {
            throw directive.error("duplicate syslog \"" + name + "\"");
        }
    }

    private int oneOf(List<String> names, String what, String value) throws ConfException {
        int index = names.indexOf(value);
        if (index < 0) {
            throw directive.error("unknown syslog " + what + " \"" + value + "\"");
        }
        return index;
    }

    private String readTag(String value) throws ConfException {
        if (value.length() > LONGEST_TAG) {
            throw directive.error("syslog tag length exceeds " + LONGEST_TAG);
        }
        if (!value.chars().allMatch(c -> c == '_' || (c < 0x80 && Character.isLetterOrDigit(c)))) {
            throw directive.error("syslog \"tag\" only allows alphanumeric characters and underscore");
        }
        return value;
    }

    private Syslog address(String text) throws ConfException {
        if (text.startsWith("unix:")) {
            String path = text.substring("unix:".length());
            if (path.isEmpty() || path.length() > LONGEST_PATH) {
                throw refuse((path.isEmpty() ? "no" : "too long") + " path in the unix domain socket");
            }
            return syslog(Listen.Kind.UNIX, path, 0);
        }
        int close = text.startsWith("[") ? text.indexOf(']') : 0;
        if (close < 0 || text.indexOf('/') >= 0) {
            throw refuse("invalid host");
        }
        int colon = text.indexOf(':', close);
        long port = colon < 0 ? DEFAULT_PORT : Values.number(text.substring(colon + 1), 1, 65535);
        if (port == Values.INVALID) {
            throw refuse("invalid port");
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        if (host.isEmpty()) {
            throw refuse("no host");
        }
        Listen found = ListenAddress.lookUp(host, (int) port);
        if (found == null) {
            throw refuse("host not found");
        }
        return syslog(found.kind(), found.host(), found.port());
    }

    private Syslog syslog(Listen.Kind kind, String host, int port) {
        return new Syslog(kind, host, port, facility, severity, tag, hostname);
    }

    private ConfException refuse(String reason) {
        return directive.error(reason + " in syslog server \"" + server + "\"");
    }
}
