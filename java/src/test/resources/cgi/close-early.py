#!/usr/bin/env python3
"""Closes its output behind a whole answer and lives on: the answer ends with the output, not with the program."""
import os
import time

os.write(1, b"Content-Type: text/plain\n\nearly\n")
os.close(1)
os.close(2)
time.sleep(600)
