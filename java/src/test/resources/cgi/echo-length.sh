#!/bin/sh
# Sends back CONTENT_LENGTH and how many bytes came before the end of file: the two must be equal.
printf 'Content-Type: text/plain\n\n'
echo "announced=${CONTENT_LENGTH-none} read=$(wc -c | tr -d ' ')"
