#!/usr/bin/env python3
"""As many bytes of content as the query string says, of no announced length; each is its offset modulo 251."""
import os
import sys

PIECE = bytes(range(251)) * 256  # so that pieces follow on each other

left = int(os.environ["QUERY_STRING"])
out = sys.stdout.buffer
out.write(b"Content-Type: application/octet-stream\n\n")
while left > 0:
    out.write(PIECE[:left])
    left -= len(PIECE)
