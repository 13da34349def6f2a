/**
 * Where loop and handlers meet. A {@code Listener} accepts, a {@code Connection} is the state machine of one client, an
 * {@code Exchange} walks one request through routing and handlers to its response, a {@code CgiProcess} stands between
 * a program's pipes and the client, and a {@code Worker} owns them all on one loop. The {@code Server} starts, reloads
 * and stops the workers.
 */
package pollux.server;
