package pollux.server;

import pollux.http.HostName;
import pollux.http.RequestTarget;

/**
 * What a worker remembers of earlier requests, so that the same words need not be worked out again for each connection.
 *
 * @param targets request targets, taken apart
 * @param hostNames values of Host, parsed
 */
record Memories(RequestTarget.Memory targets, HostName.Memory hostNames) {
    /** With nothing in it. */
    static Memories create() {
        return new Memories(new RequestTarget.Memory(), new HostName.Memory());
    }
}
