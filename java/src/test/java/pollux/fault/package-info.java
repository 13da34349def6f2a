/**
 * What becomes of a running server when system calls fail, move less than they were asked to, or are interrupted.
 *
 * <p>The server is a real one, but loads another build of {@code libpollux} (native/test/faults): the same objects, in
 * which each call first asks a {@link pollux.fault.FaultPlan}, a file that test and server have mapped. So a fault is armed
 * in the running server, at a named call and a numbered place, and what has really happened is counted there.
 *
 * <p>A {@link pollux.fault.Course} is every way to use the server: an {@link pollux.fault.Exchange} each. An exchange that
 * meets a fault may end in an error status or a closed connection, never in a lie: no whole answer with other bytes, no
 * success where the file is not whole. Afterwards it goes well again, and the descriptors, the children and the temporary
 * files are those of before.
 */
package pollux.fault;
