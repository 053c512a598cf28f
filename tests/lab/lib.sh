# shellcheck shell=bash disable=SC2034 # PYTHON and UNSHARE serve those who read this
# SPDX-License-Identifier: GPL-3.0-or-later
# What the parts of the laboratory share: messages, the cache, starting and awaiting servers.

PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

# The closed world: its own users, network, mounts and processes, all gone when the first one ends.
UNSHARE=(unshare --user --map-root-user --net --mount --pid --fork --kill-child --mount-proc --)

say ()
{
  printf 'lab: %s\n' "$*" >&2
}

die ()
{
  say "$@"
  exit 1
}

# Prints the time since the start, where --verbose was given.
tick ()
{
  [ -n "${LAB_VERBOSE-}" ] || return 0
  local now=${EPOCHREALTIME/[.,]/} start=${LAB_START/[.,]/}
  say "$(((now - start) / 1000)) ms: $*"
}

need ()
{
  local program missing=
  for program in "$@"
  do
    command -v "$program" >/dev/null || missing="$missing $program"
  done
  [ -z "$missing" ] || die "not installed:$missing (build-aux/install-packages run test)"
}

# The system's own Python: another one that comes first in PATH may lack modules.
PYTHON=(python3 -E -s -B)
[ ! -x /usr/bin/python3 ] || PYTHON=(/usr/bin/python3 -E -s -B)

# A folder that outlives a run, for certificates and the delay program.
cache_folder ()
{
  local folder=${LAB_CACHE:-${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/restante-lab}
  mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ] || folder=${TMPDIR:-/tmp}/restante-lab-$(id -u)
  [ -d "$folder" ] || mkdir -m 700 "$folder"
  [ -O "$folder" ] || die "$folder belongs to somebody else"
  printf '%s\n' "$folder"
}

# Whether everything inner.sh needs of the kernel is allowed to this user.
namespaces_work ()
{
  "${UNSHARE[@]}" sh -c '
    mount -t tmpfs lab /run &&
    echo 0 >/proc/sys/net/ipv4/ip_unprivileged_port_start &&
    { ! command -v ip >/dev/null || ip link add name v0 type veth peer name v1; } &&
    unshare --user --map-user=1000 --map-group=1000 true' >/dev/null 2>&1
}

# Compiles the delay program once per version of its source; prints its path.
build_delay ()
{
  local source=$1 sum program
  sum=$(cksum <"$source")
  program=$(cache_folder)/delay-${sum%% *}
  if [ ! -x "$program" ]
  then
    need cc
    cc -O2 -Wall -Wextra -o "$program.$$" "$source"
    mv "$program.$$" "$program"
  fi
  printf '%s\n' "$program"
}

# Fills in a template: fill IN NAME=VALUE… (a value has no "|" and no line break).
fill ()
{
  local file=$1 pair
  local -a edits=()
  shift
  for pair in "$@"
  do
    edits+=(-e "s|@${pair%%=*}@|${pair#*=}|g")
  done
  sed "${edits[@]}" "$file"
}

# The Dovecot configuration has changed its language between 2.3 and 2.4.
dovecot_template ()
{
  case $(dovecot --version) in
    2.[0-3].*) printf '%s\n' "$LAB_HOME/dovecot.conf.in" ;;
    *) printf '%s\n' "$LAB_HOME/dovecot-2.4.conf.in" ;;
  esac
}

# Waits until each ADDRESS/PORT answers; says which did not within five seconds.
await ()
{
  local place tries
  for place in "$@"
  do
    tries=0
    until (exec 3<>"/dev/tcp/$place") 2>/dev/null
    do
      tries=$((tries + 1))
      if [ "$tries" -gt 250 ]
      then
        say "nothing listens on $place"
        tail -n 5 "$LAB_DIR"/*.log >&2 || true
        return 1
      fi
      sleep 0.02
    done
  done
}
