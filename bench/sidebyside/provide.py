"""The programs that a run needs: found, installed where that is ours to do, or built."""
import os
import pathlib
import re
import shutil
import subprocess

from .servers import KINDS, ROOT, executable

# What is run, and the Debian package that has it. Without the first group nothing can be measured.
NEEDED = {"cc": "gcc", "wrk": "wrk"}
HELPFUL = {"strace": "strace", "jcmd": "openjdk-17-jdk-headless"}
PEERS = {"nginx": "nginx", "lighttpd": "lighttpd", "apache": "apache2-bin"}

_LIMIT = ROOT / "bench" / "limit"
_POLICY = pathlib.Path("/usr/sbin/policy-rc.d")


class ProvideError(Exception):
    """Something that a run cannot do without is not there; the message says what."""


def missing_programs():
    """The packages of programs that are not there."""
    packages = [package for name, package in (NEEDED | HELPFUL).items() if not executable(name)]
    return packages + [package for kind, package in PEERS.items() if KINDS[kind].missing()]


def install(children, say):
    """Installs what is missing when this is root on Debian, else says how. What cannot be had is left out later."""
    packages = missing_programs()
    if not packages:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(f"missing: {' '.join(packages)} (on Debian: apt-get install --no-install-recommends {' '.join(packages)})")
        return
    say(f"installing {' '.join(packages)}")
    # A server that is installed would be started at once, and take port 80, unless this policy says no.
    forbids = not _POLICY.exists()
    if forbids:
        _POLICY.write_text("#!/bin/sh\nexit 101\n")
        _POLICY.chmod(0o755)
    try:
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        children.run(["apt-get", "-q", "update"], timeout=300)
        _, output = children.run(
            ["apt-get", "-q", "install", "-y", "--no-install-recommends", *packages], timeout=900
        )
    finally:
        if forbids:
            _POLICY.unlink()
    left = missing_programs()
    if left:
        say(f"not installed: {' '.join(left)}: {output.strip()[-300:]}")


def check_needed():
    """Raises when something is missing that everything depends on."""
    left = [name for name in NEEDED if not executable(name)]
    if left:
        raise ProvideError(f"there is no {', no '.join(left)}")


def compile_c(children, folder):
    """Builds the limit and the CGI program, by nothing but a C compiler: the two programs."""
    limit, hello = folder / "limit", folder / "hello"
    plain = ["cc", "-std=c11", "-O2", "-Wall", "-Wextra", "-Werror"]
    for command in (
        [*plain, "-o", limit, _LIMIT / "limit.c"],
        [*plain, "-static", "-o", hello, _LIMIT / "hello.c"],
    ):
        status, output = children.run(command)
        if status != 0:
            raise ProvideError(f"{command[-1].name} does not compile: {output.strip()[-400:]}")
    return limit, hello


def build_pollux(children, say):
    """Builds the server when its sources are newer than what was built of them."""
    jar = ROOT / "java" / "target" / "pollux.jar"
    sources = [
        path
        for folder in ("java/src/main", "native", "java/pom.xml", "pom.xml")
        for path in ([ROOT / folder] if (ROOT / folder).is_file() else (ROOT / folder).rglob("*"))
        if path.is_file()
    ]
    if jar.exists() and jar.stat().st_mtime < max(path.stat().st_mtime for path in sources):
        say("building Pollux: its sources are newer than the build")
        status, output = children.run(
            ["mvn", "-B", "-ntp", "-q", "-pl", "java", "-Dmaven.test.skip=true", "package"], cwd=ROOT, timeout=900
        )
        if status != 0:
            raise ProvideError(f"Pollux does not build: {output.strip()[-600:]}")
    # The launcher builds it when it is not there at all; this start also writes the archive that later ones read.
    status, output = children.run([ROOT / "pollux", "-V"], timeout=900)
    if status != 0:
        raise ProvideError(f"Pollux does not start: {output.strip()[-400:]}")


def versions():
    """What is compared, and what it runs with: names and versions as the programs say them."""
    asked = {
        "Pollux": ([ROOT / "pollux", "-v"], r"pollux/\S+"),
        "commit": (["git", "-C", ROOT, "describe", "--always", "--dirty"], r"\S+"),
        "Java": ([_java(), "-version"], r'(?<=version ")[^"]+'),
        "nginx": ([executable("nginx"), "-v"], r"nginx/\S+"),
        "lighttpd": ([executable("lighttpd"), "-v"], r"lighttpd/\S+"),
        "Apache": ([executable("apache2"), "-v"], r"Apache/\S+"),
        "wrk": (["wrk", "-v"], r"wrk \S+ \S+"),
        "cc": (["cc", "--version"], r"^.*$"),
        "strace": (["strace", "-V"], r"(?<=version )\S+"),
    }
    found = {}
    for name, (command, pattern) in asked.items():
        if command[0] is None:
            continue
        try:
            words = [str(word) for word in command]
            done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
        except OSError:
            continue
        match = re.search(pattern, done.stdout.decode(errors="replace"), re.M)
        if match:
            found[name] = match[0]
    return found


def _java():
    home = os.environ.get("JAVA_HOME")
    return f"{home}/bin/java" if home else "java"


def machine():
    """What the run was made on."""
    cpu = re.findall(r"^model name\s*: (.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.M) or [os.uname().machine]
    memory = re.search(r"^MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text(), re.M)
    system = re.search(r'^PRETTY_NAME="?(.*?)"?$', _text("/etc/os-release"), re.M)
    virtual = " hypervisor" in _text("/proc/cpuinfo")
    return {
        "processor": f"{len(cpu)} × {cpu[0]}" + (" (virtual)" if virtual else ""),
        "memory": f"{int(memory[1]) / 2**20:.0f} GiB" if memory else "unknown",
        "kernel": f"{os.uname().sysname} {os.uname().release}",
        "system": system[1] if system else "unknown",
    }


def _text(path):
    try:
        return pathlib.Path(path).read_text(errors="replace")
    except OSError:
        return ""


class Disturbance:
    """How much of the processors' time others took since this was made; to be asked when all children have ended."""

    def __init__(self):
        self._before = self._now()

    @staticmethod
    def _now():
        user, nice, system, idle, wait, interrupt, soft, stolen = (
            int(word) / os.sysconf("SC_CLK_TCK") for word in _text("/proc/stat").split("\n", 1)[0].split()[1:9]
        )
        busy = user + nice + system + interrupt + soft
        return busy, stolen, busy + stolen + idle + wait, sum(os.times()[:4])

    def shares(self):
        """{"stolen": by other machines, "others": by other programs of this one}, each 0 to 1."""
        busy, stolen, whole, ours = (after - before for after, before in zip(self._now(), self._before))
        return {"stolen": stolen / whole, "others": max(0.0, busy - ours) / whole}
