#!/bin/sh
# Answers without reading a byte of the content, however much there is.
printf 'Content-Type: text/plain\n\nnot read\n'
