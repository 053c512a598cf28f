#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Tests the laboratory itself, in namespaces and on loopback. Prints the Test Anything Protocol.
set -u

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/lab/lib.sh
. "$here/lib.sh"

count=0
failed=0

# result WHAT COMMAND…: passes where COMMAND does.
result ()
{
  local what=$1
  shift
  count=$((count + 1))
  if "$@"
  then
    echo "ok $count - $what"
  else
    failed=$((failed + 1))
    echo "not ok $count - $what"
  fi
}

skip ()
{
  count=$((count + 1))
  echo "ok $count - $1 # SKIP $2"
}

# inside MODE OPTION… -- ARGUMENT…: the checks of selftest.py, numbered through.
inside ()
{
  local mode=$1 line
  local -a options=()
  shift
  while [ "$1" != -- ]
  do
    options+=("$1")
    shift
  done
  shift
  while IFS= read -r line
  do
    case $line in
      "ok "*) result "$mode: ${line#ok }" true ;;
      "not ok "*) result "$mode: ${line#not ok }" false ;;
      *) echo "# $line" ;;
    esac
  done < <("$here/lab" "${options[@]}" -- "${PYTHON[@]}" "$here/selftest.py" "$@" 2>&1 || echo "not ok all checks")
}

exit_code_is_kept ()
{
  "$here/lab" "$@" -- sh -c 'exit 7'
  [ $? = 7 ]
}

# Whether no process of that process namespace is left.
namespace_is_gone ()
{
  local process
  for process in /proc/[0-9]*/ns/pid
  do
    [ "$(readlink "$process" 2>/dev/null)" != "$1" ] || return 1
  done
}

# Whether neither the folder of the run is left nor a process that was started with it.
folder_is_gone ()
{
  [ -n "$1" ] && [ ! -e "$1" ] && ! grep -lsF "$1" /proc/[0-9]*/cmdline >/dev/null
}

start_time ()
{
  local from=$EPOCHREALTIME to
  "$here/lab" "$@" -- true
  to=$EPOCHREALTIME
  echo "# $((${to/[.,]/} / 1000 - ${from/[.,]/} / 1000)) ms to start and end: lab $*"
}

if namespaces_work
then
  start_time
  inside namespace --
  inside delay --delay=25 -- delay
  result "namespace: keeps the exit code" exit_code_is_kept
  result "namespace: nothing is left" namespace_is_gone "$("$here/lab" -- readlink /proc/self/ns/pid)"
else
  skip namespace "this system forbids namespaces"
fi
start_time --loopback
inside loopback --loopback --
result "loopback: keeps the exit code" exit_code_is_kept --loopback
# shellcheck disable=SC2016 # LAB_DIR is known inside
result "loopback: nothing is left" folder_is_gone "$("$here/lab" --loopback -- sh -c 'echo "$LAB_DIR"')"

echo "1..$count"
[ "$failed" = 0 ]
