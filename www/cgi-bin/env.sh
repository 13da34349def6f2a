#!/bin/sh
# Shows its environment and the fields of a form, in the shell. The locale is C: bytes pass through as they are.
LC_ALL=C
export LC_ALL

# Standard input with the five characters that mean something in HTML replaced.
escape() {
    sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' -e 's/>/\&gt;/g' -e 's/"/\&quot;/g' -e "s/'/\&#39;/g"
}

# Table rows from lines of the form name=value.
rows() {
    escape | sed -e '/=/!s/$/=/' -e 's|^\([^=]*\)=\(.*\)$|<tr><th scope="row">\1</th><td>\2</td></tr>|'
}

# One line for each field of application/x-www-form-urlencoded; a line break inside a value becomes a space.
fields() {
    awk '
        BEGIN {
            RS = "&"
            for (i = 0; i < 256; i++) byte[sprintf("%02x", i)] = i < 32 ? " " : sprintf("%c", i)
        }
        {
            sub(/\n$/, "")
            gsub(/\+/, " ")
            text = ""
            while (match($0, /%[0-9A-Fa-f][0-9A-Fa-f]/)) {
                text = text substr($0, 1, RSTART - 1) byte[tolower(substr($0, RSTART + 1, 2))]
                $0 = substr($0, RSTART + 3)
            }
            if (text $0 != "") print text $0
        }'
}

# At most 64 KiB of the content: this is a demonstration, not a place to keep things.
content=
case "$CONTENT_TYPE" in
    application/x-www-form-urlencoded*) content=$(head -c 65536) ;;
esac

cat <<'HTML'
Content-Type: text/html; charset=utf-8
Cache-Control: no-store

<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Environment, from a shell script · Pollux</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a class="brand" href="/"><img src="/favicon.svg" alt="" width="32" height="32">Pollux</a></header>
<main>
<h1>A shell script ran</h1>
<p><a href="/cgi.html">Back to the programs</a></p>
<h2>Form</h2>
<div class="scroll">
<table class="environment" id="form">
<caption>Fields from the query, then from the content</caption>
<tbody>
HTML
printf '%s' "$QUERY_STRING" | fields | rows
printf '%s' "$content" | fields | rows
cat <<'HTML'
</tbody>
</table>
</div>
<h2>Environment</h2>
<div class="scroll">
<table class="environment" id="environment">
<tbody>
HTML
env | sort | rows
cat <<'HTML'
</tbody>
</table>
</div>
</main>
</body>
</html>
HTML
