#!/bin/sh
# Ends at once, well, without any output.
exit 0
