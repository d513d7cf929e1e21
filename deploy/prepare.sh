#!/bin/sh
# First thing that runs in docker-compose.yml: makes passwords that nobody has to invent, and owners of the volumes.
# It runs in the image of nats-server, so that a new release of Kindred leaves it, NATS and MongoDB as they are.
#
# What exists is kept: nats_password, mongo_password, mongo_keyfile, portal_secret in the volume keys. What follows from
# them is written anew each time: nats-users.conf for the server, mongo_url and mongo_root.
#
# With words behind it it does only what they say: `docker compose run --rm --no-deps prepare rm /keys/nats_password`.
set -eu
[ $# -eq 0 ] || exec "$@"
umask 077
keys=${KEYS:-/keys} service=10001 nats=10002 mongo=999

# random BYTES: that many random bytes in hexadecimal
random() { od -An -v -tx1 -N "$1" /dev/urandom | tr -d ' \n'; }

# write NAME OWNER TEXT: a file that only its owner may read
write() { rm -f "$keys/$1"; printf %s "$3" >"$keys/$1"; chmod 400 "$keys/$1"; chown "$2:$2" "$keys/$1"; }

# kept NAME OWNER BYTES: the secret of that name, made of BYTES random bytes when there is none; also one that was put back
kept() { [ -s "$keys/$1" ] || write "$1" "$2" "$(random "$3")"; chmod 400 "$keys/$1"; chown "$2:$2" "$keys/$1"; }

chmod 755 "$keys"
kept nats_password $service 32
kept mongo_password $service 32
kept portal_secret $service 32
kept mongo_keyfile $mongo 300
write nats-users.conf $nats "authorization { users: [ { user: \"kindred\", password: \"$(cat "$keys/nats_password")\" } ] }
"
write mongo_url $service "mongodb://kindred:$(cat "$keys/mongo_password")@mongo:27017/?replicaSet=kindred&authSource=admin"
write mongo_root $mongo "$(cat "$keys/mongo_password")"
chown "$nats:$nats" "${VOLUMES:-/volumes}/nats"
chown "$mongo:$mongo" "${VOLUMES:-/volumes}/mongo"
chown 10003:10003 "${VOLUMES:-/volumes}/certificates"
