package pollux.http;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The fields of a head that concern this connection only and are not handed on (RFC 9110 section 7.6.1): the known ones and
 * those that {@code Connection} lists. The list is read once, however many fields are asked for.
 */
public final class HopByHop {
    private static final Set<FieldName> KNOWN = EnumSet.of(
            FieldName.CONNECTION,
            FieldName.KEEP_ALIVE,
            FieldName.PROXY_CONNECTION,
            FieldName.TE,
            FieldName.TRAILER,
            FieldName.TRANSFER_ENCODING,
            FieldName.UPGRADE);

    private final RequestHead head;
    private final Set<String> listed = new HashSet<>();

    /** Reads the lists of a complete head, which must stay as it is while this is used. */
    public HopByHop(RequestHead head) {
        this.head = head;
        for (int i = head.find(FieldName.CONNECTION); i >= 0; i = head.next(FieldName.CONNECTION, i)) {
            for (String option : head.value(i).split(",", -1)) {
                listed.add(FieldValue.trim(option).toLowerCase(Locale.ROOT));
            }
        }
    }

    /** Whether field line {@code i} is one of them. */
    public boolean contains(int i) {
        FieldName known = head.fieldName(i);
        return (known != null && KNOWN.contains(known))
                || listed.contains(head.name(i).toLowerCase(Locale.ROOT));
    }
}
