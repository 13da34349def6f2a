package pollux;

/** The program: reads the command line, loads the configuration, runs the server. */
public final class Main {
    private Main() {}

    /**
     * Starts the server.
     *
     * @param args nginx's command line options
     */
    public static void main(String[] args) {}
}
