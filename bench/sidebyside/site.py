"""What is served: the same files for every server."""
import os
import random

ENTRIES = 1000
UPLOAD_BYTES = 200 * 2**20
STREAM_BYTES = 2**30
LAST_CHANGE = 1_795_000_000  # the files' times, seconds since 1970: a listing is the same in every run

_SIZES = {"1k.bin": 2**10, "100k.bin": 100 * 2**10, "10m.bin": 10 * 2**20}


def make(folder, hello):
    """Writes the site below a folder; `hello` is the compiled CGI program."""
    www = folder / "www"
    (www / "list").mkdir(parents=True)
    source = random.Random(1)
    for name, size in _SIZES.items():
        _write(www / name, source.randbytes(size))
    for i in range(ENTRIES):
        _write(www / "list" / f"file-{i:04}.txt", b"x" * i)
    os.utime(www / "list", (LAST_CHANGE, LAST_CHANGE))
    # Without blocks: what is measured is the way through the server, not a disk.
    with open(folder / "stream.bin", "wb") as file:
        file.truncate(STREAM_BYTES)
    programs = www / "cgi"
    programs.mkdir()
    _program(programs / "hello", hello.read_bytes())
    script = f"#!/bin/sh\nprintf 'Content-Type: application/octet-stream\\n\\n'\nexec cat '{folder / 'stream.bin'}'\n"
    _program(programs / "stream", script.encode())
    with open(folder / "upload.bin", "wb") as file:
        for _ in range(UPLOAD_BYTES // 2**20):
            file.write(source.randbytes(2**20))
    return www


def _write(path, content):
    path.write_bytes(content)
    os.utime(path, (LAST_CHANGE, LAST_CHANGE))


def _program(path, content):
    path.write_bytes(content)
    path.chmod(0o755)
