package pollux.server;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import pollux.bench.ServerBlocks;
import pollux.config.Location;
import pollux.handler.Request;
import pollux.handler.Response;
import pollux.http.RequestHead;

/** What it costs to find the location of a path, by how the server block is made and where the path leads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RouterBenchmark {
    /** Server blocks. */
    public enum Site {
        /** One prefix, that takes everything. */
        ONE("location / {}"),
        /** As many a site is: exact ones, prefixes, expressions. */
        USUAL("""
                location = / {}
                location = /login {}
                location /files/ {}
                location /api/ {}
                location ^~ /static/ {}
                location ~ \\.php$ {}
                location ~* \\.(gif|jpe?g|png|svg)$ {}
                location / {}
                """),
        /** A hundred exact ones and two hundred prefixes. */
        LARGE(large());

        private final String directives;

        Site(String directives) {
            this.directives = directives;
        }

        private static String large() {
            StringBuilder all = new StringBuilder("location / {}\nlocation ^~ /static/ {}\n");
            for (int i = 0; i < 100; i++) {
                all.append("location = /page").append(i).append(" {}\n");
                all.append("location /section").append(i).append("/ {}\n");
                all.append("location /section").append(i).append("/inner/ {}\n");
            }
            return all.toString();
        }
    }

    /** The server block. */
    @Param
    Site site;

    /** Where to. */
    @Param({"/", "/static/style.css", "/section7/inner/page.html", "/files/2026/report.pdf"})
    String path;

    private final Router router = new Router();
    private Request request;

    /** Reads the configuration. */
    @Setup
    public void prepare() {
        request = new Request(new RequestHead(), new Response(), (level, message) -> {});
        request.clear(ServerBlocks.of(site.directives), 0);
        request.target(path, path, null);
    }

    /** From the path to the location, by another path than last time. */
    @Benchmark
    public Location routeAnew() {
        router.clear();
        router.route(request);
        return request.location();
    }

    /** From a path that is known to the location. */
    @Benchmark
    public Location route() {
        router.route(request);
        return request.location();
    }
}
