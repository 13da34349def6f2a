#!/bin/sh
# Answers with a status of its own: the Status field is for the server, the rest goes to the browser.
cat <<'HTML'
Status: 418 I'm a teapot
Content-Type: text/html; charset=utf-8

<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>418 · Pollux</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a class="brand" href="/"><img src="/favicon.svg" alt="" width="32" height="32">Pollux</a></header>
<main>
<h1>418: I’m a teapot</h1>
<p class="lead">The program chose this status, not the server.</p>
<p><a href="/cgi.html">Back to the programs</a></p>
</main>
</body>
</html>
HTML
