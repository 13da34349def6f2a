"""Holds idle connections: `idle.py PORT PATH`. Each line on standard input is a number of connections to open in all;
when each of them has had one answer, the number is printed. Ends with its input."""
import resource
import socket
import sys

BATCH = 100


def opened(port, path, count):
    """So many connections that have had their answers. They ask all at once, so that the server's waits are shared."""
    clients = [socket.create_connection(("127.0.0.1", port), 30) for _ in range(count)]
    for client in clients:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    for client in clients:
        take_answer(client)
    return clients


def take_answer(client):
    """Reads one answer to its end."""
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += _some(client)
    head, _, content = answer.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    missing = int(lengths[0]) - len(content)
    while missing > 0:
        missing -= len(_some(client))


def _some(client):
    piece = client.recv(65536)
    if not piece:
        raise ConnectionError("closed before its answer")
    return piece


def main(port, path):
    """Holds connections until the input ends."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    held = []
    for line in sys.stdin:
        try:
            while len(held) < int(line):
                held += opened(port, path, min(BATCH, int(line) - len(held)))
            print(len(held), flush=True)
        except (OSError, IndexError) as problem:
            print(f"{len(held)} are open, then {problem!r}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
