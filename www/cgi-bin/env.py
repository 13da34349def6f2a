#!/usr/bin/env python3
"""Shows its environment and the fields of a form, in Python."""
import html
import os
import sys
from urllib.parse import parse_qsl

LIMIT = 65536  # bytes of content: this is a demonstration, not a place to keep things

PAGE = """\
Content-Type: text/html; charset=utf-8
Cache-Control: no-store

<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Environment, from Python · Pollux</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a class="brand" href="/"><img src="/favicon.svg" alt="" width="32" height="32">Pollux</a></header>
<main>
<h1>A Python program ran</h1>
<p><a href="/cgi.html">Back to the programs</a></p>
<h2>Form</h2>
<div class="scroll">
<table class="environment" id="form">
<caption>Fields from the query, then from the content</caption>
<tbody>
{form}
</tbody>
</table>
</div>
<h2>Environment</h2>
<div class="scroll">
<table class="environment" id="environment">
<tbody>
{environment}
</tbody>
</table>
</div>
</main>
</body>
</html>
"""


def rows(pairs):
    """Table rows; bytes that are not UTF-8 become the replacement character."""
    text = "\n".join(
        f'<tr><th scope="row">{html.escape(name)}</th><td>{html.escape(value)}</td></tr>' for name, value in pairs
    )
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def fields():
    """The fields of the query, then those of a form sent as content."""
    query = os.environ.get("QUERY_STRING", "")
    found = parse_qsl(query, keep_blank_values=True, errors="replace")
    if os.environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        content = sys.stdin.buffer.read(LIMIT).decode("ascii", "replace")
        found += parse_qsl(content, keep_blank_values=True, errors="replace")
    return found


page = PAGE.format(form=rows(fields()), environment=rows(sorted(os.environ.items())))
sys.stdout.buffer.write(page.encode("utf-8"))
