"""Many at once: threads of visitors and pests, and thousands of connections that are held and dribbled into."""
import collections
import random
import selectors
import statistics
import threading
import time

from . import pests, visits
from .wire import Client, Wrong, request


class Tally:
    """Who came, and what went wrong; for all threads."""

    def __init__(self):
        self._lock = threading.Lock()
        self.good, self.bad = collections.Counter(), collections.Counter()
        self.failures = []

    def add(self, counter, kind, problem=None):
        """One more of a kind; with what was wrong about it."""
        with self._lock:
            counter[kind] += 1
            if problem is not None:
                self.failures.append(f"{kind}: {problem}")


class Crowd:
    """Threads that visit until they are told to stop."""

    def __init__(self, tally, place, server, seed, visitors, others):
        self._stop = threading.Event()
        self._threads = []
        for i in range(visitors):
            visitor = visits.Visitor(place, server.port, random.Random(f"{seed} visitor {i}"))
            self._add(visitor, visits.KINDS, tally, tally.good)
        for i in range(others):
            self._add(pests.Pest(server.hostile, f"{seed} pest {i}"), pests.KINDS, tally, tally.bad)

    def _add(self, who, kinds, tally, counter):
        thread = threading.Thread(target=self._visit, args=(who, kinds, tally, counter), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _visit(self, who, kinds, tally, counter):
        names, weights = zip(*kinds)
        while not self._stop.is_set():
            (kind,) = who.chance.choices(names, weights)
            try:
                getattr(who, kind)()
                tally.add(counter, kind)
            except (Wrong, OSError, ValueError, KeyError) as problem:
                tally.add(counter, kind, f"{type(problem).__name__}: {problem}")

    def stop(self):
        """Lets everybody finish; False when somebody does not."""
        self._stop.set()
        end = time.monotonic() + 60
        for thread in self._threads:
            thread.join(max(0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)


class Held:
    """Connections that send a byte of a head now and then."""

    def __init__(self, port, number):
        self._stop = threading.Event()
        self._clients = [Client(port) for _ in range(number)]
        for client in self._clients:
            client.send(b"GET /small.txt HTTP/1.1\r\nX: ")
        self._thread = threading.Thread(target=self._dribble, daemon=True)
        self._thread.start()

    def _dribble(self):
        while True:
            for client in self._clients:
                # Each gets a byte about every five seconds.
                if self._stop.wait(5 / len(self._clients)):
                    return
                try:
                    client.send(b"x")
                except OSError:
                    continue

    def close(self):
        """Lets them go; how many the server had kept."""
        self._stop.set()
        self._thread.join()
        kept = len(self._clients)
        with selectors.DefaultSelector() as selector:
            for client in self._clients:
                selector.register(client, selectors.EVENT_READ)
            kept -= len(selector.select(0))
        for client in self._clients:
            with client:
                pass
        return kept


def median_ms(port, place, count=600):
    """The median time of a small file's answer on one connection, in milliseconds."""
    times = []
    with Client(port) as client:
        for _ in range(count):
            begin = time.perf_counter()
            answer = client.ask(request("GET", "/small.txt"), 200)
            times.append((time.perf_counter() - begin) * 1000)
            if answer.content != place.files["small.txt"]:
                raise Wrong("small.txt is not itself")
    return statistics.median(times)


def beside_slow_ones(port, place, number, rounds=5):
    """How much longer an answer takes beside so many slow connections: (ratio of medians, how many were kept)."""
    median_ms(port, place)
    alone = statistics.median(median_ms(port, place) for _ in range(rounds))
    held = Held(port, number)
    try:
        beside = statistics.median(median_ms(port, place) for _ in range(rounds))
    finally:
        kept = held.close()
    return beside / alone, kept
