package pollux.handler;

import pollux.buffer.IoBuffer;
import pollux.config.BrowserSettings;
import pollux.http.FieldName;
import pollux.http.Method;
import pollux.http.RequestHead;

/** Which of the browsers that nginx knows has sent a request, by its {@code User-Agent}; no string is made of it. */
public final class Browser {
    private Browser() {}

    /** Whether the connection of a request shall end with it for its browser's sake. */
    public static boolean isCutOff(RequestHead head, BrowserSettings settings) {
        boolean asked = (settings.endsMsie6() && head.method() == Method.POST) || settings.endsSafari();
        int agent = asked ? head.find(FieldName.USER_AGENT) : -1;
        if (agent < 0) {
            return false;
        }
        boolean msie6 = settings.endsMsie6() && head.method() == Method.POST && isMsie6(head, agent);
        return msie6 || (settings.endsSafari() && isSafariOnMac(head, agent));
    }

    /** Whether it is Internet Explorer. */
    static boolean isMsie(RequestHead head) {
        int agent = head.find(FieldName.USER_AGENT);
        return agent >= 0 && msie(head, agent) >= 0 && !has(head, agent, "Opera");
    }

    /** Whether an error page must be long to be shown: for Internet Explorer and Chrome. */
    static boolean wantsPadding(RequestHead head) {
        int agent = head.find(FieldName.USER_AGENT);
        if (agent < 0 || has(head, agent, "Opera")) {
            return false;
        }
        return msie(head, agent) >= 0 || (!has(head, agent, "Gecko/") && has(head, agent, "Chrome/"));
    }

    /** Versions 4 and 5, and 6 without a service pack. */
    private static boolean isMsie6(RequestHead head, int agent) {
        int at = msie(head, agent);
        if (at < 0 || has(head, agent, "Opera") || byteAt(head, agent, at + 6) != '.') {
            return false;
        }
        int version = byteAt(head, agent, at + 5);
        return version == '4' || version == '5' || (version == '6' && indexOf(head, agent, "SV1", at + 8) < 0);
    }

    private static boolean isSafariOnMac(RequestHead head, int agent) {
        return msie(head, agent) < 0
                && !has(head, agent, "Opera")
                && !has(head, agent, "Gecko/")
                && !has(head, agent, "Chrome/")
                && has(head, agent, "Safari/")
                && has(head, agent, "Mac OS X");
    }

    /** Where the name of Internet Explorer is, a version behind it; -1 for none. */
    private static int msie(RequestHead head, int agent) {
        int at = indexOf(head, agent, "MSIE ", 0);
        return at >= 0 && at + 7 < head.valueLength(agent) ? at : -1;
    }

    private static int byteAt(RequestHead head, int agent, int at) {
        return head.buffer().get(head.valueOffset(agent) + at);
    }

    private static boolean has(RequestHead head, int agent, String word) {
        return indexOf(head, agent, word, 0) >= 0;
    }

    private static int indexOf(RequestHead head, int agent, String word, int from) {
        IoBuffer buffer = head.buffer();
        int offset = head.valueOffset(agent);
        int last = head.valueLength(agent) - word.length();
        for (int at = from; at <= last; at++) {
            int i = 0;
            while (i < word.length() && buffer.get(offset + at + i) == word.charAt(i)) {
                i++;
            }
            if (i == word.length()) {
                return at;
            }
        }
        return -1;
    }
}
