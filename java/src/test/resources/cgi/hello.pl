# Run by an interpreter that the configuration names: neither executable nor with a line that names one.
use strict;
use warnings;
print "Content-Type: text/plain\n\nhello from perl, $ENV{REQUEST_METHOD}\n";
