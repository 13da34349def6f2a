/** Off-heap bytes, their pools, and protocol text in them. The lowest room: it knows the JDK only. */
package pollux.buffer;
