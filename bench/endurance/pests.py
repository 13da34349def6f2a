"""Visitors who are owed nothing but an end: slow, broken, gone. What is wrong is only a connection that is never ended."""
import random
import time

from .wire import DEADLINE, Client, Wrong, request


def _await_end(client, what):
    """The server ends the connection, with whatever answers before; they may be many megabytes."""
    try:
        while client.receive():
            pass
    except TimeoutError as late:
        raise Wrong(f"{what} was still connected after {DEADLINE} s") from late


def _dribble(client, text, seconds):
    """A byte at a time until the server has had enough; False when it never had."""
    end = time.monotonic() + seconds
    for byte in text:
        if time.monotonic() > end:
            return False
        try:
            client.send(bytes([byte]))
        except OSError:
            return True
        time.sleep(0.2)
    return True


class Pest:
    """One of a crowd of them."""

    def __init__(self, port, seed):
        self.port, self.chance = port, random.Random(seed)

    def silent(self):
        """Connects and says nothing."""
        with Client(self.port) as client:
            _await_end(client, "a client that says nothing")

    def dribbled_head(self):
        """A head that never ends."""
        with Client(self.port) as client:
            if not _dribble(client, b"GET /small.txt HTTP/1.1\r\nX-Field: " + b"x" * 200, 20):
                raise Wrong("a head was still being read after 20 s")
            _await_end(client, "a slow head")

    def half_content(self):
        """Content that stops in the middle."""
        target = self.chance.choice(("/dav/half", "/upload", "/cgi/echo.sh"))
        method = "PUT" if target == "/dav/half" else "POST"
        with Client(self.port) as client:
            client.send(request(method, target, "Content-Length: 100000") + b"x" * 1000)
            _await_end(client, "content that stops")

    def unread(self):
        """Asks for much and reads nothing; also of a program that never ends."""
        target = self.chance.choice(("/large.bin", "/large.bin", "/cgi/flood.sh"))
        with Client(self.port, receive_buffer=4096) as client:
            client.send(request("GET", target))
            time.sleep(self.chance.uniform(2, 6))
            # What lies in the kernel's buffers still comes; a program's flood goes on for who reads again in time.
            for _ in range(500):
                if not client.receive():
                    break

    def unread_pipeline(self):
        """Requests without end, and no answer is read."""
        with Client(self.port, receive_buffer=4096) as client:
            batch = request("GET", "/page.html") * 50
            client._socket.settimeout(1)
            try:
                for _ in range(100):
                    client.send(batch)
            except OSError:
                pass
            client._socket.settimeout(DEADLINE)
            _await_end(client, "a pipeline that is not read")

    def gone(self):
        """Leaves at a point of its choice, by FIN or by RST, wherever the request stands."""
        body = b"x" * 5000
        sent = self.chance.choice(
            (
                request("GET", "/large.bin"),
                request("PUT", "/dav/gone", "Content-Length: 100000") + body,
                request("POST", "/cgi/echo.sh", "Content-Length: 100000") + body,
                request("GET", "/cgi/flood.sh"),
                request("GET", "/cgi/hang.sh"),
                request("GET", "/small.txt") * 20,
            )
        )
        cut = self.chance.choice((len(sent), self.chance.randrange(1, len(sent))))
        with Client(self.port) as client:
            client.send(sent[:cut])
            if self.chance.random() < 0.5:
                time.sleep(self.chance.uniform(0, 0.2))
            if self.chance.random() < 0.7:
                client.reset()

    def garbage(self):
        """Bytes that are no request."""
        with Client(self.port) as client:
            client.send(self.chance.randbytes(self.chance.randrange(1, 3000)) + b"\r\n\r\n")
            _await_end(client, "garbage")

    def hanging_program(self):
        """A program that never answers is ended, and its client told."""
        with Client(self.port) as client:
            client.ask(request("GET", "/cgi/hang.sh"), 504)


KINDS = (
    ("silent", 2),
    ("dribbled_head", 2),
    ("half_content", 3),
    ("unread", 2),
    ("unread_pipeline", 1),
    ("gone", 8),
    ("garbage", 3),
    ("hanging_program", 1),
)
