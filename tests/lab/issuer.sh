#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the folder of an issuer of access tokens for the laboratory, with what it needs from npm's
# registry, fetched once. Fails, saying why, where it cannot be had.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lab/lib.sh
. "$here/lib.sh"

for program in node npm
do
  command -v "$program" >/dev/null || die "issuer: there is no $program"
done
sum=$(cat "$here/issuer/package-lock.json" "$here/issuer/issuer.js" | cksum)
folder=$(cache_folder)/issuer-${sum%% *}
if [ ! -e "$folder/node_modules" ]
then
  work=$(mktemp -d "$folder.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  cp "$here"/issuer/* "$work"
  # Without a network it is known at once.
  (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 --fetch-retry-mintimeout=1000 \
    --fetch-retry-maxtimeout=2000 >npm.log 2>&1) ||
    die "issuer: $(grep -m 1 'npm' "$work/npm.log" || echo "npm failed")"
  chmod 755 "$work"
  # Another laboratory may have been quicker: then its folder serves.
  mv -T "$work" "$folder" 2>/dev/null || [ -e "$folder/node_modules" ]
fi
printf '%s\n' "$folder"
