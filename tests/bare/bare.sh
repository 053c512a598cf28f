#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs ./run and ./check as they run on a machine with nothing installed: in a new Debian tree, on a
# clone of what is committed here, twice each, timed. Needs root, debootstrap and git; not part of
# ./check.
#
#   bare.sh [--suite=bookworm] [--form=pivot|chroot] [--as=root|user] [--keep] [COMMAND]
#
# In the form "pivot" the tree is the root of a mount namespace, where user namespaces are allowed; in
# the form "chroot" the kernel forbids them. Without options every combination runs. COMMAND, a line
# for the shell, replaces "./run </dev/null" and "./check". Trees are kept as archives in
# $RESTANTE_BARE_CACHE or ~/.cache/restante-bare.
set -eu

self=$(realpath "$0")
top=$(cd "$(dirname "$self")/../.." && pwd)
cache=${RESTANTE_BARE_CACHE:-$HOME/.cache/restante-bare}
suite=bookworm
forms="pivot chroot"
callers="root user"
keep=no

# enter FORM TREE CALLER LINE: becomes the first process of the tree and runs LINE in the clone.
enter ()
{
  local form=$1 tree=$2 caller=$3 line=$4
  local -a become=(env -i HOME=/root)
  [ "$caller" = root ] || become=(setpriv --reuid=tester --regid=tester --init-groups env -i HOME=/home/tester)
  become+=(LANG=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin)

  mount --make-rprivate /
  mount --bind "$tree" "$tree"
  cd "$tree"
  mount -t proc proc proc
  mount --rbind /dev dev
  mount -t tmpfs -o mode=1777 tmp tmp
  if [ "$form" = pivot ]
  then
    mkdir -p old
    pivot_root . old
    umount --lazy /old
    cd /
  fi
  local -a door=(chroot .)
  [ "$form" = chroot ] || door=()
  exec "${door[@]}" "${become[@]}" bash -c "cd /srv/restante && $line"
}

if [ "${1-}" = --enter ]
then
  shift
  enter "$@"
fi

lines=("./run </dev/null" "./run </dev/null" "./check" "./check")
for argument in "$@"
do
  case $argument in
    --suite=*) suite=${argument#*=} ;;
    --form=*) forms=${argument#*=} ;;
    --as=*) callers=${argument#*=} ;;
    --keep) keep=yes ;;
    -*) sed -n '/^#  /p' "$self" >&2; exit 2 ;;
    *) lines=("$argument") ;;
  esac
done

# A minimal system, made once.
archive=$cache/$suite.tar
mkdir -p "$cache"
if [ ! -e "$archive" ]
then
  debootstrap --variant=minbase "$suite" "$cache/$suite.new" >&2
  tar -C "$cache/$suite.new" -cf "$archive.new" .
  rm -rf "$cache/$suite.new"
  mv "$archive.new" "$archive"
fi

inside ()
{
  unshare --mount --pid --fork --kill-child "$self" --enter "$@"
}

# prepare TREE CALLER: unpacks it and puts a clone into it; an ordinary caller has sudo.
prepare ()
{
  local tree=$1 caller=$2
  tar -C "$tree" -xf "$archive"
  cp /etc/resolv.conf "$tree/etc/resolv.conf"
  mkdir -p "$tree/srv"
  git clone -q --no-hardlinks "$top" "$tree/srv/restante"
  [ "$caller" = user ] || return 0
  inside chroot "$tree" root "apt-get -qq update && apt-get -qq install --no-install-recommends sudo &&
    useradd --create-home --shell /bin/bash tester && chown -R tester: /srv/restante &&
    echo 'tester ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/tester" >/dev/null 2>&1
}

failures=0
summary=
for caller in $callers
do
  for form in $forms
  do
    tree=$(mktemp -d "$cache/tree.XXXXXX")
    chmod 755 "$tree"
    prepare "$tree" "$caller"
    for line in "${lines[@]}"
    do
      printf '\n===== %s, %s, %s: %s\n' "$suite" "$form" "$caller" "$line"
      from=$SECONDS
      status=0
      inside "$form" "$tree" "$caller" "$line" || status=$?
      [ "$status" = 0 ] || failures=$((failures + 1))
      summary+=$(printf '%-9s %-7s %-5s exit %3d %5d s  %s' \
        "$suite" "$form" "$caller" "$status" $((SECONDS - from)) "$line")$'\n'
    done
    [ "$keep" = yes ] || rm -rf "$tree"
  done
done

printf '\n%s' "$summary"
[ "$failures" = 0 ]
