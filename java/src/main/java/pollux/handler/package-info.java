/**
 * What is answered: one content duty a class, no sockets and no waiting. A handler is given a {@code Request} and fills a
 * {@code Response}; its answer is 0, or a status for the server to make an error response of. Content that comes in is
 * taken slice by slice by the {@code ContentSink} that a {@code ContentHandler} opens; content that goes out is a {@code Content}.
 */
package pollux.handler;
