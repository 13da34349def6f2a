package pollux.fault;

import java.util.List;
import java.util.function.Function;
import pollux.wire.Site;

/** A course with the server that it is run on, both replaced when something has gone wrong that was not meant to. */
final class FaultyCourse implements AutoCloseable {
    /** What is only on its way out is not found each time. */
    private static final int CENSUSES = 3;

    private final Course course;
    private final Function<Course, List<Exchange>> maker;
    private final Figures figures;
    private List<Exchange> exchanges = List.of();
    private Exchange reload;
    private Site site;
    private FaultyServer server;

    /** Starts a server for some exchanges of a course, and lets it go through them twice. */
    FaultyCourse(Course course, Function<Course, List<Exchange>> maker, Figures figures) {
        this.course = course;
        this.maker = maker;
        this.figures = figures;
        start();
    }

    private void start() {
        exchanges = maker.apply(course);
        reload = exchanges.stream()
                .filter(SignalExchanges.Reload.class::isInstance)
                .findFirst()
                .orElseGet(course::reload);
        site = course.site();
        server = FaultyServer.start(site, course.configuration(1), course.spawning());
        // Whatever is made at the first time only is there before it is counted.
        runAllWell();
        for (int i = 0; i < CENSUSES; i++) {
            runAllWell();
            server.takeCensus();
        }
        server.awaitCensus(this::runAllWell);
        giveSparesBack();
        server.countMemory();
        awaitMemory();
    }

    /** After a reload no buffers are spare but those that one request needs. */
    void giveSparesBack() {
        runWell(reload);
    }

    /** Waits until as much memory is out as at the beginning, block for block. */
    void awaitMemory() {
        giveSparesBack();
        server.awaitMemory(this::giveSparesBack);
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    FaultyServer server() {
        return server;
    }

    void runWell(Exchange exchange) {
        figures.requests(exchange.requests());
        exchange.runWell(server);
    }

    void runFaulty(Exchange exchange) {
        figures.requests(exchange.requests());
        exchange.runFaulty(server);
    }

    void runInStorm(Exchange exchange) {
        figures.requests(exchange.requests());
        exchange.runInStorm(server);
    }

    void runAllWell() {
        exchanges.forEach(this::runWell);
    }

    /** Gives the server up, whatever it is doing, and goes on with another. */
    void startAgain() {
        server.kill();
        figures.add(server.plan());
        site.close();
        start();
    }

    /** Ends the server, which must have met no bug. */
    @Override
    public void close() {
        try {
            server.close();
            figures.add(server.plan());
        } finally {
            site.close();
        }
    }
}
