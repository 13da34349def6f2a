package pollux.http;

/**
 * Who a proxy says is behind it, from the header of the PROXY protocol.
 *
 * @param source the client's address, numeric, without brackets; in version 1 as the proxy wrote it
 * @param sourcePort the client's port, 0 to 65535
 * @param destination the address that the client went to, likewise
 * @param destinationPort the port that the client went to, 0 to 65535
 * @param extensions what else the proxy says
 */
public record ProxyAddresses(
        String source, int sourcePort, String destination, int destinationPort, ProxyExtensions extensions) {}
