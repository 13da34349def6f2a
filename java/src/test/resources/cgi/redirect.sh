#!/bin/sh
# Sends the client elsewhere, with a page for those who do not follow.
printf 'Status: 303 See Other\nLocation: http://example.com/there\nContent-Type: text/plain\n\nsee there\n'
