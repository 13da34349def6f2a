"""The load generator wrk: runs it, and reads what it prints."""
import re
from dataclasses import dataclass

PIPELINE = """\
-- {depth} requests in one write.
init = function(args)
    local requests = {{}}
    for i = 1, {depth} do
        requests[i] = wrk.format()
    end
    batch = table.concat(requests)
end

request = function()
    return batch
end
"""

_TIMES = {"us": 1.0, "ms": 1e3, "s": 1e6, "m": 60e6, "h": 3600e6}
_SIZES = {"B": 1, "KB": 2**10, "MB": 2**20, "GB": 2**30, "TB": 2**40}


class WrkError(Exception):
    """wrk did not do what it was asked to; the message is for the user."""


@dataclass(frozen=True)
class Load:
    """What wrk saw. Latencies are in microseconds by percentile, errors are connections and requests that failed."""

    rate: float
    requests: int
    bytes_per_second: float
    latency: dict
    errors: int
    refused: int


def parse(text):
    """The figures in wrk's output; `refused` counts statuses of 400 and above."""
    total = re.search(r"^\s*(\d+) requests in ", text, re.M)
    rate = re.search(r"^Requests/sec:\s*([\d.]+)", text, re.M)
    transfer = re.search(r"^Transfer/sec:\s*([\d.]+)([KMGT]?B)", text, re.M)
    if not (total and rate and transfer):
        raise WrkError("wrk printed no result: " + " ".join(text.split())[-200:])
    latency = {
        float(percent): float(value) * _TIMES[unit]
        for percent, value, unit in re.findall(r"^\s+([\d.]+)%\s+([\d.]+)(us|ms|s|m|h)\s*$", text, re.M)
    }
    failed = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return Load(
        rate=float(rate[1]),
        requests=int(total[1]),
        bytes_per_second=float(transfer[1]) * _SIZES[transfer[2]],
        latency=latency,
        errors=sum(map(int, failed.groups())) if failed else 0,
        refused=int(refused[1]) if refused else 0,
    )


def run(children, url, *, connections, seconds, cores, headers=(), script=None, threads=1):
    """Loads a URL; raises WrkError when wrk cannot, or when the connections it lost are more than a few."""
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s"]
    for header in headers:
        command += ["-H", header]
    if script:
        command += ["-s", str(script)]
    status, text = children.run(command + [url], cores=cores, timeout=seconds + 60)
    if status != 0:
        raise WrkError(f"wrk ended with {status}: {text.strip()[-200:]}")
    load = parse(text)
    if load.errors > load.requests / 1000 + connections:
        raise WrkError(f"{load.errors} failures among {load.requests} requests")
    return load
