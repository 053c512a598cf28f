#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# First process of the closed world: builds its names, trust and network, starts the servers, runs
# the command beside them. It is root of its own user namespace only. When it ends, all ends.
# shellcheck disable=SC2153 # LAB_HOME and LAB_DELAY come from lab
set -eu

# shellcheck source=tests/lab/lib.sh
. "$LAB_HOME/lib.sh"

SERVER=10.99.0.1
CLIENT=10.99.0.2
POP_ONLY=10.99.0.10
FAULTY=(expired=10.99.0.11 wronghost=10.99.0.12 selfsigned=10.99.0.13 unknownca=10.99.0.14 domainonly=10.99.0.18)
REFUSED=10.99.0.20
OTHER=10.99.0.21
NOTHING=10.99.0.22
EXIM=10.99.0.15
OAUTH=10.99.0.16
ISSUER=10.99.0.17
OPEN=10.99.0.23
SILENT=10.99.9.99
SERVER_CARD=02:00:00:00:00:01
CLIENT_CARD=02:00:00:00:00:02

LAB_DIR=/run/lab
LAB_LOG=$LAB_DIR/dovecot.log
LAB_CA=$LAB_CERTS/root.crt

# The user whom servers and command run as; Dovecot refuses root, and root may read everything.
if [ "$LAB_UID" = 0 ]
then
  user=1000 group=1000
else
  user=$LAB_UID group=$LAB_GID
fi

# That user again, without any power over the closed world.
AS_USER=(unshare --user --map-user="$user" --map-group="$group" --)

start ()
{
  setsid "${AS_USER[@]}" "$@" >>"$LAB_DIR/servers.log" 2>&1 &
}

# A new /run hides the daemons that would answer for the real world (resolver, name cache, system
# bus); the sockets of the person's desktop stay, so that a window can be shown.
cover_run ()
{
  local resolv=$1
  [ ! -d /run/user ] || exec 9</run/user
  mount -t tmpfs -o mode=755 lab /run
  mkdir -p "$LAB_DIR" /run/netns "$(dirname "$resolv")"
  [ -e "$resolv" ] || : >"$resolv"
  if [ -e /proc/self/fd/9 ]
  then
    mkdir /run/user
    mount --rbind /proc/self/fd/9 /run/user
    exec 9<&-
  fi
}

# cover FILE: standard input takes the place of FILE, here only.
cover ()
{
  local copy
  copy=$LAB_DIR/$(basename "$1")
  cat >"$copy"
  [ ! -e "$1" ] || mount --bind "$copy" "$1"
}

names_and_trust ()
{
  local resolv
  resolv=$(readlink -m /etc/resolv.conf)
  cover_run "$resolv"
  echo "nameserver $SERVER" | cover "$resolv"
  echo "127.0.0.1 localhost" | cover /etc/hosts
  sed 's/^hosts:.*/hosts: files dns/' /etc/nsswitch.conf 2>/dev/null | cover /etc/nsswitch.conf
  mount --bind "$LAB_CERTS/trust" "$(readlink -f /etc/ssl/certs)"
  users
}

# A caller who is root needs a name of an ordinary user, and Exim only serves under the name that is
# built in.
users ()
{
  local passwd group_file
  passwd=$(cat /etc/passwd)
  group_file=$(cat /etc/group)
  if [ "$LAB_UID" = 0 ]
  then
    passwd=$(grep -v "^[^:]*:[^:]*:$user:" <<<"$passwd"; echo "lab:x:$user:$group::${HOME:-/}:/bin/sh")
    group_file=$(grep -v "^[^:]*:[^:]*:$group:" <<<"$group_file"; echo "lab:x:$group:")
  fi
  if [ -n "$LAB_EXIM" ]
  then
    passwd=$(grep -v "^Debian-exim:" <<<"$passwd"; echo "Debian-exim:x:$user:$group::/:/bin/false")
    group_file=$(grep -v "^Debian-exim:" <<<"$group_file"; echo "Debian-exim:x:$group:")
  fi
  cover /etc/passwd <<<"$passwd"
  cover /etc/group <<<"$group_file"
}

# Two networks, one for the servers and one for the command: Dovecot trusts a connection from its
# own address, so a command beside the servers would not see what a stranger sees. The delay program
# has a third one, without addresses: the kernel would answer at its ends, where nothing has been
# delayed yet. Who has which address is told beforehand, as it is to a computer that has just been
# at its router: no first packet waits for that question.
network ()
{
  local address far=c0
  local -a addresses=("$SERVER" "$POP_ONLY" "${FAULTY[@]#*=}" "$REFUSED" "$OTHER" "$NOTHING" "$EXIM" "$OAUTH" "$ISSUER" "$OPEN")
  echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start
  ip netns add client
  [ "$LAB_DELAY" = 0 ] || far=s1
  ip -batch - <<TEXT
link set lo up
link add s0 address $SERVER_CARD type veth peer name $far
TEXT
  if [ "$LAB_DELAY" != 0 ]
  then
    ip netns add wire
    ip link add c0 type veth peer name c1
    ip link set s1 netns wire
    ip link set c1 netns wire
    nsenter --net=/run/netns/wire ip -batch - <<TEXT
link set s1 up
link set c1 up
TEXT
    setsid nsenter --net=/run/netns/wire "$LAB_DELAY_PROGRAM" s1 c1 "$LAB_DELAY" >>"$LAB_DIR/servers.log" 2>&1 &
  fi
  ip link set c0 netns client
  {
    echo "link set s0 up"
    echo "neigh add $CLIENT lladdr $CLIENT_CARD dev s0 nud permanent"
    printf 'addr add %s/16 dev s0\n' "${addresses[@]}"
  } | ip -batch -
  {
    printf '%s\n' "link set lo up" "link set c0 address $CLIENT_CARD" "link set c0 up"
    echo "addr add $CLIENT/16 dev c0"
    for address in "${addresses[@]}"
    do
      echo "neigh add $address lladdr $SERVER_CARD dev c0 nud permanent"
    done
    # The silent host: nobody has this card, so that packets leave and are lost.
    echo "neigh add $SILENT lladdr 02:00:00:00:00:99 dev c0 nud permanent"
  } | nsenter --net=/run/netns/client ip -batch -
}

# Prints the part of the Dovecot configuration that gives each faulty domain its certificate.
faults ()
{
  local fault name
  for fault in "${FAULTY[@]}"
  do
    name=${fault%%=*}
    fill "$(dovecot_template | sed 's/\.conf\.in$/-fault.conf.in/')" ADDRESS="${fault#*=}" \
      CERT="$LAB_CERTS/$name.crt" KEY="$LAB_CERTS/$name.key"
  done
}

servers ()
{
  local all fault
  all="$SERVER $POP_ONLY ${FAULTY[*]#*=}"
  dovecot_settings "$user" "$group" "$all" "${all/ $POP_ONLY/}"
  faults >"$LAB_DIR/faults.conf"
  setsid dnsmasq -C "$LAB_HOME/dnsmasq.conf" >>"$LAB_DIR/servers.log" 2>&1 &
  local -a web=(--https="$SERVER=good" --https="$POP_ONLY=good" --https="$NOTHING=good")
  for fault in "${FAULTY[@]}"
  do
    web+=(--https="${fault#*=}=${fault%%=*}")
  done
  start_servers "${web[@]}" --http="$OPEN" --web-log="$LAB_DIR/web.log" --other="$OTHER" --servfail=127.0.0.1:5301
}

# Exim, which hands to the relay what it takes.
exim ()
{
  mkdir "$LAB_DIR/exim"
  sed 's/^\([^:]*\):{PLAIN}\([^:]*\):.*/\1: \2/' "$LAB_HOME/users" >"$LAB_DIR/exim/users"
  fill "$LAB_HOME/exim.conf.in" EXIM="$LAB_EXIM" DIR="$LAB_DIR" CERTS="$LAB_CERTS" ADDRESS="$EXIM" \
    SUBMISSION="$LAB_SUBMISSION" SUBMISSIONS="$LAB_SUBMISSIONS" RELAY="$LAB_RELAY" >"$LAB_DIR/exim.conf"
  start "$LAB_EXIM" -C "$LAB_DIR/exim.conf" -bdf
  await "$EXIM/$LAB_SUBMISSIONS"
}

# A second Dovecot with the same mailboxes, which takes nothing but tokens, and who hands them out.
issuer ()
{
  local host=id.oauth.test
  mkdir -p "$LAB_DIR/oauth/run" "$LAB_DIR/oauth/state"
  start node "$LAB_ISSUER/issuer.js" "https://$host" "$ISSUER" "$LAB_CERTS/good"
  oauth_settings "$OAUTH" "$host" "$LAB_CERTS/trust/ca-certificates.crt"
  start dovecot -F -c "$LAB_DIR/oauth/dovecot.conf"
  await "$ISSUER/443" "$OAUTH/$LAB_IMAPS"
}

# Process numbers begin anew here: what others named by number (faketime does) must not be met.
[ ! -d /dev/shm ] || mount -t tmpfs -o mode=1777 lab /dev/shm

names_and_trust
network
tick "network"
# shellcheck source=tests/lab/servers.sh
. "$LAB_HOME/servers.sh"
standard_ports
servers
await "$SERVER/53" "$SERVER/$LAB_IMAPS" "127.0.0.1/$LAB_RELAY"
[ -z "$LAB_EXIM" ] || exim
[ -z "$LAB_ISSUER" ] || issuer
tick "servers"

export LAB_DIR LAB_LOG LAB_CA LAB_MODE=namespace LAB_HOST=imap.practice.test
# OpenSSL's own default bundle, for programs that look at nothing else.
export SSL_CERT_FILE=$LAB_CERTS/trust/ca-certificates.crt
keep=$LAB_KEEP_LOG
unset LAB_EXIM LAB_ISSUER LAB_MECHANISMS LAB_UID LAB_GID LAB_DELAY LAB_DELAY_PROGRAM LAB_KEEP_LOG
status=0
nsenter --net=/run/netns/client "${AS_USER[@]}" "$@" || status=$?
[ -z "$keep" ] || cp "$LAB_LOG" "$keep"
tick "command"
exit "$status"
