"""Questions to a server other than how fast it is: its start, its heap, its system calls."""
import re
import signal
import socket
import time

from . import wrk
from .children import wait_until

_UNITS = {"B": 1, "K": 2**10, "M": 2**20, "G": 2**30}


class ProbeError(Exception):
    """A probe has no answer; the message says why."""


def first_byte(port, path, started, seconds=30):
    """Seconds since `started` (of time.perf_counter) until a new server answers its first byte."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    while time.perf_counter() - started < seconds:
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as client:
                client.sendall(request)
                if client.recv(1):
                    return time.perf_counter() - started
        except OSError:
            time.sleep(0.001)
    raise ProbeError(f"no answer within {seconds} s")


def threads(listing):
    """What `jcmd PID Thread.print -e` says of the loops' threads: [(system's thread id, bytes allocated so far)]."""
    return [
        (int(thread, 16), float(number) * _UNITS[unit])
        for number, unit, thread in re.findall(
            r'^"(?:main|worker \d+)" .*? allocated=([\d.]+)([BKMG]) .*?nid=(0x[0-9a-f]+|\d+)', listing, re.M
        )
    ]


def loop_threads(children, pid):
    """`threads` of a running Pollux."""
    status, listing = children.run(["jcmd", pid, "Thread.print", "-e"], timeout=30)
    found = threads(listing) if status == 0 else []
    if not found:
        raise ProbeError(f"jcmd says nothing of the loops' threads: {listing.strip()[-200:]}")
    return found


def allocated_per_request(children, server, case, headers, *, seconds, cores):
    """Heap bytes that the loops' threads of a warm Pollux allocate for a request, and how exactly that is known.

    A short load and a longer one, on as many connections each: what they differ by is the requests' alone.
    """
    counts = [loop_threads(children, server.process.pid)]
    requests = []
    for duration in (1, seconds + 2):
        url = server.url(case.path)
        load = wrk.run(children, url, connections=case.connections, seconds=duration, cores=cores, headers=headers)
        requests.append(load.requests)
        counts.append(loop_threads(children, server.process.pid))
    return per_request([sum(count for _, count in each) for each in counts], requests)


def per_request(allocated, requests):
    """Bytes a request, from what was allocated before, between and after two loads, and their requests."""
    first, second = allocated[1] - allocated[0], allocated[2] - allocated[1]
    more = requests[1] - requests[0]
    if more <= 0:
        raise ProbeError(f"the longer load has no more requests than the shorter one: {requests}")
    # jcmd shows whole KiB, and whole MiB from 100 MiB on; each of the three numbers is cut.
    unit = 2**20 if allocated[2] >= 100 * 2**20 else 2**10
    return {"bytes": (second - first) / more, "exact_to": 2 * unit / more, "requests": sum(requests)}


def parse_strace(text):
    """The calls that `strace -c` counted, by name."""
    rows = re.findall(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)\s*$", text, re.M)
    return {name: int(calls) for calls, name in rows if name != "total"}


def system_calls(children, server, path, *, seconds, cores, folder):
    """System calls a request, by name, at 64 connections. Tracing slows the server, but makes it do nothing else."""
    output = folder / f"strace-{server.kind}"
    if server.kind == "pollux":
        # The loop's thread alone: the JVM's own ones have calls too, by the clock.
        targets = [thread for thread, _ in loop_threads(children, server.process.pid)]
    else:
        targets = server.workers()
    command = ["strace", "-c", "-o", output]
    for target in targets:
        command += ["-p", target]
    strace = children.start(command)
    try:
        if not wait_until(lambda: all(_is_traced(target) for target in targets) or strace.poll() is not None, 10):
            raise ProbeError("strace does not attach")
        load = wrk.run(children, server.url(path), connections=64, seconds=seconds, cores=cores)
    finally:
        children.end(strace, signal.SIGINT)
    counts = parse_strace(output.read_text()) if output.exists() else {}
    if not counts:
        raise ProbeError("strace counted nothing (may it trace here?)")
    return {name: count / load.requests for name, count in counts.items()}


def _is_traced(thread):
    try:
        with open(f"/proc/{thread}/status", encoding="utf-8", errors="replace") as file:
            return not re.search(r"^TracerPid:\s+0$", file.read(), re.M)
    except OSError:
        return False
