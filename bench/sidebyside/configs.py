"""The configurations. nginx and Pollux read one file, to the byte the same; what differs between them lies beside it in
files that it includes: the ports, and for each what the other has no words for. lighttpd and Apache get twins."""
import os
from dataclasses import dataclass

CONNECTIONS = 16000


@dataclass(frozen=True)
class Settings:
    """What a configuration depends on: two ports (without and with an access log), where things lie, how many work."""

    port: int
    logged_port: int
    prefix: object
    www: object
    mime_types: object
    workers: int = 1
    use: str = ""


# The file that nginx and Pollux share. Relative paths start from the server's own folder.
SHARED = """\
worker_processes {workers};
daemon off;
{user}pid server.pid;
error_log error.log error;
worker_rlimit_nofile {files};

events {{
    worker_connections {connections};
{use}}}

http {{
    include mime.types;
    default_type application/octet-stream;

    sendfile on;
    tcp_nopush on;
    open_file_cache max=1000;

    # Nobody is sent away in the middle of a measurement.
    keepalive_timeout 3600s;
    keepalive_requests 1000000000;

    client_max_body_size 0;
    client_body_temp_path body_temp;
    include only-http*.conf;

    server {{
        include listen-unlogged.conf;
        access_log off;
        log_not_found off;
        include site.conf;
    }}

    server {{
        include listen-logged.conf;
        access_log access.log;
        include site.conf;
    }}
}}
"""

# Included by both server blocks; the same for nginx and Pollux.
SITE = """\
root "{www}";

location = /moved {{
    return 301 /1k.bin;
}}

location = /answer {{
    return 200 "An answer that is configured.\\n";
}}

location /list/ {{
    autoindex on;
}}

location /put/ {{
    alias "{prefix}/uploads/";
    dav_methods PUT;
}}

include only-server*.conf;
"""

# Only Pollux has words for these.
PROGRAMS = """\
location /cgi/ {{
    cgi on;
}}

location = /form {{
    allow_methods POST;
    upload_store uploads;
}}
"""

# nginx makes these folders at its start, and the ones it was built with are root's.
NGINX_FOLDERS = "".join(f"{kind}_temp_path temp_{kind};\n" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))

LIGHTTPD = """\
server.modules = ("mod_indexfile", "mod_redirect", "mod_cgi", "mod_dirlisting", "mod_accesslog", "mod_staticfile")
server.document-root = "{www}"
server.bind = "127.0.0.1"
server.port = {port}
server.pid-file = "{prefix}/server.pid"
server.errorlog = "{prefix}/error.log"
server.upload-dirs = ("{prefix}")
server.max-fds = {files}
server.max-connections = {connections}
server.max-worker = {workers}
server.max-keep-alive-idle = 3600
server.max-keep-alive-requests = 65535
server.stream-response-body = 2
mimetype.assign = ("" => "application/octet-stream")
index-file.names = ("index.html")
url.redirect = ("^/moved$" => "/1k.bin")
url.redirect-code = 301
$HTTP["url"] =~ "^/list/" {{
    dir-listing.activate = "enable"
}}
$HTTP["url"] =~ "^/cgi/" {{
    cgi.assign = ("" => "")
}}
$SERVER["socket"] == "127.0.0.1:{logged_port}" {{
    accesslog.filename = "{prefix}/access.log"
}}
"""

APACHE = """\
ServerRoot "{prefix}"
ServerName localhost
PidFile "{prefix}/server.pid"
ErrorLog "{prefix}/error.log"
Listen 127.0.0.1:{port}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule alias_module {modules}/mod_alias.so
LoadModule cgid_module {modules}/mod_cgid.so
{user}TypesConfig "{mime_types}"
ScriptSock "{prefix}/cgisock"
DocumentRoot "{www}"
ScriptAlias /cgi/ "{www}/cgi/"
KeepAlive On
KeepAliveTimeout 3600
MaxKeepAliveRequests 0
<Directory "{www}">
    Require all granted
</Directory>
"""


def write_shared(settings, programs=False, nginx=False):
    """Writes the shared file, what it includes, and the folders it names; the name of the file."""
    prefix = settings.prefix
    (prefix / "uploads").mkdir(parents=True)
    user = "user root;\n" if os.geteuid() == 0 else ""
    use = f"    use {settings.use};\n" if settings.use else ""
    shared = SHARED.format(
        workers=settings.workers, user=user, files=CONNECTIONS + 1000, connections=CONNECTIONS, use=use
    )
    files = {
        "bench.conf": shared,
        "site.conf": SITE.format(www=settings.www, prefix=prefix),
        "mime.types": settings.mime_types.read_text(),
        "listen-unlogged.conf": f"listen 127.0.0.1:{settings.port};\n",
        "listen-logged.conf": f"listen 127.0.0.1:{settings.logged_port};\n",
    }
    if programs:
        files["only-server.conf"] = PROGRAMS.format()
    if nginx:
        files["only-http.conf"] = NGINX_FOLDERS
    for name, text in files.items():
        (prefix / name).write_text(text)
    return "bench.conf"


def write_lighttpd(settings):
    """Writes lighttpd's twin; its name."""
    text = LIGHTTPD.format(
        **vars(settings) | {"workers": settings.workers if settings.workers > 1 else 0},
        files=CONNECTIONS + 1000,
        connections=CONNECTIONS // 2,  # it wants two descriptors for each
    )
    settings.prefix.mkdir(parents=True)
    (settings.prefix / "lighttpd.conf").write_text(text)
    return "lighttpd.conf"


def write_apache(settings, modules):
    """Writes what Apache needs for its CGI programs; the name of the file."""
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    settings.prefix.mkdir(parents=True)
    (settings.prefix / "apache.conf").write_text(APACHE.format(**vars(settings), modules=modules, user=user))
    return "apache.conf"
