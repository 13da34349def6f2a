/**
 * HTTP: bytes and grammar. This room turns received bytes into meaning and meaning into bytes to send; it has never heard of
 * sockets, files, configuration or time of day, and knows {@code pollux.buffer} only.
 *
 * <h2>In the order of a request's walk</h2>
 *
 * <pre>
 *  bytes ──&gt; RequestParser ──fills──&gt; RequestHead ──&gt; RequestTarget   form, path, query         RFC 9112 3, RFC 3986 5.2.4
 *                 │                    │   Method, FieldName   HostName  whose request is this?    RFC 9110 7.2
 *                 │ -400 -414          │                       Framing   NONE, length, CHUNKED     RFC 9112 6
 *                 v -431 -505          v
 *              refusal            conditions: EntityTag, HttpDate, ByteRange                       RFC 9110 8.8, 13, 14
 *
 *  content ──&gt; ChunkedDecoder ──&gt; MultipartParser ──&gt; PartHead (FieldValue), data, end            RFC 9112 7.1, RFC 7578
 *
 *  answer ──&gt; Status, HttpDate ──&gt; ResponseHead ──&gt; bytes                                          RFC 9112 4, RFC 9110 15
 * </pre>
 *
 * <h2>The three machines</h2>
 *
 * Each takes pieces of any size, looks at each byte once, copies none, and gives the same answer however its input was cut;
 * its diagram stands on top of its file.
 *
 * <pre>
 *  RequestParser    START ─&gt; METHOD ─&gt; TARGET ─&gt; VERSION ─&gt; ( NAME ─&gt; VALUE )* ─&gt; DONE
 *  ChunkedDecoder   ( SIZE ─&gt; EXTENSION* ─&gt; DATA )* ─&gt; SIZE 0 ─&gt; TRAILER* ─&gt; DONE
 *  MultipartParser  PREAMBLE ─&gt; ( HEAD ─&gt; DATA )* ─&gt; EPILOGUE
 * </pre>
 *
 * <h2>Conventions</h2>
 *
 * <ul>
 *   <li>Incomplete is a value ({@code NEED_MORE}), a refusal is the status to answer with, negated; nothing a client sends
 *       throws.
 *   <li>Text is bytes: a {@code String} holds one byte a {@code char}. UTF-8 passes through.
 *   <li>Where the RFC leaves a choice, the answer is nginx's; where nginx falls short of a MUST, the RFC's. Where leniency
 *       would let two servers read one message differently, there is none: after a framing error no later byte may be read
 *       as a request.
 * </ul>
 */
package pollux.http;
