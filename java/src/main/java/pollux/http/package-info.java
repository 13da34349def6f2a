/** HTTP: bytes and grammar (RFC 9110, 9112, 3986, 7578), no sockets, no files. */
package pollux.http;
