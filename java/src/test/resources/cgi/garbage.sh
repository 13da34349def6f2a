#!/bin/sh
# What should be a header is none.
printf '<html>\n<p>no header</p>\n</html>\n'
