#!/bin/sh
# Announces more content than it sends: the client must not take what it gets for whole.
printf 'Content-Type: text/plain\nContent-Length: 100\n\nhello\n'
