"""Single large transfers, timed here; and connections that idle, held by a process of their own."""
import contextlib
import os
import pathlib
import socket
import subprocess
import sys
import time

_PIECE = 2**20
_BOUNDARY = "side-by-side-8f1d5a2b90c74e7d"


class TransferError(Exception):
    """A transfer did not go as it should; the message says how."""


@contextlib.contextmanager
def pinned_to(cores):
    """Keeps this process on some cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _connect(port):
    client = socket.create_connection(("127.0.0.1", port), 120)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def download(port, path, at_least):
    """Bytes a second of one GET that must bring at least so many bytes of content."""
    buffer = bytearray(_PIECE)
    with _connect(port) as client:
        started = time.perf_counter()
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        total = client.recv_into(buffer)
        if not buffer.startswith(b"HTTP/1.1 200 "):
            raise TransferError(f"GET {path} is answered {bytes(buffer[:60])!r}")
        while count := client.recv_into(buffer):
            total += count
        seconds = time.perf_counter() - started
    if total < at_least:
        raise TransferError(f"GET {path} brought {total} bytes")
    return at_least / seconds


def put(port, path, file):
    """Bytes a second of a file sent by PUT, until the answer is there."""
    size = os.path.getsize(file)
    head = f"PUT {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {size}\r\n\r\n"
    return size / _upload(port, head.encode(), file, b"", (b"201", b"204"))


def post_form(port, path, file, name):
    """Bytes a second of a file sent by a form, until the answer is there."""
    disposition = f'Content-Disposition: form-data; name="file"; filename="{name}"'
    before = f"--{_BOUNDARY}\r\n{disposition}\r\nContent-Type: application/octet-stream\r\n\r\n".encode()
    after = f"\r\n--{_BOUNDARY}--\r\n".encode()
    size = os.path.getsize(file)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary={_BOUNDARY}\r\n"
        f"Content-Length: {len(before) + size + len(after)}\r\n\r\n"
    )
    return size / _upload(port, head.encode() + before, file, after, (b"200", b"201", b"303"))


def _upload(port, before, file, after, statuses):
    with _connect(port) as client, open(file, "rb") as content:
        started = time.perf_counter()
        client.sendall(before)
        client.sendfile(content)
        client.sendall(after)
        answer = client.recv(_PIECE)
        seconds = time.perf_counter() - started
    if answer[9:12] not in statuses:
        raise TransferError(f"{before[:30]!r}... is answered {answer[:60]!r}")
    return seconds


class IdleConnections:
    """Keep-alive connections that have had one answer each and want nothing more, in a process of their own."""

    def __init__(self, children, port, path, cores=None):
        self._children = children
        command = [sys.executable, "-B", pathlib.Path(__file__).with_name("idle.py"), port, path]
        self._process = children.start(
            command, cores=cores, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def grow_to(self, count):
        """Opens connections until there are so many."""
        self._process.stdin.write(b"%d\n" % count)
        self._process.stdin.flush()
        answer = self._process.stdout.readline().decode().strip()
        if answer != str(count):
            raise TransferError(f"no {count} idle connections: {answer or 'the holder ended'}")

    def close(self):
        """Closes all of them."""
        self._children.end(self._process)
