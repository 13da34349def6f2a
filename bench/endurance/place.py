"""The site and the configuration of the server that is tried, and its process."""
import os
import pathlib
import random

from sidebyside.children import wait_until
from sidebyside.servers import ROOT, free_port

_START = 120  # seconds; the first start may build
_ALARMS = (" [emerg] ", " [alert] ", " unexpected ")

CONFIGURATION = """\
daemon off;
pid pollux.pid;
error_log error.log notice;
worker_processes {workers};
events {{ worker_connections 16384; }}
http {{
    include {root}/conf/mime.types;
    access_log access.log;
    client_body_temp_path body;
    client_max_body_size 64m;
    cgi_max_processes 32;
    cgi_queue_timeout 25s;

    # For those who are owed an answer.
    server {{
        listen 127.0.0.1:{port};
        root www;
        location /list/ {{ autoindex on; }}
        location /cgi/ {{ cgi on; cgi_timeout 20s 2s; }}
        location /dav/ {{ alias dav/; dav_methods PUT DELETE MKCOL COPY MOVE; create_full_put_path on; }}
        location = /upload {{ upload_store store; }}
        location /store/ {{ alias store/; allow_methods GET DELETE; }}
        location /moved {{ return 301 /small.txt; }}
        location /secret/ {{ deny all; }}
        location /inner/ {{ internal; }}
    }}

    # For those who are not: little time for anything.
    server {{
        listen 127.0.0.1:{hostile};
        root www;
        client_header_timeout 2s;
        client_body_timeout 2s;
        send_timeout 2s;
        keepalive_timeout 2s;
        lingering_timeout 1s;
        lingering_time 3s;
        location /cgi/ {{ cgi on; cgi_timeout 4s 1s; }}
        location /dav/ {{ alias broken/; dav_methods PUT; }}
        location = /upload {{ upload_store broken; }}
    }}
}}
"""

PROGRAMS = {
    "hello.sh": "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\nhello\\n'\n",
    "echo.sh": "#!/bin/sh\nprintf 'Content-Type: application/octet-stream\\n\\n'\nexec cat\n",
    "fail.sh": "#!/bin/sh\nexit 3\n",
    "crash.sh": "#!/bin/sh\nprintf 'Content-Type: text/plain\\nX: '\nkill -9 $$\n",
    "noisy.sh": "#!/bin/sh\nyes oh | head -c 20000 >&2\nprintf 'Content-Type: text/plain\\n\\nquiet\\n'\n",
    "hang.sh": "#!/bin/sh\nexec sleep 600\n",
    "flood.sh": "#!/bin/sh\nprintf 'Content-Type: text/plain\\n\\n'\nexec yes flood\n",
}


class Place:
    """The files, by their content, and where they lie."""

    def __init__(self, folder, seed):
        self.folder = pathlib.Path(folder)
        self._alarms = []
        chance = random.Random(seed)
        self.files = {
            "small.txt": b"small\n" * 170,
            "page.html": b"<p>" + chance.randbytes(20_000).hex().encode(),
            "large.bin": chance.randbytes(3_000_000),
        }
        self.names = [f"file-{i:03d}.txt" for i in range(200)]
        for name in ("www/list", "www/cgi", "www/secret", "www/inner", "dav", "store", "broken", "body"):
            (self.folder / name).mkdir(parents=True)
        for name, content in self.files.items():
            (self.folder / "www" / name).write_bytes(content)
        for name in self.names:
            (self.folder / "www/list" / name).write_text(name)
        for name, text in PROGRAMS.items():
            program = self.folder / "www/cgi" / name
            program.write_text(text)
            program.chmod(0o755)

    def left_overs(self):
        """Files that nobody should have left: whatever lies in the folders of uploads once everybody has gone."""
        return sorted(
            str(path.relative_to(self.folder))
            for name in ("dav", "store", "broken", "body")
            for path in (self.folder / name).rglob("*")
            if path.is_file()
        )

    def trim_logs(self):
        """Looks through the logs for alarms and empties them, or they would fill the disk; the server appends to them."""
        self.alarms()
        for name in ("access.log", "error.log"):
            os.truncate(self.folder / name, 0)

    def alarms(self):
        """Lines of the error log, so far, that say that the server itself is not well."""
        with open(self.folder / "error.log", encoding="utf-8", errors="replace") as log:
            for line in log:
                if any(word in line for word in _ALARMS) and line not in self._alarms:
                    self._alarms.append(line)
        return self._alarms


class Server:
    """A running Pollux, as its users start it."""

    def __init__(self, children, place, workers):
        self.port, self.hostile = free_port(), free_port()
        text = CONFIGURATION.format(root=ROOT, port=self.port, hostile=self.hostile, workers=workers)
        (place.folder / "soak.conf").write_text(text)
        self.process = children.start([ROOT / "pollux", "-p", f"{place.folder}/", "-c", "soak.conf"], cwd=place.folder)
        self.pid = self.process.pid
        pid_file = place.folder / "pollux.pid"
        if not wait_until(lambda: pid_file.exists() or not self.alive(), _START, 0.1) or not self.alive():
            raise SystemExit("soak: the server does not start")

    def alive(self):
        """Whether it still runs."""
        return self.process.poll() is None
