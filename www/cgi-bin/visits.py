#!/usr/bin/env python3
"""Counts visits and remembers a name, in the server's session.

What the session holds arrives as SESSION_<NAME>; a Session-Set or Session-Clear field in the answer changes it.
"""
import html
import os
import sys
from urllib.parse import parse_qs

LONGEST_NAME = 40  # characters
HERE = "/cgi-bin/visits.py"

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Session · Pollux</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a class="brand" href="/"><img src="/favicon.svg" alt="" width="32" height="32">Pollux</a></header>
<main>
<h1>{greeting}</h1>
<p class="lead" id="visits">{visits}</p>
<form class="panel" action="{here}" method="post" accept-charset="utf-8">
<div class="field">
<label for="name">Your name</label>
<input type="text" id="name" name="name" value="{name}" maxlength="{longest}" autocomplete="given-name">
<p class="hint">It is kept by the server for this browser alone, and forgotten when the session ends.</p>
</div>
<div class="row">
<button type="submit">Remember</button>
<button type="submit" class="quiet" name="forget" value="yes">Forget me</button>
</div>
</form>
<p>The program changed the session with these fields, which the browser never sees:</p>
<pre><code>{fields}</code></pre>
<p><a href="{here}">Visit again</a> or go <a href="/">back to the front page</a>.</p>
</main>
</body>
</html>
"""


def respond(fields, page=""):
    """Writes the fields, in order, and the page."""
    head = "".join(f"{field}\n" for field in fields)
    sys.stdout.buffer.write(f"{head}\n{page}".encode("utf-8"))


def printable(text):
    """A name that is safe in a field: no control characters, no blanks around it, bounded."""
    return "".join(c for c in text if c.isprintable()).strip()[:LONGEST_NAME]


def change():
    """A form was sent: store what it says, then lead to the page itself (so that a reload does not send it again)."""
    form = parse_qs(sys.stdin.buffer.read(4096).decode("ascii", "replace"), errors="replace")
    name = printable(form.get("name", [""])[0])
    fields = ["Status: 303 See Other", f"Location: {HERE}", "Content-Type: text/plain"]
    if "forget" in form:
        fields += ["Session-Clear: name", "Session-Clear: visits"]
    elif name:
        fields.append(f"Session-Set: name={name}")
    else:
        fields.append("Session-Clear: name")
    respond(fields)


def show():
    """One more visit."""
    counted = os.environ.get("SESSION_VISITS", "")
    visits = int(counted) + 1 if counted.isascii() and counted.isdigit() else 1
    name = os.environb.get(b"SESSION_NAME", b"").decode("utf-8", "replace")
    changes = [f"Session-Set: visits={visits}"]
    page = PAGE.format(
        greeting=f"Welcome back, {html.escape(name)}" if name else "Hello, visitor",
        visits="This is your first visit." if visits == 1 else f"You have been here {visits} times.",
        name=html.escape(name),
        fields=html.escape("\n".join(changes)),
        here=HERE,
        longest=LONGEST_NAME,
    )
    respond(["Content-Type: text/html; charset=utf-8", "Cache-Control: no-store", *changes], page)


if os.environ.get("REQUEST_METHOD") == "POST":
    change()
else:
    show()
