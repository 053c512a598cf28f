#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the certificates of the scripted server anew, NAME.pem with certificate and key. They are kept in the
# repository so that tests need no openssl; they are good for nothing else, and valid until 2049.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/ca.conf" <<CONF
[ca]
default_ca = it
[it]
database = $work/index
new_certs_dir = $work
serial = $work/serial
policy = any
default_md = sha256
unique_subject = no
copy_extensions = copy
x509_extensions = leaf
[any]
commonName = supplied
[leaf]
basicConstraints = CA:FALSE
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[req]
distinguished_name = none
[none]
CONF
: > "$work/index"
echo 1000 > "$work/serial"

key() { # NAME TYPE
  case $2 in
    ec) openssl ecparam -name prime256v1 -genkey -noout -out "$work/$1.key" ;;
    *) openssl genrsa -traditional -out "$work/$1.key" "$2" 2> /dev/null ;;
  esac
}

own() { # NAME COMMON-NAME EXTENSIONS ALT-NAMES: signs itself
  key "$1" ec
  openssl req -config "$work/ca.conf" -new -key "$work/$1.key" -subj "/CN=$2" -addext "subjectAltName=$4" \
    -out "$work/$1.csr"
  openssl ca -config "$work/ca.conf" -batch -notext -selfsign -in "$work/$1.csr" -keyfile "$work/$1.key" \
    -startdate 20200101000000Z -enddate 20491231000000Z -extensions "$3" -out "$work/$1.crt" 2> /dev/null
}

between() { # NAME AUTHORITY COMMON-NAME: another authority, which the first one vouches for
  key "$1" ec
  openssl req -config "$work/ca.conf" -new -key "$work/$1.key" -subj "/CN=$3" -out "$work/$1.csr"
  openssl ca -config "$work/ca.conf" -batch -notext -in "$work/$1.csr" -cert "$work/$2.crt" \
    -keyfile "$work/$2.key" -startdate 20200101000000Z -enddate 20491231000000Z -extensions authority \
    -out "$work/$1.crt" 2> /dev/null
}

found=

leaf() { # NAME AUTHORITY TYPE FROM UNTIL ALT-NAMES [DIGEST]
  key "$1" "$3"
  openssl req -config "$work/ca.conf" -new -key "$work/$1.key" -subj "/CN=server" -addext "subjectAltName=$6" \
    ${found:+-addext "$found"} -out "$work/$1.csr"
  openssl ca -config "$work/ca.conf" -batch -notext -in "$work/$1.csr" -cert "$work/$2.crt" \
    -keyfile "$work/$2.key" -startdate "$4" -enddate "$5" -md "${7:-sha256}" -out "$work/$1.crt" 2> /dev/null
  cat "$work/$1.crt" "$work/$1.key" > "$1.pem"
}

here=DNS:localhost,IP:127.0.0.1,DNS:mail.example
own ca "Test authority" authority DNS:authority.example
own stranger Stranger authority DNS:stranger.example
cp "$work/ca.crt" ca.pem
between middle ca "Authority in between"

leaf good ca ec 20200101000000Z 20491231000000Z "$here"
leaf expired ca ec 20200101000000Z 20210101000000Z "$here"
leaf notyet ca ec 20480101000000Z 20491231000000Z "$here"
leaf wronghost ca ec 20200101000000Z 20491231000000Z DNS:mail.elsewhere.example
leaf unknown stranger ec 20200101000000Z 20491231000000Z "$here"
leaf rsa1024 ca 1024 20200101000000Z 20491231000000Z "$here"
leaf rsa2048 ca 2048 20200101000000Z 20491231000000Z "$here"
# Without the certificate in between, and with it; it says where that is found, as public authorities do.
found="authorityInfoAccess=caIssuers;URI:http://authority.example/middle.crt"
leaf nochain middle ec 20200101000000Z 20491231000000Z "$here"
found=
cat "$work/nochain.crt" "$work/middle.crt" "$work/nochain.key" > chain.pem
leaf sha1 ca ec 20200101000000Z 20491231000000Z "$here" sha1

own selfsigned server leaf "$here"
cat "$work/selfsigned.crt" "$work/selfsigned.key" > selfsigned.pem
# Its own authority, for names that are not kept for tests.
own public server leaf DNS:autoconfig.example.org,DNS:www.example.org
cat "$work/public.crt" "$work/public.key" > public.pem
