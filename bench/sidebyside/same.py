"""Whether the servers answer the same: whoever does less work would be faster for the wrong reason."""
import http.client
import re

# The names that a page of a server's own has in its footer, and a redirect's Location has of the port it came by.
_NAMES = re.compile(rb"pollux/[\d.]+|nginx/[\d.]+")


class Answer:
    """Status, reason phrase, field lines in their order, and content."""

    def __init__(self, status, reason, lines, content):
        self.status, self.reason, self.lines, self.content = status, reason, lines, content

    def field(self, name):
        """The value of the first field of a name in lower case, or an empty text."""
        return next((value for found, value in self.lines if found.lower() == name), "")


def fetch(port, path, headers=(), method="GET", body=None, timeout=30):
    """One request to a server of this machine."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, body=body, headers=dict(header.split(": ", 1) for header in headers))
        response = connection.getresponse()
        return Answer(response.status, response.reason, response.getheaders(), response.read())
    finally:
        connection.close()


def headers_for(case, port):
    """The case's header lines, with the tag that this server gave the file."""
    if not any("{etag}" in header for header in case.headers):
        return case.headers
    tag = fetch(port, case.path).field("etag")
    return tuple(header.format(etag=tag) for header in case.headers)


def difference(case, reference, answer, twins):
    """What is wrong with an answer, in words, or None. `twins`: both servers read the same configuration."""
    if answer.status != case.status:
        return f"answers {answer.status} instead of {case.status}"
    if case.same == "status" and not twins:
        return None
    ours, theirs = _NAMES.sub(b"SERVER", reference.content), _NAMES.sub(b"SERVER", answer.content)
    if ours != theirs:
        return f"answers other content ({len(answer.content)} bytes, Pollux {len(reference.content)})"
    return None


def check(case, servers):
    """The differences of all servers that take part in a case, by the server's kind: {"nginx": "answers 404 ..."}.

    Pollux is held to the status; the others to Pollux.
    """
    found = {}
    reference = None
    for server in sorted(servers, key=lambda one: one.kind != "pollux"):
        try:
            for port in sorted({server.port, server.logged_port}):
                answer = fetch(port, case.path, headers_for(case, port))
                reference = reference or answer
                wrong = difference(case, reference, answer, server.kind in ("pollux", "nginx"))
                if wrong:
                    found[server.kind] = wrong
        except (OSError, http.client.HTTPException) as problem:
            found[server.kind] = f"does not answer: {problem!r}"
    return found
