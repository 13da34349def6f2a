#!/usr/bin/env python3
"""Dribbles: each byte of the header and of the content by itself. QUERY_STRING: milliseconds between two of them."""
import os
import time

pause = int(os.environ.get("QUERY_STRING") or 5) / 1000
for byte in b"Content-Type: text/plain\n\nslow\n":
    os.write(1, bytes([byte]))
    time.sleep(pause)
