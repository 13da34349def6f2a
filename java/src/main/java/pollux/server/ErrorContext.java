package pollux.server;

/**
 * Whom an error line is about, as nginx adds it to a message.
 *
 * @param client the client's address
 * @param server the server's name, or the address that listens when no server was chosen
 * @param request the request line, or {@code null}
 * @param host the value of {@code Host}, or {@code null}
 * @param referrer the value of {@code Referer}, or {@code null}
 */
record ErrorContext(String client, String server, String request, String host, String referrer) {
    /** A line about no connection. */
    static final ErrorContext NONE = new ErrorContext(null, null, null, null, null);

    /** What stands behind the message. */
    String text() {
        if (client == null) {
            return "";
        }
        StringBuilder text = new StringBuilder(", client: ").append(client);
        text.append(", server: ").append(server);
        if (request != null) {
            text.append(", request: \"").append(request).append('"');
        }
        if (host != null) {
            text.append(", host: \"").append(host).append('"');
        }
        if (referrer != null) {
            text.append(", referrer: \"").append(referrer).append('"');
        }
        return text.toString();
    }
}
