"""Visitors who are owed an answer. Each is tried as a whole: it raises `Wrong` when anything of it was not as it should be."""
import itertools
import time

from .wire import Client, Wrong, chunked, request

_SERIAL = itertools.count(1)


def _same(found, expected, what):
    if found != expected:
        raise Wrong(f"{what}: {len(found)} bytes that are not the {len(expected)} expected")


class Visitor:
    """One of a crowd: its own chance, the place it visits and the port it knocks at."""

    def __init__(self, place, port, chance):
        self.place, self.port, self.chance = place, port, chance

    def _bytes(self, most):
        return self.chance.randbytes(self.chance.randint(1, most))

    def files(self):
        """Ten requests on one connection."""
        with Client(self.port) as client:
            for _ in range(10):
                name = self.chance.choice(("small.txt", "small.txt", "page.html"))
                _same(client.ask(request("GET", f"/{name}"), 200).content, self.place.files[name], name)

    def conditions(self):
        """HEAD, and a validator that still holds."""
        with Client(self.port) as client:
            answer = client.ask(request("HEAD", "/page.html"), 200, head=True)
            client.ask(request("GET", "/page.html", f"If-None-Match: {answer.fields['etag']}"), 304)
            client.ask(request("GET", "/page.html", 'If-Match: "other"'), 412)

    def ranges(self):
        """One range, and several in a multipart answer."""
        whole = self.place.files["large.bin"]
        first = self.chance.randrange(len(whole))
        last = self.chance.randrange(first, len(whole))
        with Client(self.port) as client:
            one = client.ask(request("GET", "/large.bin", f"Range: bytes={first}-{last}"), 206)
            _same(one.content, whole[first : last + 1], "a range")
            several = client.ask(request("GET", "/large.bin", "Range: bytes=0-9,100-199,-5"), 206)
            for piece in (whole[:10], whole[100:200], whole[-5:]):
                if piece not in several.content:
                    raise Wrong("a range is missing in several")
            client.ask(request("GET", "/large.bin", f"Range: bytes={len(whole)}-"), 416)

    def large(self):
        """Three megabytes, read at once or little by little."""
        whole = self.place.files["large.bin"]
        with Client(self.port, receive_buffer=self.chance.choice((None, 16384))) as client:
            client.send(request("GET", "/large.bin", "Connection: close"))
            pause = self.chance.choice((0, 0, 0.003))
            received = b""
            while piece := client.receive():
                received += piece
                time.sleep(pause)
            _same(received.partition(b"\r\n\r\n")[2], whole, "large.bin")

    def listing(self):
        """A folder's listing, with every name."""
        with Client(self.port) as client:
            page = client.ask(request("GET", "/list/"), 200).content.decode()
            missing = [name for name in self.place.names if f'href="{name}"' not in page]
            if missing:
                raise Wrong(f"{len(missing)} names are missing in the listing")

    def errors(self):
        """What is refused, each with its status; the connection goes on where it can."""
        with Client(self.port) as client:
            client.ask(request("GET", "/nothing"), 404)
            client.ask(request("GET", "/secret/x"), 403)
            client.ask(request("GET", "/inner/x"), 404)
            client.ask(request("POST", "/small.txt", content=b"x"), 405)
            client.ask(request("GET", "/list"), 301)
            client.ask(request("GET", "/moved"), 301)
            client.ask(request("GET", "/%2e%2e/%2e%2e/etc/passwd"), 400)

    def pipeline(self):
        """Eight requests at once, answered in their order."""
        names = [self.chance.choice(("small.txt", "page.html")) for _ in range(8)]
        with Client(self.port) as client:
            client.send(b"".join(request("GET", f"/{name}") for name in names))
            for name in names:
                _same(client.answer(200).content, self.place.files[name], name)

    def half_closed(self):
        """A client that ends its sending side still gets its answer."""
        with Client(self.port) as client:
            client.send(request("GET", "/page.html")).end()
            _same(client.answer(200).content, self.place.files["page.html"], "page.html")

    def program(self):
        """Programs that answer, fail, crash and are noisy."""
        with Client(self.port) as client:
            _same(client.ask(request("GET", "/cgi/hello.sh"), 200).content, b"hello\n", "hello.sh")
            name, status = self.chance.choice((("fail.sh", 502), ("crash.sh", 502), ("noisy.sh", 200)))
            client.ask(request("GET", f"/cgi/{name}"), status)

    def echo(self):
        """A program gets content, by length or in chunks, and gives it back."""
        content = self._bytes(200_000)
        with Client(self.port) as client:
            if self.chance.random() < 0.5:
                sent = request("POST", "/cgi/echo.sh", content=content)
            else:
                head = request("POST", "/cgi/echo.sh", "Transfer-Encoding: chunked")
                sent = head + chunked(content, self.chance.randint(1000, 50_000))
            _same(client.ask(sent, 200).content, content, "echo.sh")

    def upload(self):
        """A form's file is stored, fetched and deleted."""
        name, content = f"up-{next(_SERIAL)}.bin", self._bytes(300_000)
        form = (
            b'--edge\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n\r\n' % name.encode()
            + content
            + b"\r\n--edge--\r\n"
        )
        with Client(self.port) as client:
            kind = "Content-Type: multipart/form-data; boundary=edge"
            client.ask(request("POST", "/upload", kind, content=form), 201)
            _same(client.ask(request("GET", f"/store/{name}"), 200).content, content, name)
            client.ask(request("DELETE", f"/store/{name}"), 204)

    def dav(self):
        """PUT twice, COPY, MOVE, DELETE, and what is read in between."""
        serial = next(_SERIAL)
        first, second = self._bytes(100_000), self._bytes(100_000)
        name, other = f"/dav/d{serial}/a.bin", f"/dav/d{serial}/b.bin"
        with Client(self.port) as client:
            client.ask(request("PUT", name, content=first), 201)
            client.ask(request("PUT", name, "Expect: 100-continue", content=second), (204, 100))
            client.ask(request("COPY", name, f"Destination: {other}"), (204, 201))
            client.ask(request("DELETE", f"/dav/d{serial}/"), (204, 409))
        with Client(self.port) as client:
            client.ask(request("DELETE", f"/dav/d{serial}/"), (204, 404))

    def slow_but_good(self):
        """A request that comes in pieces, well within its time."""
        content = self._bytes(2_000)
        sent = request("PUT", f"/dav/slow-{next(_SERIAL)}", content=content)
        name = sent.split(b" ")[1].decode()
        cuts = sorted(self.chance.randrange(len(sent)) for _ in range(6))
        with Client(self.port) as client:
            for begin, end in zip([0, *cuts], [*cuts, len(sent)]):
                client.send(sent[begin:end])
                time.sleep(0.03)
            client.answer(201)
            _same(client.ask(request("GET", name), 200).content, content, name)
            client.ask(request("DELETE", name), 204)


#: (name, how often)
KINDS = (
    ("files", 8),
    ("conditions", 3),
    ("ranges", 3),
    ("large", 2),
    ("listing", 2),
    ("errors", 4),
    ("pipeline", 3),
    ("half_closed", 2),
    ("program", 3),
    ("echo", 3),
    ("upload", 3),
    ("dav", 3),
    ("slow_but_good", 1),
)
