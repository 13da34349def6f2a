"""A run: which servers are up, what was measured, and what went wrong. The sections of sections.py fill it."""
import http.client
import time
from dataclasses import dataclass, field

from . import same, wrk
from .children import all_cores
from .probes import ProbeError
from .servers import KINDS, Limit, StartError
from .transfers import TransferError

# Whatever may go wrong with a server: it is written down, and its numbers are left out.
FAILURES = (wrk.WrkError, StartError, TransferError, ProbeError, OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Options:
    """How thorough a run is; times are in seconds."""

    quick: bool = False
    rounds: int = 5
    seconds: int = 3
    warm_up: int = 3
    only: tuple = ()


@dataclass
class Run:
    """Everything a section needs, and where it leaves what it found.

    `samples` has a row for each measurement: {"case", "server", "logged", "round", "rate", ...}; `single` what was
    measured in another way, by section; `problems` sentences.
    """

    children: object
    folder: object
    www: object
    programs: tuple
    options: Options
    say: object
    samples: list = field(default_factory=list)
    single: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)
    servers: dict = field(default_factory=dict)
    peaks: dict = field(default_factory=dict)

    @property
    def server_cores(self):
        """The core that a pinned server has."""
        return {min(all_cores())}

    @property
    def client_cores(self):
        """The core that the load generator has: another one, if there is another."""
        return {sorted(all_cores())[1 % len(all_cores())]}

    def problem(self, text):
        """Writes down what went wrong."""
        words = " ".join(text.split())
        self.problems.append(words)
        self.say(f"  ! {words}")

    def wants(self, *keys):
        """Whether any of these is to be measured."""
        return not self.options.only or any(key in self.options.only for key in keys)

    def start(self, kind, name=None, **settings):
        """Starts a server; None if that fails, or if it is not on this machine."""
        missing = KINDS[kind].missing()
        if missing:
            words = f"there is no {missing} on this machine; it is left out"
            if words not in self.problems:
                self.problem(words)
            return None
        try:
            server = KINDS[kind](self.children, self.folder, name or kind, self.www, **settings)
        except FAILURES as problem:
            self.problem(str(problem))
            return None
        self.servers[server.name] = server
        return server

    def start_limit(self, response):
        """Starts the loop in C with the bytes it is to answer."""
        try:
            server = Limit(self.children, self.folder, self.programs[0], response, cores=self.server_cores)
            self.servers[server.name] = server
        except FAILURES as problem:
            self.problem(str(problem))

    def stop(self, *servers):
        """Ends servers, and keeps the most memory that each one of Pollux had."""
        for server in servers:
            if server is None:
                continue
            if server.kind == "pollux" and server.alive():
                self.peaks[server.name] = server.memory("VmHWM")
            server.stop()
            self.servers.pop(server.name, None)

    def stop_all(self):
        """Ends whatever runs."""
        self.stop(*self.servers.values())

    def find(self, kinds):
        """The running servers of these kinds that were started under their plain names."""
        return [self.servers[kind] for kind in kinds if kind in self.servers]

    def checked(self, case, servers):
        """Those of the servers that answer a case as they should; the others are written down."""
        wrong = same.check(case, servers)
        for kind, what in wrong.items():
            self.problem(f"{case.title}: {kind} {what}; it is left out")
        return [server for server in servers if server.kind not in wrong]

    def in_rounds(self, servers, measure, rounds=None):
        """Calls measure(server, round) for each server in turn, in another order each round. A server that fails is
        written down, and left out from then on."""
        left = list(servers)
        for number in range(rounds or self.options.rounds):
            shift = number % max(1, len(left))
            for server in left[shift:] + left[:shift]:
                try:
                    measure(server, number)
                except FAILURES as problem:
                    words = "" if server.alive() else f" (it has ended: {server.last_words()})"
                    self.problem(f"{server.name}: {problem}{words}")
                    left.remove(server)

    def sample(self, case, server, number, rate, **more):
        """Writes a measurement down."""
        row = {"case": case, "server": server.kind, "round": number, "rate": rate, "time": round(time.time(), 1)}
        self.samples.append(row | more)

    def load(self, case, server, number, *, key=None, logged=False, pinned=True, threads=1):
        """Measures a case by wrk and writes it down."""
        load = wrk.run(
            self.children,
            server.url(case.path, logged),
            connections=case.connections,
            seconds=self.options.seconds,
            cores=self.client_cores if pinned else None,
            headers=same.headers_for(case, server.port),
            script=self.script(case),
            threads=threads,
        )
        if case.status < 400 and load.refused:
            raise wrk.WrkError(f"{load.refused} of {load.requests} requests were refused in {case.title}")
        server.forget_logs()
        self.sample(
            key or case.key,
            server,
            number,
            load.rate,
            logged=logged,
            p50=load.latency.get(50.0),
            p99=load.latency.get(99.0),
            bytes_per_second=load.bytes_per_second,
        )

    def warm_up(self, case, server, pinned=True):
        """Lets the JVM compile what a case needs; its cost is no part of steady state."""
        try:
            wrk.run(
                self.children,
                server.url(case.path),
                connections=case.connections,
                seconds=self.options.warm_up,
                cores=self.client_cores if pinned else None,
                headers=same.headers_for(case, server.port),
                script=self.script(case),
            )
        except FAILURES as problem:
            self.problem(f"{server.name}, warming up: {problem}")

    def script(self, case):
        """wrk's script for a pipelined case, or None."""
        if case.pipeline == 1:
            return None
        script = self.folder / f"pipeline-{case.pipeline}.lua"
        if not script.exists():
            script.write_text(wrk.PIPELINE.format(depth=case.pipeline))
        return script
