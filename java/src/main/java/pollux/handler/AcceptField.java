package pollux.handler;

import pollux.http.FieldValue;

/** As much of {@code Accept} (RFC 9110 section 12.5.1) as it takes to choose between a page and JSON. */
final class AcceptField {
    private static final int FULL = 1000;

    private AcceptField() {}

    /**
     * Whether a client wants JSON: it names {@code application/json}, and likes it no less than {@code text/html}. What
     * wildcards let in is a page.
     *
     * @param accept the joined fields, or {@code null}
     */
    static boolean prefersJson(String accept) {
        if (accept == null) {
            return false;
        }
        int json = 0;
        int html = 0;
        for (String range : accept.split(",", -1)) {
            String type = FieldValue.leading(range);
            if (type.equals("application/json")) {
                json = Math.max(json, weight(range));
            } else if (type.equals("text/html")) {
                html = Math.max(html, weight(range));
            }
        }
        return json > 0 && json >= html;
    }

    /** The weight of RFC 9110 section 12.4.2 in thousandths; a malformed one counts as full. */
    private static int weight(String range) {
        String q = FieldValue.parameter(range, "q");
        if (q == null || q.isEmpty() || q.length() > 5 || q.charAt(0) != '0') {
            return FULL;
        }
        int value = 0;
        for (int i = 2, unit = 100; i < q.length(); i++, unit /= 10) {
            char c = q.charAt(i);
            if (c < '0' || c > '9') {
                return FULL;
            }
            value += (c - '0') * unit;
        }
        return value;
    }
}
