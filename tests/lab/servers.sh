# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The servers as both kinds of laboratory start them. The caller defines start(), which runs a
# server as an ordinary user in the background, and sets LAB_DIR, LAB_LOG and LAB_CERTS.

# The ports that the standards give.
standard_ports ()
{
  export LAB_IMAP=143 LAB_IMAPS=993 LAB_POP3=110 LAB_POP3S=995
  export LAB_SUBMISSION=587 LAB_SUBMISSIONS=465 LAB_RELAY=2525
}

# dovecot_settings USER GROUP ADDRESSES IMAP-ADDRESSES: writes its configuration and folders.
dovecot_settings ()
{
  mkdir -p "$LAB_DIR/dovecot/run" "$LAB_DIR/dovecot/state" "$LAB_DIR/mail"
  cp "$LAB_HOME/users" "$LAB_DIR/users"
  : >>"$LAB_LOG"
  fill "$(dovecot_template)" DIR="$LAB_DIR" LOG="$LAB_LOG" CERTS="$LAB_CERTS" \
    UID="$1" GID="$2" USER="$(getent passwd "$1" | cut -d: -f1)" GROUP="$(getent group "$2" | cut -d: -f1)" \
    LISTEN="$3" LISTEN_IMAP="$4" IMAP="$LAB_IMAP" IMAPS="$LAB_IMAPS" POP3="$LAB_POP3" \
    POP3S="$LAB_POP3S" SUBMISSION="$LAB_SUBMISSION" SUBMISSIONS="$LAB_SUBMISSIONS" \
    RELAY="$LAB_RELAY" >"$LAB_DIR/dovecot.conf"
}

# oauth_settings ADDRESS ISSUER-HOST AUTHORITIES: the same Dovecot at another address, with tokens in
# place of passwords.
oauth_settings ()
{
  local extra
  extra=$(dovecot_template | sed 's/\.conf\.in$/-oauth.conf.in/')
  sed -e '/^passdb /,/^}/d' -e '/^protocols = /s/ lmtp//' -e '/faults\.conf/d' \
    -e 's/^instance_name = .*/instance_name = lab-oauth/' \
    -e "s/^auth_mechanisms = .*/auth_mechanisms = $LAB_MECHANISMS/" \
    -e "s|$LAB_DIR/dovecot/|$LAB_DIR/oauth/|; s/^hostname = .*/hostname = mail.oauth.test/" \
    -e "s/^\( *\)\(listen\|address\) = .*/\1\2 = $1/" "$LAB_DIR/dovecot.conf" >"$LAB_DIR/oauth/dovecot.conf"
  fill "$extra" DIR="$LAB_DIR" HOST="$2" CA="$3" >>"$LAB_DIR/oauth/dovecot.conf"
  fill "$LAB_HOME/dovecot-oauth-token.conf.in" HOST="$2" CA="$3" >"$LAB_DIR/oauth/token.conf"
}

# start_servers OPTION…: Dovecot, and our own servers with these options (see servers.py).
start_servers ()
{
  start dovecot -F -c "$LAB_DIR/dovecot.conf"
  start "${PYTHON[@]}" "$LAB_HOME/servers.py" --certs="$LAB_CERTS" --www="$LAB_HOME/www" \
    --seed="$LAB_HOME/mail" --into="$LAB_DIR/mail" \
    --relay="127.0.0.1:$LAB_RELAY" --lmtp="$LAB_DIR/dovecot/run/lmtp" "$@"
}
