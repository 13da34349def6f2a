/** Microbenchmarks of the rooms that have a public door; see bench/README.md. */
package pollux.bench;
