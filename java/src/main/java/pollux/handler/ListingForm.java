package pollux.handler;

/** The form of a directory listing: draws it entry by entry, so that a large one can be drawn by and by. */
interface ListingForm {
    /** What stands before all entries. Called once, first. */
    void begin(StringBuilder out);

    /** The next entry. */
    void add(StringBuilder out, ListingEntry entry);

    /** What stands behind them. Called once, last. */
    void end(StringBuilder out);
}
