#!/bin/sh
# Ends before its header does.
printf 'Content-Type: text/plain\nX-Half: '
