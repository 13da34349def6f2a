"""Processes of ours: each is ended by its pid in every case, whatever becomes of the one that started it."""
import ctypes
import os
import signal
import subprocess
import time

_PR_SET_PDEATHSIG = 1
_GRACE = 10  # seconds between TERM and KILL


class Children:
    """The processes that were started and have not been ended; used by `with`, it ends the rest."""

    def __init__(self):
        self._libc = ctypes.CDLL(None)
        self._running = []

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        for process in list(reversed(self._running)):
            self.end(process)

    def start(self, command, *, cores=None, cwd=None, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=None):
        """Starts a program on the given cores (default: where this process may run)."""
        parent = os.getpid()
        allowed = set(cores) if cores else all_cores()

        def prepare():
            # When this process is killed, its children must not go on.
            self._libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)
            os.sched_setaffinity(0, allowed)

        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=cwd,
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.STDOUT if stderr is None else stderr,
            preexec_fn=prepare,
        )
        self._running.append(process)
        return process

    def run(self, command, *, cores=None, cwd=None, timeout=600):
        """Runs a program to its end: (exit status, all it printed). It is ended when the time is over."""
        process = self.start(command, cores=cores, cwd=cwd, stdout=subprocess.PIPE)
        try:
            output, _ = process.communicate(timeout=timeout)
            return process.returncode, output.decode(errors="replace")
        except subprocess.TimeoutExpired:
            return 1, f"not ended after {timeout} s"
        finally:
            self.end(process)

    def end(self, process, sign=signal.SIGTERM):
        """Ends a process and waits for it; its exit status."""
        if process.poll() is None:
            process.send_signal(sign)
            try:
                process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()
        if process in self._running:
            self._running.remove(process)
        return process.wait()


# The cores that were ours at the start: later this process may be bound to fewer.
_CORES = frozenset(os.sched_getaffinity(0))


def all_cores():
    """The cores this program was given."""
    return set(_CORES)


def wait_until(condition, seconds, pause=0.01):
    """Whether the condition came true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def descendants(pid):
    """A process, its children, their children and so on, by pid."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                    # "pid (name) state ppid": the name may hold anything.
                    parents[int(name)] = int(file.read().rpartition(")")[2].split()[1])
            except (OSError, ValueError, IndexError):
                continue
    found = [pid]
    for one in found:
        found += sorted(child for child, parent in parents.items() if parent == one)
    return found
