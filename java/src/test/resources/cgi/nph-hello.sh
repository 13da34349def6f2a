#!/bin/sh
# Speaks HTTP itself: its output goes to the client as it is.
printf 'HTTP/1.1 299 Mine\r\nContent-Type: text/plain\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhello\n'
