"""Arguments, the order of things, and the verdict."""
import argparse
import json
import resource
import signal
import tempfile
import time
from dataclasses import asdict

from sidebyside.children import Children, wait_until

from . import census
from .census import MIB
from .crowd import Crowd, Tally, beside_slow_ones
from .place import Place, Server


def _arguments():
    parser = argparse.ArgumentParser(prog="bench/soak", description=__doc__)
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=float, default=60, help="how long (default 60)")
    length.add_argument("--seconds", type=float, help="the same in seconds")
    parser.add_argument("--visitors", type=int, default=12, help="who are owed an answer, at once (default 12)")
    parser.add_argument("--pests", type=int, default=24, help="who are owed an end, at once (default 24)")
    parser.add_argument("--slow", type=int, default=5000, help="slow connections held at once (default 5000; 0: none)")
    parser.add_argument("--reload", type=float, default=10, help="seconds between two reloads (default 10; 0: none)")
    parser.add_argument("--workers", type=int, default=1, help="worker_processes (default 1)")
    parser.add_argument("--seed", default="1", help="who comes when (default 1)")
    parser.add_argument("--json", help="all figures go to this file, too")
    return parser.parse_args()


def _watch(children, server, place, tally, seconds, reload_every):
    """Lets the crowd go on, looks at the server now and then; the samples."""
    begin = time.monotonic()
    samples, next_sample, next_reload = [], begin, begin + (reload_every or seconds + 1)
    while (now := time.monotonic()) < begin + seconds and server.alive():
        if now >= next_reload:
            next_reload = now + reload_every
            server.process.send_signal(signal.SIGHUP)
        if now >= next_sample:
            next_sample = now + max(5, seconds / 60)
            place.trim_logs()
            samples.append(census.take(children, server.pid))
            _print_sample(now - begin, tally, samples[-1])
        time.sleep(0.2)
    return samples


def _print_sample(seconds, tally, sample):
    print(
        f"{seconds:7.0f} s  {tally.good.total():8d} visits  {tally.bad.total():6d} pests  {len(tally.failures):3d} failed"
        f"  heap {sample.heap / MIB:5.1f}  outside {sample.outside / MIB:6.1f}  process {sample.resident / MIB:6.1f} MiB"
        f"  {sample.descriptors:5d} descriptors  {sample.zombies} zombies",
        flush=True,
    )


def _settled(server, before):
    """Whether descriptors and children are what they were, soon after everybody has gone."""
    return wait_until(lambda: census.descriptors(server.pid) == before and not census.states(server.pid), 60, 0.2)


def _verdict(server, place, tally, samples, before, ended):
    """What was promised, and whether it was kept: [(sentence, kept)]."""
    yield "the server lives", server.alive()
    yield "every visitor was answered as it should be", not tally.failures
    yield "every visitor came to an end", ended
    if server.alive():
        settled = _settled(server, before)
        yield f"descriptors and children are as before ({len(before)} descriptors)", settled
        if not settled:
            print("  before:", before, "\n  after: ", census.descriptors(server.pid), census.states(server.pid))
    # Who has just ended is one until it is reaped, so samples under load say nothing: one that stays is there at the end.
    yield "no zombie stayed", not server.alive() or "Z" not in census.states(server.pid)
    yield "nothing half is left in the folders of uploads", not place.left_overs()
    yield "no alarm in the error log", not place.alarms()
    for name, slack in (("heap", 2 * MIB), ("outside", 8 * MIB), ("resident", 12 * MIB)):
        more = census.grown([getattr(sample, name) for sample in samples], slack)
        too_much = f", but for {more / MIB:.1f} MiB" if more else ""
        yield f"memory is flat: {name}{too_much}", not more


def _allow_descriptors():
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def main():
    """Runs it; 0 when every promise was kept."""
    options = _arguments()
    seconds = options.seconds if options.seconds is not None else options.minutes * 60
    _allow_descriptors()
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="pollux-soak-") as folder, Children() as children:
        place = Place(folder, options.seed)
        server = Server(children, place, options.workers)
        slow = beside_slow_ones(server.port, place, options.slow) if options.slow else None
        # What the first of each kind makes the server keep (logs, a poller, files) is there from here on.
        Crowd(tally, place, server, "first", 4, 4).stop()
        wait_until(lambda: not census.states(server.pid), 30, 0.2)
        time.sleep(6)
        before = census.descriptors(server.pid)
        crowd = Crowd(tally, place, server, options.seed, options.visitors, options.pests)
        samples = _watch(children, server, place, tally, seconds, options.reload)
        ended = crowd.stop()
        verdict = list(_verdict(server, place, tally, samples, before, ended))
        alarms = place.alarms()
    _report(tally, samples, slow, options, verdict, alarms)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(_figures(tally, samples, slow, seconds, verdict), file, indent=1)
    return 0 if all(kept for _, kept in verdict) else 1


def _figures(tally, samples, slow, seconds, verdict):
    return {
        "seconds": seconds,
        "visits": tally.good,
        "pests": tally.bad,
        "failures": tally.failures,
        "samples": [asdict(sample) for sample in samples],
        "slow": slow,
        "verdict": verdict,
    }


def _report(tally, samples, slow, options, verdict, alarms):
    for title, counter in (("visits", tally.good), ("pests", tally.bad)):
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(counter.items()))
        print(f"{title}: {counter.total()} ({kinds})")
    answered = tally.good.total() + tally.bad.total()
    print(f"availability: {100 * (answered - len(tally.failures)) / max(1, answered):.4f} %, {len(tally.failures)} failed")
    for problem in (tally.failures + alarms)[:20]:
        print(f"  {problem}")
    if samples:
        first, last = samples[len(samples) // 4], samples[-1]
        for name in ("heap", "outside", "resident"):
            begin, end = getattr(first, name) / MIB, getattr(last, name) / MIB
            print(f"{name}: {begin:.1f} MiB after a quarter, {end:.1f} MiB at the end")
    if slow:
        ratio, kept = slow
        print(f"beside {kept} slow connections of {options.slow} an answer took {ratio:.2f} times as long (2 at most)")
    for sentence, kept in verdict:
        print(f"{'ok    ' if kept else 'FAILED'} {sentence}")
