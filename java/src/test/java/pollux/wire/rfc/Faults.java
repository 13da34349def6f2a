package pollux.wire.rfc;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import pollux.wire.Answer;

/** What no answer may be like, whatever the row is about (RFC 9110 sections 6.6.1, 8.6 and 15, RFC 9112 sections 6 and 9). */
final class Faults {
    private final List<String> found = new ArrayList<>();
    private final Instant since;

    private Faults(Instant since) {
        this.since = since.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Looks for faults.
     *
     * @param answers all that came over one connection, interim ones too
     * @param since when the first request was sent, or before
     * @param ended whether the server has ended the connection of its own accord
     */
    static List<String> of(List<Answer> answers, Instant since, boolean ended) {
        Faults faults = new Faults(since);
        for (int i = 0; i < answers.size(); i++) {
            boolean isLast = i == answers.size() - 1;
            faults.lookAt(answers.get(i), isLast, ended);
        }
        return faults.found;
    }

    private void fault(boolean isThere, String what, Answer answer) {
        if (isThere) {
            found.add(what + " in " + answer.head());
        }
    }

    private void lookAt(Answer answer, boolean isLast, boolean ended) {
        int status = answer.status();
        int lengths = answer.fields("Content-Length").size();
        int codings = answer.fields("Transfer-Encoding").size();
        boolean isBare = status < 200 || status == 204;
        fault(
                !answer.head().matches("(?s)HTTP/1\\.1 \\d{3} [^\\r\\n]*\\r\\n.*|HTTP/1\\.1 \\d{3} \\r\\n.*"),
                "a wrong status line",
                answer);
        fault(
                !answer.head().matches("[^\\r\\n]*\\r\\n([!-9;-~]+: [\\t -~\\x80-\\xff]*\\r\\n)*"),
                "a wrong field line",
                answer);
        fault(lengths + codings > 1, "more than one length", answer);
        fault((isBare && lengths + codings > 0) || (status == 304 && codings > 0), "the length of no content", answer);
        if (status < 200) {
            return;
        }
        boolean closes = answer.fields("Connection").contains("close");
        fault(!isDateRight(answer.fields("Date")), "no date, or a wrong one", answer);
        fault(closes && !isLast, "close, and no end", answer);
        fault(isLast && ended && !closes, "an end, and no close", answer);
        fault(status == 405 && answer.fields("Allow").size() != 1, "no Allow", answer);
        fault(status == 416 && answer.fields("Content-Range").size() != 1, "no Content-Range", answer);
        fault(status == 301 && answer.fields("Location").size() != 1, "no Location", answer);
    }

    private boolean isDateRight(List<String> dates) {
        if (dates.size() != 1) {
            return false;
        }
        try {
            Instant date = ZonedDateTime.parse(dates.get(0), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return dates.get(0).length() == "Sun, 06 Nov 1994 08:49:37 GMT".length()
                    && !date.isBefore(since)
                    && !date.isAfter(Instant.now());
        } catch (DateTimeException wrong) {
            return false;
        }
    }
}
