#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Prints the path of an Exim for the laboratory. It is unpacked from Debian's package and never
# installed: as a package it would take the place of this machine's own mail server. Fails, saying
# why, where it cannot be had.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lab/lib.sh
. "$here/lib.sh"

program=$(cache_folder)/exim4
if [ ! -x "$program" ]
then
  need apt-get dpkg-deb
  work=$(mktemp -d "$program.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  cd "$work"
  apt-get download exim4-daemon-light >apt.log 2>&1 || die "Exim: $(tail -n 1 apt.log)"
  dpkg-deb --extract ./*.deb .
  missing=$(ldd usr/sbin/exim4 | awk '/not found/ { print $1 }')
  [ -z "$missing" ] || die "Exim needs libraries that are not installed: ${missing//$'\n'/, }"
  # Without its setuid bit, which would make it somebody else.
  install -m 755 usr/sbin/exim4 "$program.$$"
  mv "$program.$$" "$program"
fi
printf '%s\n' "$program"
