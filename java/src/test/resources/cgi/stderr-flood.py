#!/usr/bin/env python3
"""Writes 1 MiB to its error output before it answers: whoever does not read that waits for ever."""
import os

line = b"x" * 1023 + b"\n"
for _ in range(1024):
    os.write(2, line)
os.write(1, b"Content-Type: text/plain\n\nflooded\n")
