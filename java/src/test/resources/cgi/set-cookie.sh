#!/bin/sh
# Two cookies: two fields, in order, never joined.
printf 'Content-Type: text/plain\nSet-Cookie: a=1; Path=/\nSet-Cookie: b=2; Path=/\n\ncookies\n'
