#!/bin/sh
# Announces the length of its content, and keeps its word.
printf 'Content-Type: text/plain\r\nContent-Length: 6\r\n\r\nhello\n'
