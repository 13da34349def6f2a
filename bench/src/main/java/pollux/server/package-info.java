/** Microbenchmarks of what the server keeps to itself; see bench/README.md. */
package pollux.server;
