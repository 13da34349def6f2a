"""A Pollux for the browser test: the demo site on a free port, in a prefix of its own, so that nothing dirties the tree."""
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEADLINE = 30  # seconds until it must answer


class Pollux:
    """The running server; `url` has no slash at its end, `prefix` is its folder, `uploads` where it stores files."""

    def __init__(self):
        self.prefix = pathlib.Path(tempfile.mkdtemp(prefix="pollux-site-"))
        self.uploads = self.prefix / "run" / "uploads"
        for folder in ("conf", "www"):
            shutil.copytree(ROOT / folder, self.prefix / folder)
        (self.prefix / "run").mkdir()
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        configuration = self.prefix / "conf" / "pollux.conf"
        text, count = re.subn(r"listen\s+127\.0\.0\.1:8080", f"listen 127.0.0.1:{port}", configuration.read_text())
        if count != 1:
            raise AssertionError("conf/pollux.conf does not listen on 127.0.0.1:8080 once")
        configuration.write_text(text)
        self._output = open(self.prefix / "output", "wb")
        self._process = subprocess.Popen(
            [ROOT / "pollux", "-p", f"{self.prefix}/"], stdout=self._output, stderr=subprocess.STDOUT
        )
        self._wait()

    def _wait(self):
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with urllib.request.urlopen(self.url, timeout=5):
                    return
            except OSError:
                time.sleep(0.02)
        log = (self.prefix / "output").read_text(errors="replace")
        self.close()
        raise AssertionError(f"Pollux does not answer at {self.url}:\n{log}")

    def close(self):
        """Stops it gracefully, removes its folder, and hands back its exit status."""
        self._process.terminate()
        try:
            status = self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        self._output.close()
        shutil.rmtree(self.prefix, ignore_errors=True)
        return status


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
