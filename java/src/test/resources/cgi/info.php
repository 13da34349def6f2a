<?php
// What php-cgi makes of the request: where the script is, what is behind it, and the form's fields.
header('Content-Type: text/plain');
header('X-From: php');
echo $_SERVER['SCRIPT_NAME'], ' ', $_SERVER['PATH_INFO'] ?? '-', ' ', getcwd() === __DIR__ ? 'here' : getcwd(), "\n";
echo json_encode(['get' => $_GET, 'post' => $_POST]), "\n";
