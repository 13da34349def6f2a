package pollux.config;

import java.util.ArrayList;
import java.util.List;

/**
 * What each directive of a configuration is here, for who moves an nginx's file over.
 *
 * @param entries one a directive, in the order they were read
 * @param error what kept the rest from being read or the whole from being used, or {@code null}
 */
public record ConfReport(List<Entry> entries, String error) {
    /** What a directive is here. */
    public enum Verdict {
        /** It does what it does in nginx, or is one of Pollux's own. */
        SUPPORTED,
        /** It is accepted and means nothing here. */
        IGNORED,
        /** nginx has it, Pollux does not. */
        UNSUPPORTED,
        /** nginx would refuse it too: a name nobody knows, a wrong place, a wrong value. */
        INVALID
    }

    /**
     * One directive.
     *
     * @param file the file it stands in, or {@code command line}
     * @param line its line, from 1; 0 on the command line
     * @param name its name
     * @param verdict what it is here
     * @param reason the message it would be refused with, why it is ignored, or empty
     */
    public record Entry(String file, int line, String name, Verdict verdict, String reason) {}

    /** How many directives have a verdict. */
    public long count(Verdict verdict) {
        return entries.stream().filter(entry -> entry.verdict() == verdict).count();
    }

    /** Whether Pollux would take the configuration as it is. */
    public boolean isUsable() {
        return error == null && count(Verdict.UNSUPPORTED) == 0 && count(Verdict.INVALID) == 0;
    }

    /** Gathers entries while a configuration is read. */
    static final class Gathering {
        private final List<Entry> entries = new ArrayList<>();

        /** Notes a directive before it acts, so that a block stands before what is in it; gives its place. */
        int add(Directive directive) {
            Position at = directive.at();
            entries.add(new Entry(at.file(), at.line(), directive.name(), Verdict.SUPPORTED, ""));
            return entries.size() - 1;
        }

        /** What was noted last is ignored. */
        void ignore(String because) {
            int place = entries.size() - 1;
            Entry entry = entries.get(place);
            entries.set(place, new Entry(entry.file, entry.line, entry.name, Verdict.IGNORED, because));
        }

        /** What was noted at a place is refused. */
        void refuse(int place, ConfException refused) {
            Entry entry = entries.get(place);
            Verdict verdict = refused.isLacking() ? Verdict.UNSUPPORTED : Verdict.INVALID;
            entries.set(place, new Entry(entry.file, entry.line, entry.name, verdict, refused.getMessage()));
        }

        ConfReport end(String error) {
            return new ConfReport(List.copyOf(entries), error);
        }
    }
}
