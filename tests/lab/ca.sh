#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the laboratory's certificates, sound and broken, once a month, and prints their folder.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lab/lib.sh
. "$here/lib.sh"

sum=$(cksum <"$0")
folder=$(cache_folder)/ca-${sum%% *}-$(date -u +%Y%m)
if [ -e "$folder/trust/ca-certificates.crt" ]
then
  printf '%s\n' "$folder"
  exit 0
fi

work=$(mktemp -d "$folder.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"

day ()
{
  date -u -d "$1 days" +%Y%m%d%H%M%SZ
}

key ()
{
  openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null ||
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null
}

# authority FILE NAME
authority ()
{
  key "$1"
  openssl req -x509 -new -key "$1.key" -out "$1.crt" -days 90 -subj "/CN=$2" \
    -addext keyUsage=critical,keyCertSign,cRLSign
}

# certificate FILE AUTHORITY FROM-DAY TO-DAY HOST,…
certificate ()
{
  local names
  names=$(printf '%s' "$5" | sed 's/^/DNS:/; s/,/,DNS:/g; s/DNS:IP:/IP:/g')
  key "$1"
  openssl req -new -key "$1.key" -out "$1.csr" -subj "/CN=${5%%,*}" \
    -addext "subjectAltName=$names" -addext extendedKeyUsage=serverAuth
  openssl ca -batch -notext -config ca.cnf -cert "$2.crt" -keyfile "$2.key" -in "$1.csr" \
    -out "$1.crt" -startdate "$(day "$3")" -enddate "$(day "$4")" 2>/dev/null
}

cat >ca.cnf <<'CNF'
[ca]
default_ca = lab
[lab]
database = index.txt
new_certs_dir = .
default_md = sha256
policy = policy
copy_extensions = copy
rand_serial = yes
unique_subject = no
[policy]
commonName = supplied
CNF
: >index.txt

# The address as a name too: some programs compare nothing else.
sound=localhost,127.0.0.1,IP:127.0.0.1,IP:10.99.0.1
for domain in practice wellknown srv guess deaf pop other nothing hoster ispdb pacc stale autodiscover exim oauth open
do
  sound="$sound,$domain.test,*.$domain.test"
done

authority root "Restante laboratory"
authority unknown "Authority that nobody knows"
certificate good root -2 90 "$sound"
certificate expired root -400 -10 "*.expired.test,expired.test"
certificate wronghost root -2 90 "mail.somebody-else.test"
certificate domainonly root -2 90 "domainonly.test"
certificate unknownca unknown -2 90 "*.unknownca.test,unknownca.test"
key selfsigned
openssl req -x509 -new -key selfsigned.key -out selfsigned.crt -days 90 \
  -subj /CN=mail.selfsigned.test \
  -addext "subjectAltName=DNS:selfsigned.test,DNS:*.selfsigned.test"

rm -f -- *.csr ca.cnf index.txt* root.key unknown.key [0-9A-F]*.pem
# What replaces /etc/ssl/certs: the bundle, and the name by which OpenSSL finds the authority.
mkdir trust
cp root.crt "trust/$(openssl x509 -noout -hash -in root.crt).0"
{ cat /etc/ssl/certs/ca-certificates.crt 2>/dev/null || true; cat root.crt; } >trust/ca-certificates.crt
chmod 755 .

# Another laboratory may have been quicker: then its certificates serve.
mv -T "$work" "$folder" 2>/dev/null || [ -e "$folder/trust/ca-certificates.crt" ]
printf '%s\n' "$folder"
