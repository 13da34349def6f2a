#!/bin/sh
# Answers with whatever is at the path that the query string says, inside the server.
printf 'Location: %s\n\n' "$QUERY_STRING"
