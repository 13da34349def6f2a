"""A client of HTTP/1.1 that takes nothing on trust: every answer has to be whole, in time and of the status expected."""
import socket
import struct

DEADLINE = 30  # seconds for each thing that is waited for


class Wrong(Exception):
    """An answer that should not have been; the message says what it was."""


class Answer:
    """Status, fields (names in lower case) and content of a response."""

    def __init__(self, status, fields, content):
        self.status, self.fields, self.content = status, fields, content


def request(method, target, *fields, content=b""):
    """The bytes of a request; a length is added when there is content."""
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", *fields]
    if content:
        lines.append(f"Content-Length: {len(content)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def chunked(content, size):
    """Content in chunks of at most so many bytes."""
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


class Client:
    """One connection; used by `with`."""

    def __init__(self, port, receive_buffer=None):
        self._socket = socket.socket()
        if receive_buffer:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self._socket.settimeout(DEADLINE)
        self._socket.connect(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = b""

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self._socket.close()

    def fileno(self):
        """The descriptor, for who waits for many."""
        return self._socket.fileno()

    def send(self, data):
        """Sends all of it."""
        self._socket.sendall(data)
        return self

    def end(self):
        """Ends the sending side."""
        self._socket.shutdown(socket.SHUT_WR)
        return self

    def reset(self):
        """Leaves at once, with RST."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def receive(self, most=65536):
        """What is there, or comes next; b"" at the end of the connection, reset or not."""
        if self._received:
            data, self._received = self._received[:most], self._received[most:]
            return data
        try:
            return self._socket.recv(most)
        except ConnectionError:
            return b""

    def rest(self):
        """Everything up to the end of the connection."""
        pieces = []
        while piece := self.receive():
            pieces.append(piece)
        return b"".join(pieces)

    def ask(self, data, expected, head=False):
        """Sends a request and reads its answer, which must have one of the statuses expected."""
        return self.send(data).answer(expected, head)

    def answer(self, expected, head=False):
        """Reads one answer; `head` when it is to a request whose answer has no content."""
        lines = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        version, status = lines[0].split(" ")[:2]
        fields = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            fields[name.lower()] = value.strip()
        if version != "HTTP/1.1" or int(status) not in (expected if isinstance(expected, tuple) else (expected,)):
            raise Wrong(f"{lines[0]!r} instead of {expected}")
        return Answer(int(status), fields, b"" if head or status in ("204", "304") else self._content(fields))

    def _content(self, fields):
        if fields.get("transfer-encoding") == "chunked":
            return self._chunks()
        if "content-length" in fields:
            return self._exactly(int(fields["content-length"]))
        return self.rest()

    def _chunks(self):
        pieces = []
        while True:
            size = int(self._until(b"\r\n"), 16)
            pieces.append(self._exactly(size))
            if self._exactly(2) != b"\r\n":
                raise Wrong("a chunk does not end where its size says")
            if size == 0:
                return b"".join(pieces)

    def _more(self, wanted):
        try:
            piece = self._socket.recv(262144)
        except TimeoutError as late:
            raise Wrong(f"nothing for {DEADLINE} s, where {wanted} was expected") from late
        except ConnectionError as broken:
            raise Wrong(f"the connection broke ({broken}), where {wanted} was expected") from broken
        if not piece:
            raise Wrong(f"the connection ended, where {wanted} was expected")
        return piece

    def _until(self, mark):
        while (at := self._received.find(mark)) < 0:
            self._received += self._more(f"{mark!r}")
        data, self._received = self._received[:at], self._received[at + len(mark) :]
        return data

    def _exactly(self, count):
        pieces, have = [self._received], len(self._received)
        while have < count:
            pieces.append(self._more(f"content of {count} bytes"))
            have += len(pieces[-1])
        data = b"".join(pieces)
        self._received = data[count:]
        return data[:count]
