"""The servers: how each is started, on which cores, and what can be asked of its processes."""
import os
import pathlib
import re
import shutil
import socket
import time

from . import configs
from .children import descendants, wait_until

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODULES = pathlib.Path("/usr/lib/apache2/modules")
_START = 60  # seconds


class StartError(Exception):
    """A server did not start; the message names it and says what it wrote."""


def free_port():
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def executable(name):
    """Where a program is, also in the folders that are root's; None if it is not there."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin:/usr/local/sbin")


class Server:
    """A running server. `kind` is whose it is ("nginx"), `name` which of them ("nginx with 2 workers"), `started` the
    time of time.perf_counter() at which it was."""

    kind = ""

    def __init__(self, children, folder, name, www, *, cores=None, workers=1, use="", wait=True):
        self.name = name
        self.prefix = folder / "servers" / re.sub(r"\W+", "-", name)
        self.port, self.logged_port = free_port(), free_port()
        self._children = children
        self._settings = configs.Settings(
            self.port, self.logged_port, self.prefix, www, ROOT / "conf" / "mime.types", workers, use
        )
        command = self.prepare(self._settings)
        self._output = open(self.prefix / "output", "wb")
        self.started = time.perf_counter()
        self.process = children.start(command, cores=cores, cwd=self.prefix, stdout=self._output)
        if wait:
            self._wait()

    def _wait(self):
        if not wait_until(lambda: not self.alive() or self.accepts(), _START) or not self.alive():
            self.stop()
            raise StartError(f"{self.name} does not start: {self.last_words()}")

    def prepare(self, settings):
        """Writes the configuration; the command that starts the server in the foreground."""
        raise NotImplementedError

    @classmethod
    def missing(cls):
        """The program that it cannot do without and that is not there, or None."""
        return None

    def url(self, path, logged=False):
        """Where a path is, with or without an access log."""
        return f"http://127.0.0.1:{self.logged_port if logged else self.port}{path}"

    def alive(self):
        """Whether it still runs."""
        return self.process.poll() is None

    def accepts(self):
        """Whether somebody listens on its port."""
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return True
        except OSError:
            return False

    def last_words(self):
        """The end of what it printed and logged."""
        texts = [_end_of(self.prefix / name) for name in ("output", "error.log")]
        return " ".join(" ".join(texts).split())[-400:] or "(it says nothing)"

    def pids(self):
        """Its processes."""
        return descendants(self.process.pid)

    def workers(self):
        """The processes that serve."""
        return self.pids()[1:] or [self.process.pid]

    def memory(self, field="VmRSS"):
        """The sum of a field of /proc/PID/status over its processes, in bytes."""
        return sum(_status(pid, field) for pid in self.pids())

    def forget_logs(self):
        """Empties the logs, which would fill the disk in the end; servers append to them."""
        for name in ("access.log", "error.log"):
            log = self.prefix / name
            if log.exists():
                os.truncate(log, 0)

    def stop(self):
        """Ends it."""
        self._children.end(self.process)
        self._output.close()


def _end_of(path):
    if not path.exists():
        return ""
    with open(path, "rb") as file:
        file.seek(max(0, path.stat().st_size - 1000))
        return file.read().decode(errors="replace")


def _status(pid, field):
    try:
        text = pathlib.Path(f"/proc/{pid}/status").read_text(errors="replace")
    except OSError:
        return 0
    found = re.search(rf"^{field}:\s+(\d+) kB", text, re.M)
    return int(found[1]) * 1024 if found else 0


class Pollux(Server):
    """This server, as it is started by its users."""

    kind = "pollux"

    def prepare(self, settings):
        file = configs.write_shared(settings, programs=True)
        return [ROOT / "pollux", "-p", f"{settings.prefix}/", "-c", file]

    def workers(self):
        return [self.process.pid]


class Nginx(Server):
    """nginx with the same file."""

    kind = "nginx"

    def prepare(self, settings):
        file = configs.write_shared(settings, nginx=True)
        return [executable("nginx"), "-p", f"{settings.prefix}/", "-e", "error.log", "-c", file]

    @classmethod
    def missing(cls):
        return None if executable("nginx") else "nginx"


class Lighttpd(Server):
    """lighttpd with a twin of the file."""

    kind = "lighttpd"

    def prepare(self, settings):
        return [executable("lighttpd"), "-D", "-f", settings.prefix / configs.write_lighttpd(settings)]

    @classmethod
    def missing(cls):
        return None if executable("lighttpd") else "lighttpd"


class Apache(Server):
    """Apache's mod_cgid, for CGI programs only."""

    kind = "apache"

    def prepare(self, settings):
        file = settings.prefix / configs.write_apache(settings, MODULES)
        self.logged_port = self.port
        return [executable("apache2"), "-DFOREGROUND", "-f", file]

    @classmethod
    def missing(cls):
        return None if executable("apache2") and (MODULES / "mod_cgid.so").exists() else "apache2"


class Limit(Server):
    """The poll loop in C that does nothing but answer; it logs nothing, so both of its ports are one."""

    kind = "limit"

    def __init__(self, children, folder, program, response, *, cores=None):
        self._program, self._response = program, response
        super().__init__(children, folder, "limit", None, cores=cores)

    def prepare(self, settings):
        settings.prefix.mkdir(parents=True)
        (settings.prefix / "response").write_bytes(self._response)
        self.logged_port = self.port
        return [self._program, self.port, settings.prefix / "response"]


KINDS = {server.kind: server for server in (Pollux, Nginx, Lighttpd, Apache)}
