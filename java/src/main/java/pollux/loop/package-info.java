/**
 * Descriptors and time; no protocol. One {@code EventLoop} owns its descriptors and waits for all of them in one place,
 * its {@code Poller}; a {@code Watch} is the one way to touch a descriptor, and lets one report pay for one read and one
 * write; a {@code TimerWheel} holds the deadlines.
 */
package pollux.loop;
