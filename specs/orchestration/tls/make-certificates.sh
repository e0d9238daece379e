#!/bin/sh
# Makes an authority and the certificates of Docker's hosts and of their client, as values for TF_VAR_docker_*.
# Usage: make-certificates.sh FOLDER NAME=HOST...    for example: make-certificates.sh certs server0=server0.tripclick-prod.internal
set -eu
umask 077
[ "$#" -ge 2 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 64; }
folder="$1"
shift
mkdir -p "$folder"

make() { # NAME, extensions
  openssl req -newkey rsa:3072 -nodes -keyout "$folder/$1.key" -subj "/CN=$1" -out "$folder/$1.csr" 2>/dev/null
  printf '%s\n' "$2" >"$folder/$1.ext"
  openssl x509 -req -in "$folder/$1.csr" -CA "$folder/ca.pem" -CAkey "$folder/ca.key" -CAcreateserial \
    -days 397 -sha256 -extfile "$folder/$1.ext" -out "$folder/$1.pem" 2>/dev/null
  rm "$folder/$1.csr" "$folder/$1.ext"
  python3 -c '
import json, sys
cert, key = (open(path).read() for path in sys.argv[1:])
print(json.dumps({"cert": cert, "key": key}))
' "$folder/$1.pem" "$folder/$1.key" >"$folder/$1.json"
}

openssl req -x509 -newkey rsa:3072 -nodes -keyout "$folder/ca.key" -subj "/CN=docker hosts" -days 1825 -sha256 \
  -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign" \
  -out "$folder/ca.pem" 2>/dev/null
names=""
for pair in "$@"; do
  names="$names ${pair%%=*}"
  make "${pair%%=*}" "subjectAltName=DNS:${pair#*=}
extendedKeyUsage=serverAuth"
done
make client "extendedKeyUsage=clientAuth"
echo "$folder: ca.pem, and NAME.json for each of:$names client"
