/** A visitor's small map of strings behind a cookie: in memory, or kept across restarts in a file. Knows no HTTP. */
package pollux.session;
