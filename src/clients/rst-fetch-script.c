/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-fetch-script.h"

/* In deliver: the name in tmp is taken exclusively, the message flushed, and the rename makes it
 * appear as a whole; a failure makes fetchmail leave it on the server.
 * In fetch: the password stays within the shell, since printf is a builtin and nothing is exported;
 * within a string of fetchmail only the backslash and the quote mean something. */
static const char script[] =
  "#!/bin/sh\n"
  "# Written by Restante.\n"
  "#   fetchmail ADDRESS [OPTION...]   fetches mail; the password comes from the keyring\n"
  "#   fetchmail --deliver MAILDIR     puts the message on standard input into a Maildir\n"
  "set -eu\n"
  "export LC_ALL=C\n"
  "\n"
  "deliver ()\n"
  "{\n"
  "  umask 077\n"
  "  mkdir -p \"$1/tmp\" \"$1/new\" \"$1/cur\"\n"
  "  name=$(date +%s).$$.$(uname -n | tr -c 'A-Za-z0-9.\\n-' _)\n"
  "  part=$1/tmp/$name\n"
  "  trap 'rm -f \"$part\"' EXIT\n"
  "  set -C\n"
  "  cat >\"$part\"\n"
  "  sync \"$part\" || sync\n"
  "  mv \"$part\" \"$1/new/$name\"\n"
  "}\n"
  "\n"
  "# Prints the lines between the marks of one account, with plain line ends.\n"
  "block ()\n"
  "{\n"
  "  inside=\n"
  "  tr -d '\\015' <\"$HOME/.fetchmailrc\" | while IFS= read -r line\n"
  "  do\n"
  "    case $line in\n"
  "      \"# >>> Restante $1 >>>\"*) inside=yes ;;\n"
  "      \"# <<< Restante $1 <<<\"*) inside= ;;\n"
  "      *) [ -z \"$inside\" ] || printf '%s\\n' \"$line\" ;;\n"
  "    esac\n"
  "  done\n"
  "}\n"
  "\n"
  "fetch ()\n"
  "{\n"
  "  entry=$(block \"$1\")\n"
  "  name=$(printf '%s\\n' \"$entry\" |\n"
  "    sed -n 's/^poll \\([^ ]*\\) .*/\\1/p; s/^skip \\([^ ]*\\) .*/\\1/p')\n"
  "  lookup=$(printf '%s\\n' \"$entry\" | sed -n 's/^# password: //p')\n"
  "  [ -n \"$name\" ] && [ -n \"$lookup\" ] || {\n"
  "    echo \"There is no account $1 with a stored password in $HOME/.fetchmailrc.\" >&2\n"
  "    exit 5\n"
  "  }\n"
  "  password=$(eval \"$lookup\") || {\n"
  "    echo \"There is no password for $1 in the keyring.\" >&2\n"
  "    exit 3\n"
  "  }\n"
  "  state=${XDG_STATE_HOME:-$HOME/.local/state}/restante\n"
  "  mkdir -p \"$state\"\n"
  "  shift\n"
  "  {\n"
  "    printf '%s\\n' \"$entry\"\n"
  "    printf '%s\\n' \"$password\" |\n"
  "      sed 's/\\\\/\\\\x5c/g; s/\"/\\\\x22/g; s/^/  password \"/; s/$/\"/'\n"
  "  } | fetchmail -f - --idfile \"$state/fetchmail-$name.ids\" --pidfile \"$state/fetchmail-$name.pid\" \\\n"
  "    \"$@\" \"$name\"\n"
  "}\n"
  "\n"
  "case ${1-} in\n"
  "  --deliver) deliver \"$2\" ;;\n"
  "  ?*@?*) fetch \"$@\" ;;\n"
  "  *) sed -n 's/^#   /  /p' \"$0\" >&2; exit 5 ;;\n"
  "esac\n";

/**
 * rst_fetch_script:
 *
 * Returns: (transfer full): the script
 */
char *
rst_fetch_script (void)
{
  return g_strdup (script);
}
