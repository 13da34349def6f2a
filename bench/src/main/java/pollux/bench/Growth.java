package pollux.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link GrowthBenchmark} and prints what a byte costs at each size. Linear cost is a row of equal numbers; where the
 * cost of all is the square of their number, each is twice the one before it.
 */
public final class Growth {
    private Growth() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws RunnerException {
        List<String> all = new ArrayList<>();
        List<String> inPieces = new ArrayList<>();
        for (Growing shape : Growing.values()) {
            all.add(shape.name());
            if (shape.comesInPieces()) {
                inPieces.add(shape.name());
            }
        }
        print("whole", run("whole", all));
        print("byte by byte", run("byteByByte", inPieces));
    }

    private static Collection<RunResult> run(String method, List<String> shapes) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(GrowthBenchmark.class.getName() + "." + method)
                        .param("shape", shapes.toArray(String[]::new))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
    }

    private static void print(String title, Collection<RunResult> results) {
        Map<Growing, Map<Integer, Double>> table = new TreeMap<>();
        for (RunResult result : results) {
            Growing shape = Growing.valueOf(result.getParams().getParam("shape"));
            int size = Integer.parseInt(result.getParams().getParam("size"));
            double perByte =
                    result.getPrimaryResult().getScore() / shape.text(size).length();
            table.computeIfAbsent(shape, s -> new TreeMap<>()).put(size, perByte);
        }
        System.out.printf("%n%-24s ns/byte at about", title);
        table.values().iterator().next().keySet().forEach(size -> System.out.printf("%10d", size));
        System.out.printf(" bytes%n");
        table.forEach((shape, costs) -> {
            System.out.printf("%-41s", "  " + shape);
            costs.values().forEach(cost -> System.out.printf("%10.2f", cost));
            System.out.println();
        });
    }
}
