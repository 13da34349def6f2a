package pollux.config;

/** Where something stands. Line 0: not in a file but in {@code -g}. */
record Position(String file, int line) {
    static final Position COMMAND_LINE = new Position("command line", 0);

    /** As nginx ends its messages. */
    @Override
    public String toString() {
        return " in " + file + (line == 0 ? "" : ":" + line);
    }
}
