"""What really runs: processes that must end, the two programs in C, the configurations, connections that idle."""
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
import unittest.mock

from sidebyside import configs, provide, servers, site
from sidebyside.children import Children, descendants, wait_until
from sidebyside.servers import Limit
from sidebyside.transfers import IdleConnections, TransferError, download, put

RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody"
REQUEST = b"GET /x HTTP/1.1\r\nHost: a\r\n\r\n"


class ChildrenTest(unittest.TestCase):
    def test_what_was_started_is_ended_whatever_happens(self):
        with self.assertRaises(KeyError), Children() as children:
            process = children.start(["sleep", "600"])
            raise KeyError
        self.assertEqual(-15, process.returncode)

    def test_the_output_of_a_program_is_read_to_its_end(self):
        with Children() as children:
            self.assertEqual((3, "out err "), children.run(["sh", "-c", "printf 'out '; printf 'err ' >&2; exit 3"]))

    def test_a_program_that_takes_too_long_is_ended(self):
        with Children() as children:
            status, words = children.run(["sleep", "600"], timeout=0.1)
        self.assertEqual((1, "not ended after 0.1 s"), (status, words))

    def test_a_killed_parent_takes_its_children_with_it(self):
        script = (
            "import sys, time; sys.path.insert(0, sys.argv[1]); from sidebyside.children import Children\n"
            "print(Children().start(['sleep', '600']).pid, flush=True); time.sleep(600)"
        )
        folder = str(pathlib.Path(__file__).resolve().parents[2])
        with subprocess.Popen([sys.executable, "-B", "-c", script, folder], stdout=subprocess.PIPE) as parent:
            pid = int(parent.stdout.readline())
            self.assertEqual([parent.pid, pid], descendants(parent.pid))
            parent.kill()
        self.assertTrue(wait_until(lambda: not _runs(pid), 10))


def _runs(pid):
    try:
        text = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
        return text.rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class ProgramsTest(unittest.TestCase):
    """With the limit running."""

    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        cls.folder = pathlib.Path(holder.name)
        cls.children = Children()
        cls.addClassCleanup(cls.children.__exit__)
        cls.limit, cls.hello = provide.compile_c(cls.children, cls.folder)
        cls.server = Limit(cls.children, cls.folder, cls.limit, RESPONSE)

    def answers(self, *pieces, count):
        """What comes back for pieces sent one by one, as far as so many answers."""
        with socket.create_connection(("127.0.0.1", self.server.port), 10) as client:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            received = b""
            for piece in pieces:
                client.sendall(piece)
            while len(received) < count * len(RESPONSE):
                received += client.recv(65536)
            return received

    def test_the_program_says_hello(self):
        self.assertEqual((0, "Content-Type: text/plain\n\nhello\n"), self.children.run([self.hello]))

    def test_a_request_gets_the_answer(self):
        self.assertEqual(RESPONSE, self.answers(REQUEST, count=1))

    def test_requests_of_one_write_get_an_answer_each(self):
        self.assertEqual(RESPONSE * 16, self.answers(REQUEST * 16, count=16))

    def test_a_request_may_come_byte_by_byte(self):
        self.assertEqual(RESPONSE, self.answers(*(REQUEST[i : i + 1] for i in range(len(REQUEST))), count=1))

    def test_connections_come_and_go(self):
        for _ in range(100):
            self.answers(REQUEST, count=1)

    def test_idle_connections_are_opened_held_and_closed(self):
        holder = IdleConnections(self.children, self.server.port, "/x")
        try:
            for count in (3, 50):
                holder.grow_to(count)
                self.assertEqual(count, self.established())
        finally:
            holder.close()
        self.assertTrue(wait_until(lambda: self.established() == 0, 10))

    def established(self):
        """The server's connections, as the kernel has them."""
        port = f":{self.server.port:04X}"
        rows = [row.split() for row in pathlib.Path("/proc/net/tcp").read_text(encoding="utf-8").splitlines()[1:]]
        return sum(row[1].endswith(port) and row[3] == "01" for row in rows)

    def test_connections_that_nobody_takes_are_an_error(self):
        holder = IdleConnections(self.children, servers.free_port(), "/x")
        try:
            with self.assertRaisesRegex(TransferError, "no 3 idle connections: 0 are open"):
                holder.grow_to(3)
        finally:
            holder.close()

    def test_an_upload_that_is_answered_otherwise_is_an_error(self):
        file = self.folder / "file"
        file.write_bytes(b"")
        with self.assertRaisesRegex(TransferError, "200 OK"):
            put(self.server.port, "/x", file)

    def test_a_download_that_ends_early_is_an_error(self):
        listener = socket.create_server(("127.0.0.1", 0))

        def serve():
            with listener, listener.accept()[0] as peer:
                peer.recv(9999)
                peer.sendall(b"HTTP/1.1 200 OK\r\n\r\nx")

        server = threading.Thread(target=serve)
        server.start()
        with self.assertRaisesRegex(TransferError, "brought 20 bytes"):
            download(listener.getsockname()[1], "/x", 1000)
        server.join()


class ConfigsTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def settings(self, name, port):
        types = servers.ROOT / "conf" / "mime.types"
        return configs.Settings(port, port + 1, self.folder / name, self.folder / "www", types)

    def test_nginx_and_pollux_read_the_same_file(self):
        ours, theirs = self.settings("a", 1000), self.settings("b", 2000)
        name = configs.write_shared(ours, programs=True)
        self.assertEqual(name, configs.write_shared(theirs, nginx=True))
        self.assertEqual((ours.prefix / name).read_bytes(), (theirs.prefix / name).read_bytes())
        self.assertEqual("listen 127.0.0.1:1001;\n", (ours.prefix / "listen-logged.conf").read_text())

    def test_only_pollux_has_what_only_pollux_knows(self):
        configs.write_shared(self.settings("a", 1000), programs=True)
        configs.write_shared(self.settings("b", 2000), nginx=True)
        found = {name: sorted(path.name for path in (self.folder / name).glob("only-*")) for name in "ab"}
        self.assertEqual({"a": ["only-server.conf"], "b": ["only-http.conf"]}, found)

    def test_the_site_is_the_same_each_time(self):
        program = self.folder / "program"
        program.write_bytes(b"#!/bin/sh\n")
        listings = []
        for name in ("one", "two"):
            (self.folder / name).mkdir()
            with unittest.mock.patch.object(site, "UPLOAD_BYTES", 2**20):
                www = site.make(self.folder / name, program)
            files = sorted(path for path in www.rglob("*") if path.is_file() and path.name != "stream")
            listings.append([(path.name, path.stat().st_size, path.read_bytes()[:64]) for path in files])
            self.assertTrue(os.access(www / "cgi" / "hello", os.X_OK))
        self.assertEqual(listings[0], listings[1])
        self.assertEqual(1004, len(listings[0]))


if __name__ == "__main__":
    unittest.main()
