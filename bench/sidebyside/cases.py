"""What the load generator asks for, server and load generator on a core each."""
from dataclasses import dataclass

ALL = ("pollux", "nginx", "lighttpd")
TWINS = ("pollux", "nginx")
PIPELINE = 16


@dataclass(frozen=True)
class Case:
    """A kind of load.

    `same` is what the peers must have in common with Pollux before anybody is measured: "content" (to the byte), or
    "status" where each writes a page of its own. nginx and Pollux always have the content in common.
    """

    key: str
    title: str
    path: str
    connections: int = 64
    headers: tuple = ()
    servers: tuple = ALL
    status: int = 200
    same: str = "content"
    pipeline: int = 1


CASES = (
    Case("k64", "1 KiB, 64 connections", "/1k.bin", servers=ALL + ("limit",)),
    Case("k512", "1 KiB, 512 connections", "/1k.bin", 512, servers=ALL + ("limit",)),
    Case("k1", "1 KiB, one connection", "/1k.bin", 1),
    Case("close", "1 KiB, a new connection each", "/1k.bin", headers=("Connection: close",)),
    Case("k100", "100 KiB", "/100k.bin"),
    Case("m10", "10 MiB, 16 connections", "/10m.bin", 16),
    Case("missing", "404", "/missing", status=404, same="status"),
    Case("moved", "301", "/moved", status=301, same="status"),
    Case("answer", "return 200", "/answer", servers=TWINS),
    Case("listing", "listing of 1,000 entries", "/list/", same="status"),
    Case("unchanged", "304 for If-None-Match", "/1k.bin", headers=("If-None-Match: {etag}",), status=304),
    Case("range", "range of 1,000 bytes", "/100k.bin", headers=("Range: bytes=5000-5999",), status=206),
    Case("pipeline", f"1 KiB, {PIPELINE} requests at once", "/1k.bin", pipeline=PIPELINE),
)

BY_KEY = {case.key: case for case in CASES}
