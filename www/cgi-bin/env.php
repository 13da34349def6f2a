<?php
// Shows its environment and the fields of a form, in PHP (run by php-cgi, which reads the form itself).
header('Content-Type: text/html; charset=utf-8');
header('Cache-Control: no-store');

function escape(string $text): string
{
    return htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
}

/** Table rows; a field that PHP made an array of (name[]) is shown as JSON. */
function rows(array $pairs): string
{
    $rows = '';
    foreach ($pairs as $name => $value) {
        $text = is_array($value) ? (string) json_encode($value, JSON_INVALID_UTF8_SUBSTITUTE) : $value;
        $rows .= '<tr><th scope="row">' . escape((string) $name) . '</th><td>' . escape($text) . "</td></tr>\n";
    }
    return $rows;
}

$environment = getenv();
ksort($environment);
?>
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Environment, from PHP · Pollux</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a class="brand" href="/"><img src="/favicon.svg" alt="" width="32" height="32">Pollux</a></header>
<main>
<h1>A PHP program ran</h1>
<p><a href="/cgi.html">Back to the programs</a></p>
<h2>Form</h2>
<div class="scroll">
<table class="environment" id="form">
<caption>Fields from the query, then from the content</caption>
<tbody>
<?= rows($_GET) . rows($_POST) ?>
</tbody>
</table>
</div>
<h2>Environment</h2>
<div class="scroll">
<table class="environment" id="environment">
<tbody>
<?= rows($environment) ?>
</tbody>
</table>
</div>
</main>
</body>
</html>
