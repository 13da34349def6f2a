#!/usr/bin/env perl
# Shows its environment and the fields of a form, in Perl, with nothing but the core of the language.
use strict;
use warnings;

use constant LIMIT => 65536;    # bytes of content: this is a demonstration, not a place to keep things

my %ENTITY = ( '&' => '&amp;', '<' => '&lt;', '>' => '&gt;', '"' => '&quot;', "'" => '&#39;' );

sub escape {
    my ($text) = @_;
    $text =~ s/([&<>"'])/$ENTITY{$1}/g;
    return $text;
}

sub row {
    my ( $name, $value ) = @_;
    return sprintf qq{<tr><th scope="row">%s</th><td>%s</td></tr>\n}, escape($name), escape($value);
}

sub decode {
    my ($text) = @_;
    $text =~ tr/+/ /;
    $text =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge;
    return $text;
}

# Table rows for application/x-www-form-urlencoded.
sub fields {
    my ($text) = @_;
    my $rows = '';
    for my $pair ( grep { length } split /&/, $text ) {
        my ( $name, $value ) = split /=/, $pair, 2;
        $rows .= row( decode($name), decode( $value // '' ) );
    }
    return $rows;
}

my $content = '';
if ( ( $ENV{CONTENT_TYPE} // '' ) =~ m{^application/x-www-form-urlencoded} ) {
    read STDIN, $content, LIMIT;
}
my $form        = fields( ( $ENV{QUERY_STRING} // '' ) ) . fields($content);
my $environment = join '', map { row( $_, $ENV{$_} ) } sort keys %ENV;

print <<"HTML";
Content-Type: text/html; charset=utf-8
Cache-Control: no-store

<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Environment, from Perl · Pollux</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a class="brand" href="/"><img src="/favicon.svg" alt="" width="32" height="32">Pollux</a></header>
<main>
<h1>A Perl program ran</h1>
<p><a href="/cgi.html">Back to the programs</a></p>
<h2>Form</h2>
<div class="scroll">
<table class="environment" id="form">
<caption>Fields from the query, then from the content</caption>
<tbody>
$form</tbody>
</table>
</div>
<h2>Environment</h2>
<div class="scroll">
<table class="environment" id="environment">
<tbody>
$environment</tbody>
</table>
</div>
</main>
</body>
</html>
HTML
