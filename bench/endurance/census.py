"""What a process holds: memory of three kinds, descriptors, children."""
import os
import pathlib
import re
from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True)
class Sample:
    """Bytes and counts at one moment; `heap` is what a full collection leaves."""

    heap: int
    outside: int
    resident: int
    descriptors: int
    children: int
    zombies: int


def live_heap(listing):
    """What `jcmd PID GC.heap_info` says: (bytes used in the generations, lowest and highest address of the heap)."""
    used = sum(int(number) * 1024 for number in re.findall(r"generation\s+total \d+K, used (\d+)K", listing))
    generations = re.findall(r"generation.*\[(.*)\)", listing)
    bounds = [int(number, 16) for line in generations for number in re.findall(r"0x[0-9a-f]+", line)]
    if not bounds:
        raise ValueError(f"no heap in {listing!r}")
    return used, min(bounds), max(bounds)


def outside(smaps, low, high):
    """Resident anonymous memory that is not the Java heap: that of the C library and of the Java machine itself."""
    total, inside = 0, False
    for line in smaps.splitlines():
        if found := re.match(r"([0-9a-f]+)-([0-9a-f]+) ", line):
            inside = low <= int(found[1], 16) < high
        elif line.startswith("Anonymous:") and not inside:
            total += int(line.split()[1]) * 1024
    return total


def _read(pid, name):
    return pathlib.Path(f"/proc/{pid}/{name}").read_text(errors="replace")


def descriptors(pid):
    """What the process has open, by name, sorted, without the numbers of sockets and pipes.

    What belongs to Java is left out, and so are files that are served: they are kept open for a while.
    """
    names = []
    for entry in os.listdir(f"/proc/{pid}/fd"):
        try:
            name = os.readlink(f"/proc/{pid}/fd/{entry}")
        except OSError:
            continue
        if not name.endswith((".jar", "/modules")) and "/www/" not in name:
            names.append(re.sub(r":\[\d+\]$", "", name))
    return sorted(names)


def states(pid):
    """The states of the process's children: "S", "Z" and so on."""
    found = []
    for thread in os.listdir(f"/proc/{pid}/task"):
        try:
            for child in _read(pid, f"task/{thread}/children").split():
                found.append(_read(child, "stat").rpartition(")")[2].split()[0])
        except OSError:
            continue
    return found


def take(children, pid):
    """A sample of a running Pollux; asks it for a full collection first."""
    children.run(["jcmd", pid, "GC.run"], timeout=60)
    _, listing = children.run(["jcmd", pid, "GC.heap_info"], timeout=60)
    used, low, high = live_heap(listing)
    resident = re.search(r"VmRSS:\s+(\d+)", _read(pid, "status"))
    found = states(pid)
    return Sample(
        used,
        outside(_read(pid, "smaps"), low, high),
        int(resident[1]) * 1024,
        len(descriptors(pid)),
        len(found),
        found.count("Z"),
    )


def grown(series, slack):
    """How much more the last quarter of a series has than its second one, beyond a tenth and `slack`; 0 when it is flat."""
    if len(series) < 4:
        return 0
    quarter = len(series) // 4
    early = sorted(series[quarter : 2 * quarter])[quarter // 2]
    late = sorted(series[-quarter:])[quarter // 2]
    return max(0, late - early - early // 10 - slack)
