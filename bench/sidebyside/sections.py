"""The parts of a run, in their order. Each starts what it needs beyond the servers that are up, and fills the run."""
import hashlib
import time

from . import same
from .cases import BY_KEY, CASES, Case
from .probes import allocated_per_request, first_byte, system_calls
from .run import FAILURES
from .site import STREAM_BYTES
from .transfers import IdleConnections, TransferError, download, pinned_to, post_form, put

IDLE = 7000
SWEEP = (0, 100, 300, 1000, 3000, IDLE)
SWEEP_ROUNDS = 3
WAYS = (("pollux", "poll"), ("pollux", "epoll"), ("pollux", "auto"), ("nginx", "epoll"))
HELLO = Case("cgi", "CGI program, 16 connections, unpinned", "/cgi/hello", 16)
# In a quick run only these are measured with access logs, too.
QUICK_LOGGED = ("k64", "k512")


def start_pinned(run):
    """The servers that most sections share, all on one core: only one of them has something to do at a time."""
    for kind in ("pollux", "nginx", "lighttpd"):
        run.start(kind, cores=run.server_cores)
    pollux = run.servers.get("pollux")
    if pollux:
        run.start_limit(raw_answer(pollux, "/1k.bin"))
        # What all cases have in common is compiled in the first seconds.
        for _ in range(2):
            run.warm_up(BY_KEY["k64"], pollux)


def raw_answer(server, path):
    """The bytes of an answer, head and content, as the server sends them on a connection that is kept."""
    answer = same.fetch(server.port, path)
    lines = [f"HTTP/1.1 {answer.status} {answer.reason}"] + [f"{name}: {value}" for name, value in answer.lines]
    return "\r\n".join(lines + ["", ""]).encode("latin-1") + answer.content


def loads(run):
    """Every case of the load generator, without and with access logs."""
    for case in CASES:
        if not run.wants(case.key):
            continue
        servers = run.checked(case, run.find(case.servers))
        run.say(f"{case.title}")
        for server in servers:
            if server.kind == "pollux":
                run.warm_up(case, server)
        for logged in (False, True):
            if logged and run.options.quick and case.key not in QUICK_LOGGED:
                continue
            run.in_rounds(servers, lambda server, number: run.load(case, server, number, logged=logged))


def idle(run):
    """The first case again, among thousands of connections that idle; and what each of them takes."""
    if not run.wants("idle"):
        return
    case = BY_KEY["k64"]
    plain = run.find(("pollux", "nginx"))
    crowded = {}
    holders = []
    for server in plain:
        twin = run.start(server.kind, f"{server.kind} with idle connections", cores=run.server_cores)
        if twin is None:
            continue
        try:
            if twin.kind == "pollux":
                run.warm_up(case, twin)
            before = twin.memory()
            holder = IdleConnections(run.children, twin.port, case.path, cores=run.client_cores)
            holders.append(holder)
            run.say(f"{IDLE} idle connections to {twin.kind}")
            holder.grow_to(IDLE)
            time.sleep(0.2)
            grown = (twin.memory() - before) / IDLE
            run.single.setdefault("idle_memory", {})[twin.kind] = grown
            crowded[twin.kind] = twin
        except FAILURES as problem:
            run.problem(f"{twin.name}: {problem}")

    def both(server, number):
        run.load(case, server, number, key="alone")
        run.load(case, crowded[server.kind], number, key="idle")

    run.in_rounds([server for server in plain if server.kind in crowded], both)
    for holder in holders:
        holder.close()
    run.stop(*crowded.values())


def sweep(run):
    """Throughput by the number of idle connections, for each way to wait: where does which one pay?"""
    if run.options.quick and not run.options.only or not run.wants("sweep"):
        return
    case = BY_KEY["k64"]
    ways, holders = {}, {}
    for kind, use in WAYS:
        server = run.start(kind, f"{kind} with {use}", cores=run.server_cores, use=use)
        if server:
            ways[server] = use
            holders[server] = IdleConnections(run.children, server.port, case.path, cores=run.client_cores)
            if kind == "pollux":
                run.warm_up(case, server)

    def measure(server, number, level):
        holders[server].grow_to(level)
        run.load(case, server, number, key=f"sweep {ways[server]} {level}")

    for level in SWEEP:
        run.say(f"{level} idle connections, by how the loop waits")
        run.in_rounds(ways, lambda server, number, level=level: measure(server, number, level), SWEEP_ROUNDS)
    for server, holder in holders.items():
        holder.close()
        run.stop(server)


def uploads(run):
    """200 MiB by PUT to Pollux and nginx, and by a form to Pollux."""
    if not run.wants("put", "form"):
        return
    file = run.folder / "upload.bin"
    digest = _digest(file)
    checked = set()

    def stored(server, name):
        path = server.prefix / "uploads" / name
        if not path.exists():
            raise TransferError(f"stores no {name}")
        if (server.kind, name) not in checked and _digest(path) != digest:
            raise TransferError(f"stores something else as {name}")
        checked.add((server.kind, name))
        path.unlink()

    def by_put(server):
        with pinned_to(run.client_cores):
            rate = put(server.port, "/put/sent.bin", file)
        stored(server, "sent.bin")
        return rate

    def by_form(server):
        with pinned_to(run.client_cores):
            rate = post_form(server.port, "/form", file, "form.bin")
        stored(server, "form.bin")
        return rate

    def by_both(server, number):
        run.sample("put", server, number, by_put(server))
        if server.kind == "pollux":
            run.sample("form", server, number, by_form(server))

    run.say("uploads")
    run.in_rounds(run.find(("pollux",)), lambda server, number: (by_put(server), by_form(server)), rounds=1)
    run.in_rounds(run.find(("pollux", "nginx")), by_both)


def _digest(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(2**20):
            digest.update(piece)
    return digest.hexdigest()


def stream(run):
    """1 GiB through a CGI program."""
    if not run.wants("stream"):
        return

    def rate(server):
        with pinned_to(run.client_cores):
            return download(server.port, "/cgi/stream", STREAM_BYTES)

    run.say("1 GiB through a CGI program")
    run.in_rounds(run.find(("pollux",)), lambda server, number: rate(server), rounds=1)
    run.in_rounds(
        run.find(("pollux", "lighttpd")), lambda server, number: run.sample("stream", server, number, rate(server))
    )


def allocation(run):
    """Heap bytes for each request in steady state, of a server that has done nothing else: jcmd rounds large numbers."""
    if not run.wants("allocation"):
        return
    pollux = run.start("pollux", "pollux for its heap", cores=run.server_cores)
    if pollux is None:
        return
    run.say("heap bytes a request")
    for key in ("k64", "answer", "unchanged", "missing"):
        case = BY_KEY[key]
        try:
            headers = same.headers_for(case, pollux.port)
            run.warm_up(case, pollux)
            found = allocated_per_request(
                run.children, pollux, case, headers, seconds=run.options.seconds, cores=run.client_cores
            )
            run.single.setdefault("allocation", {})[key] = found
        except FAILURES as problem:
            run.problem(f"heap bytes of {case.title}: {problem}")
    run.stop(pollux)


def calls(run):
    """System calls for each request at 64 connections."""
    if not run.wants("calls"):
        return
    run.say("system calls a request")
    for server in run.find(("pollux", "nginx", "lighttpd", "limit")):
        try:
            found = system_calls(
                run.children,
                server,
                "/1k.bin",
                seconds=run.options.seconds,
                cores=run.client_cores,
                folder=run.folder,
            )
            run.single.setdefault("calls", {})[server.kind] = found
        except FAILURES as problem:
            run.problem(f"system calls of {server.kind}: {problem}")


def programs(run):
    """A CGI program that prints hello; servers and load generator where the system puts them."""
    if not run.wants("cgi"):
        return
    servers = [run.start(kind, f"{kind} for programs") for kind in ("pollux", "lighttpd", "apache")]
    started = [server for server in servers if server]
    run.say(HELLO.title)
    fit = run.checked(HELLO, started)
    for server in fit:
        if server.kind == "pollux":
            run.warm_up(HELLO, server, pinned=False)
    run.in_rounds(fit, lambda server, number: run.load(HELLO, server, number, pinned=False))
    run.stop(*started)


def two_workers(run):
    """Two workers, with and without each other's core."""
    if not run.wants("two"):
        return
    case = BY_KEY["k64"]
    started = [run.start(kind, f"{kind} with two workers", workers=2) for kind in ("pollux", "nginx")]
    started = [server for server in started if server]
    run.say("two workers, unpinned")
    for server in started:
        if server.kind == "pollux":
            run.warm_up(case, server, pinned=False)
    run.in_rounds(started, lambda one, number: run.load(case, one, number, key="two", pinned=False, threads=2))
    run.stop(*started)


def starts(run):
    """From the command to the first byte of an answer, of a server that was started before."""
    if not run.wants("start"):
        return
    run.say("starts")
    for number in range(run.options.rounds):
        for kind in ("pollux", "nginx", "lighttpd"):
            server = run.start(kind, f"{kind}, start {number + 1}", wait=False)
            if server is None:
                continue
            try:
                run.sample("start", server, number, first_byte(server.port, "/1k.bin", server.started))
            except FAILURES as problem:
                run.problem(f"start of {kind}: {problem} {server.last_words()}")
            run.stop(server)


def memory(run):
    """The most memory that each Pollux has had; last of all."""
    run.stop_all()
    run.single["peaks"] = run.peaks
