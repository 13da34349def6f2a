#!/bin/sh
# Shows what the program was given: arguments, working directory, environment, in lines that a test can look for.
printf 'Content-Type: text/plain\n\n'
echo "argc=$#"
echo "cwd=$(pwd -P)"
# Not printenv, which leaves the order to chance.
env | LC_ALL=C sort
