#!/bin/sh
# Tries to set fields that belong to the server and to the connection.
printf 'Content-Type: text/plain\nConnection: close\nKeep-Alive: timeout=9\nServer: mine\nDate: never\n'
printf 'Trailer: X\nUpgrade: mine\nX-Kept: yes\n\nframed\n'
