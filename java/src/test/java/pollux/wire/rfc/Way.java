package pollux.wire.rfc;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * A way to send a row's bytes: cut into pieces, with good requests around them.
 *
 * @param name for messages
 * @param pieces each is read by the server before the next one is sent
 * @param behindGood whether {@link #GOOD} comes first
 * @param interim whether interim answers count: how many there are depends on the cuts
 */
record Way(String name, List<String> pieces, boolean behindGood, boolean interim) {
    /** What comes before. */
    static final String GOOD = "GET /good HTTP/1.1\r\nHost: h\r\n\r\n";

    /** What comes behind: only when the connection is kept, and in step, it is answered with the content {@code probe}. */
    static final String PROBE = "GET /probe HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    /** The seed of the splits that are tried where not all are. */
    private static final long SEED = 20_221_019;

    private static final int MAX_SPLITS = 128;
    private static final int SOME_SPLITS = 24;
    private static final int MAX_PIECES = 512;

    /** As it is, the probe apart. */
    static Way whole(Row row) {
        List<String> pieces = new ArrayList<>(row.steps());
        pieces.add(probe(row));
        return new Way("whole", pieces, false, true);
    }

    /** Whole, in one piece behind and before good requests, byte by byte, and at every split. */
    static List<Way> all(Row row) {
        String bytes = row.bytes();
        List<Way> ways = new ArrayList<>();
        ways.add(whole(row));
        ways.add(new Way("pipelined", List.of(GOOD + bytes + probe(row)), true, false));
        ways.add(byteByByte(row));
        for (int at : splits(bytes.length(), row.nginx() == null ? SOME_SPLITS : MAX_SPLITS)) {
            List<String> halves = List.of(bytes.substring(0, at), bytes.substring(at) + probe(row));
            ways.add(new Way("split at " + at, halves, false, false));
        }
        return ways;
    }

    private static String probe(Row row) {
        return row.ends() ? "" : PROBE;
    }

    /** A long row in {@link #MAX_PIECES} pieces. */
    private static Way byteByByte(Row row) {
        String bytes = row.bytes();
        int size = 1 + bytes.length() / MAX_PIECES;
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length(); from += size) {
            pieces.add(bytes.substring(from, Math.min(from + size, bytes.length())));
        }
        pieces.add(probe(row));
        return new Way("byte by byte", pieces, false, false);
    }

    /** Every split of a short row; some of a long one, and of one that starts a program each time. */
    private static Iterable<Integer> splits(int length, int bound) {
        TreeSet<Integer> splits = new TreeSet<>();
        Random random = new Random(SEED);
        for (int at = 1; at < length; at++) {
            splits.add(length <= bound ? at : 1 + random.nextInt(length - 1));
            if (length > bound && splits.size() == SOME_SPLITS) {
                break;
            }
        }
        return splits;
    }
}
