#!/bin/sh
# Streams: one line a second, each of which reaches the browser when it is written.
cat <<'HTML'
Content-Type: text/html; charset=utf-8
Cache-Control: no-store

<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A slow answer · Pollux</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a class="brand" href="/"><img src="/favicon.svg" alt="" width="32" height="32">Pollux</a></header>
<main>
<h1>A slow answer</h1>
<p><a href="/cgi.html">Back to the programs</a></p>
<ol>
HTML
for word in first second third fourth fifth; do
    sleep 1
    printf '<li>The %s line, written at %s</li>\n' "$word" "$(date +%H:%M:%S)"
done
cat <<'HTML'
</ol>
<p>That was all.</p>
</main>
</body>
</html>
HTML
