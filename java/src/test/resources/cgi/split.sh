#!/bin/sh
# Tries to split the response with a bare CR in a field.
printf 'Content-Type: text/plain\nX-Evil: a\rSet-Cookie: stolen=1\n\nsplit\n'
