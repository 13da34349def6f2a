#!/bin/sh
# Sends more content than it announces: the rest must not reach the client.
printf 'Content-Type: text/plain\nContent-Length: 5\n\nhelloHTTP/1.1 200 OK\r\n\r\n'
