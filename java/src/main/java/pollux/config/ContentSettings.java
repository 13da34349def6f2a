package pollux.config;

/**
 * What is done with the content of requests besides passing it on.
 *
 * @param kept whether a copy stays in memory, up to {@code client_body_buffer_size}: something asks for
 *     {@code $request_body}
 */
public record ContentSettings(boolean kept) {}
