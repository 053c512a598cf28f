#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The laboratory where namespaces are forbidden: the same mail servers on 127.0.0.1, on free ports.
# Servers are found through a provider file; there is no DNS and no web.
# shellcheck disable=SC2153,SC2119 # LAB_HOME and LAB_DELAY come from lab; no option is right
set -eu

# shellcheck source=tests/lab/lib.sh
. "$LAB_HOME/lib.sh"
# shellcheck source=tests/lab/servers.sh
. "$LAB_HOME/servers.sh"

[ "$LAB_DELAY" = 0 ] || die "--delay needs namespaces"
need setpriv

LAB_DIR=$(mktemp -d "${TMPDIR:-/tmp}/restante-lab.XXXXXX")
LAB_LOG=$LAB_DIR/dovecot.log
LAB_CA=$LAB_DIR/certs/root.crt
LAB_PROVIDER_DIR=$LAB_DIR/providers
running=()

# Nothing of theirs has to be saved, and a server and its children are one process group.
# shellcheck disable=SC2317 # called by a trap
finish ()
{
  local leader
  for leader in "${running[@]}"
  do
    kill -KILL -- "-$leader" 2>/dev/null || true
  done
  wait "${running[@]}" 2>/dev/null || true
  [ -z "$LAB_KEEP_LOG" ] || cp "$LAB_LOG" "$LAB_KEEP_LOG"
  rm -rf "$LAB_DIR"
}
trap finish EXIT
trap 'exit 130' INT

# Dovecot refuses to read mail as root.
if [ "$LAB_UID" = 0 ]
then
  user=$(id -u nobody) group=$(id -g nobody)
  become=(--reuid="$user" --regid="$group" --clear-groups)
else
  user=$LAB_UID group=$LAB_GID
  become=()
fi

# Servers have a session of their own, so that Ctrl+C reaches only the command; they end with us.
start ()
{
  setsid setpriv "${become[@]}" --pdeathsig TERM -- "$@" >>"$LAB_DIR/servers.log" 2>&1 &
  running+=($!)
}

free_ports ()
{
  "${PYTHON[@]}" - "$@" <<'TEXT'
import socket, sys
held = [socket.create_server(("127.0.0.1", 0)) for _ in sys.argv[1:]]
for name, one in zip(sys.argv[1:], held):
    print(f"export {name}={one.getsockname()[1]}")
TEXT
}

# A minimal system may not know even this name.
LAB_HOST=localhost
getent hosts localhost >/dev/null || LAB_HOST=127.0.0.1

# The same provider as in the closed world, at the ports of this run.
provider_file ()
{
  mkdir "$LAB_PROVIDER_DIR"
  sed -e "s|<hostname>.*</hostname>|<hostname>$LAB_HOST</hostname>|" \
    -e "s|<port>993</port>|<port>$LAB_IMAPS</port>|" \
    -e "s|<port>995</port>|<port>$LAB_POP3S</port>|" \
    -e "s|<port>465</port>|<port>$LAB_SUBMISSIONS</port>|" \
    "$LAB_HOME/www/autoconfig.practice.test/mail/config-v1.1.xml" >"$LAB_PROVIDER_DIR/practice.test.xml"
}

eval "$(free_ports LAB_IMAP LAB_IMAPS LAB_POP3 LAB_POP3S LAB_SUBMISSION LAB_SUBMISSIONS LAB_RELAY)"
cp -r "$LAB_CERTS" "$LAB_DIR/certs"
LAB_CERTS=$LAB_DIR/certs
dovecot_settings "$user" "$group" 127.0.0.1 127.0.0.1
provider_file
[ "$LAB_UID" != 0 ] || chown -R "$user:$group" "$LAB_DIR"
start_servers
await "127.0.0.1/$LAB_IMAPS" "127.0.0.1/$LAB_RELAY"
tick "servers"

export LAB_DIR LAB_LOG LAB_CA LAB_CERTS LAB_PROVIDER_DIR LAB_MODE=loopback LAB_HOST
export SSL_CERT_FILE=$LAB_CERTS/trust/ca-certificates.crt
status=0
setpriv --pdeathsig TERM -- "$@" || status=$?
tick "command"
exit "$status"
