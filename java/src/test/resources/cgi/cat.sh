#!/bin/sh
# Sends the content back as it came, both ways at once, however long it is. Its length is not announced.
printf 'Content-Type: application/octet-stream\n\n'
exec cat
