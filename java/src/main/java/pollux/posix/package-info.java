/**
 * The system calls, as Java sees them: the only room that knows JNA. {@code LibPollux} has one native method for each C
 * function; the other classes give them text, constants and names. Set-up calls answer a number or {@code -errno};
 * calls that move bytes answer a count or -1, and nobody learns why.
 */
package pollux.posix;
