#!/bin/sh
# Answers with the status that the query string says ("404", or "404%20Gone" for one with a phrase).
printf 'Status: %s\nContent-Type: text/plain\n\nstatus\n' "$(printf '%s' "$QUERY_STRING" | sed 's/%20/ /g')"
