#!/bin/sh
# Dies of a signal in the middle of its content, whose length it has announced.
printf 'Content-Type: text/plain\nContent-Length: 100\n\nhalf of'
kill -KILL $$
