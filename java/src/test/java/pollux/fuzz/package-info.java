/**
 * The grammars under fire: whatever a fuzzer thinks of is given to the machines of {@code pollux.http} and to the reader of a
 * program's header, and to a slow, obvious reading of the same grammar that has the whole text before it. Both must say
 * the same, and the machines must say it whatever the pieces they are given.
 *
 * <p>In an ordinary test run each target is given the seeds of its file in {@code src/test/resources/pollux/fuzz}, one a line.
 * {@code bench/fuzz} runs the fuzzer. An input that it finds becomes a line of the file when what it found is mended.
 */
package pollux.fuzz;
