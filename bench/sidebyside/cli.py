"""The command: its arguments, and the order of things."""
import argparse
import json
import os
import pathlib
import resource
import shutil
import signal
import sys
import tempfile
import time

from . import page, provide, readme, sections, site
from .cases import CASES
from .children import Children, all_cores
from .run import Options, Run
from .servers import ROOT
from .targets import table

REPORT = ROOT / "bench" / "report"
SECTIONS = (
    sections.start_pinned,
    sections.loads,
    sections.idle,
    sections.sweep,
    sections.uploads,
    sections.stream,
    sections.allocation,
    sections.calls,
    sections.programs,
    sections.two_workers,
    sections.starts,
    sections.memory,
)
KEYS = [case.key for case in CASES] + [
    "idle", "sweep", "put", "form", "stream", "allocation", "calls", "cgi", "two", "start",
]


def arguments(words):
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        prog="bench/side-by-side",
        description="Measures Pollux next to nginx, lighttpd, Apache and a poll loop in C, and draws the result in "
        "bench/report/. Takes about half an hour.",
    )
    parser.add_argument("--quick", action="store_true", help="one round of one second each: under three minutes")
    parser.add_argument("--rounds", type=int, metavar="N", help="how often each server is measured (5)")
    parser.add_argument("--seconds", type=int, metavar="N", help="how long (3)")
    parser.add_argument("--only", nargs="+", default=[], choices=KEYS, metavar="CASE", help=", ".join(KEYS))
    parser.add_argument("--out", type=pathlib.Path, default=REPORT, metavar="FOLDER", help="where the report goes")
    parser.add_argument("--readme", action="store_true", help="put the table into bench/README.md")
    parser.add_argument(
        "--from", dest="source", type=pathlib.Path, metavar="FILE", help="draw results.json of an earlier run"
    )
    return parser.parse_args(words)


def options(given):
    """What the arguments ask for."""
    base = Options(quick=True, rounds=1, seconds=1, warm_up=1) if given.quick else Options()
    return Options(
        base.quick, given.rounds or base.rounds, given.seconds or base.seconds, base.warm_up, tuple(given.only)
    )


def say(text):
    """One line of progress."""
    print(f"{time.strftime('%H:%M:%S')}  {text}", flush=True)


def measure(chosen):
    """A whole run; what it found, ready for JSON."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    began = time.time()
    disturbance = provide.Disturbance()
    # Not in memory: uploads and logs are files. Readable by all: some servers give up their rights.
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pollux-side-by-side-", dir="/var/tmp"))
    folder.chmod(0o755)
    try:
        with Children() as children:
            provide.install(children, say)
            provide.check_needed()
            programs = provide.compile_c(children, folder)
            provide.build_pollux(children, say)
            www = site.make(folder, programs[1])
            run = Run(children, folder, www, programs, chosen, say)
            if len(all_cores()) < 2:
                run.problem("there is one core only: servers and load generator take turns on it")
            load = os.getloadavg()[0]
            for section in SECTIONS:
                section(run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {
        "began": time.strftime("%Y-%m-%d %H:%M", time.localtime(began)),
        "minutes": round((time.time() - began) / 60, 1),
        "options": vars(chosen) | {"only": list(chosen.only)},
        "machine": provide.machine(),
        "versions": provide.versions(),
        "load_before": load,
        "disturbance": disturbance.shares(),
        "samples": run.samples,
        "single": run.single,
        "problems": run.problems,
    }


def report(results, out, with_readme):
    """Writes the report, and says where."""
    out.mkdir(parents=True, exist_ok=True)
    lines = table(results["samples"], results["single"])
    (out / "results.json").write_text(json.dumps(results, indent=1) + "\n")
    micro = out / "micro.json"
    text = page.render(results, lines, json.loads(micro.read_text()) if micro.exists() else [])
    (out / "index.html").write_text(text)
    if with_readme:
        readme.rewrite(ROOT / "bench" / "README.md", results, lines)
    known = [line for line in lines if line.met is not None]
    met = sum(line.met for line in known)
    say(f"{met} of {len(known)} targets met, {len(lines) - len(known)} not measured; the report: {out / 'index.html'}")


def main(words=None):
    """Runs, reports; the exit status is 0 when every server could be measured, 1 when something went wrong."""
    given = arguments(words)
    # An end by TERM goes the way of Ctrl-C: what was started is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        results = json.loads(given.source.read_text()) if given.source else measure(options(given))
    except provide.ProvideError as problem:
        print(f"side-by-side: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    report(results, given.out, given.readme)
    return 1 if results["problems"] else 0
