package pollux.fault;

import java.util.Map;
import java.util.TreeMap;

/** What a test has tried, and what has gone wrong on purpose: for people to read. */
final class Figures {
    private final Map<String, Long> hits = new TreeMap<>();
    private int requests;
    private long failed;
    private long interrupted;
    private long shortened;

    /** So many requests were made. */
    void requests(int count) {
        requests += count;
    }

    /** Adds what has happened in a server, which has ended. */
    void add(FaultPlan plan) {
        failed += plan.failed();
        interrupted += plan.interrupted();
        shortened += plan.shortened();
        plan.hits().forEach((call, count) -> hits.merge(call, count, Long::sum));
    }

    /** Faults of all kinds. */
    long faults() {
        return failed + interrupted + shortened;
    }

    /** Writes them to the test's output. */
    void print(String title, int failures) {
        System.out.println(title + ": " + this + ", " + failures + " failures seen");
        System.out.println("    " + hits);
    }

    @Override
    public String toString() {
        return requests + " requests, " + failed + " calls failed, " + interrupted + " were interrupted, " + shortened
                + " moved one byte";
    }
}
