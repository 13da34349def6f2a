package pollux.wire.rfc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import pollux.wire.Answer;

/** Reads what came back over a connection, and says it in the words of a {@link Row}. */
final class Outcome {
    private static final String END = "\r\n\r\n";

    private final Row row;
    private final Way way;
    private final List<Answer> answers = new ArrayList<>();
    private String rest;

    private Outcome(Row row, Way way, String received) {
        this.row = row;
        this.way = way;
        this.rest = received;
    }

    /** The words for what was received. */
    static String of(Row row, Way way, String received) {
        Outcome outcome = new Outcome(row, way, received);
        outcome.readAnswers();
        return outcome.describe();
    }

    /** The answers that came, all of them, interim ones too. */
    static List<Answer> answers(Row row, Way way, String received) {
        Outcome outcome = new Outcome(row, way, received);
        outcome.readAnswers();
        return outcome.answers;
    }

    /** The words that a row expects of a way. */
    static String expected(String words, Way way) {
        return way.interim() ? words : words.replace("100 ", "");
    }

    private void readAnswers() {
        int first = way.behindGood() ? 1 : 0;
        int finals = 0;
        while (rest.startsWith("HTTP/1.1 ") && rest.contains(END)) {
            int end = rest.indexOf(END) + 2;
            Answer answer = new Answer(rest.substring(0, end), new byte[0]);
            rest = rest.substring(end + 2);
            boolean toHead = row.isHead() && finals == first;
            answers.add(new Answer(answer.head(), content(answer, toHead).getBytes(StandardCharsets.ISO_8859_1)));
            finals += answer.status() < 200 ? 0 : 1;
        }
    }

    private String content(Answer answer, boolean toHead) {
        int status = answer.status();
        if (toHead || status < 200 || status == 204 || status == 304) {
            return "";
        }
        if (answer.field("Transfer-Encoding") != null) {
            StringBuilder content = new StringBuilder();
            for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
                content.append(chunk);
            }
            return content.toString();
        }
        String length = answer.field("Content-Length");
        return take(length == null ? rest.length() : Integer.parseInt(length));
    }

    private String chunk() {
        int size = Integer.parseInt(take(Math.max(0, rest.indexOf("\r\n"))), 16);
        return take(2 + size + 2).substring(2, 2 + size);
    }

    private String take(int count) {
        if (rest.length() < count) {
            throw new AssertionError("an answer is cut off: " + answers + rest);
        }
        String taken = rest.substring(0, count);
        rest = rest.substring(count);
        return taken;
    }

    private String describe() {
        List<Answer> of = new ArrayList<>(answers);
        if (!way.interim()) {
            of.removeIf(answer -> answer.status() < 200);
        }
        StringBuilder words = new StringBuilder();
        if (way.behindGood()) {
            boolean good = !of.isEmpty() && of.remove(0).content().equals("good");
            words.append(good ? "" : "the good request before is not answered: ");
        }
        boolean kept =
                !row.ends() && !of.isEmpty() && of.get(of.size() - 1).content().equals("probe");
        if (kept) {
            of.remove(of.size() - 1);
        }
        of.forEach(answer -> words.append(answer.status()).append(' '));
        words.append(kept ? "kept" : "closed");
        if (!rest.isEmpty()) {
            words.append(", then \"").append(rest).append('"');
        }
        check(of.isEmpty() ? new Answer("", new byte[0]) : of.get(of.size() - 1), words);
        return words.toString();
    }

    private void check(Answer last, StringBuilder words) {
        for (Row.Check check : row.checks()) {
            String text = check.text();
            boolean holds =
                    switch (check.kind()) {
                        case LINE -> ("\r\n" + Answer.withoutDate(last.head())).contains("\r\n" + text + "\r\n");
                        case NO_FIELD -> last.fields(text).isEmpty();
                        case CONTENT -> last.content().equals(text);
                    };
            if (!holds) {
                words.append(", ")
                        .append(
                                switch (check.kind()) {
                                    case LINE -> "no " + text;
                                    case NO_FIELD -> text + ": " + String.join(", ", last.fields(text));
                                    case CONTENT ->
                                        "content "
                                                + last.content()
                                                        .lines()
                                                        .findFirst()
                                                        .orElse("");
                                });
            }
        }
    }
}
