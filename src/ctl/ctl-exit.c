/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How an error is told to people, and to programs by the exit code.
 */
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "ctl-output.h"
#include "rst-error.h"

/**
 * ctl_message_error:
 * @error: what went wrong
 *
 * Says what happened and what to try.
 */
void
ctl_message_error (const GError *error)
{
  const char *advice = rst_error_get_advice (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      ctl_message (_("Cancelled."));
      return;
    }
  ctl_message ("%s: %s", g_get_prgname (), error->message);
  if (advice != NULL)
    ctl_message ("%s", advice);
}

static CtlExit
exit_for_kind (RstError kind)
{
  switch (kind)
    {
    case RST_ERROR_FILE:
    case RST_ERROR_CONFLICT:
    case RST_ERROR_STORE:
      return CTL_EXIT_REFUSED;
    case RST_ERROR_INPUT:
      return CTL_EXIT_USAGE;
    case RST_ERROR_NET:
    case RST_ERROR_NOTLS:
    case RST_ERROR_CERT:
    case RST_ERROR_TAMPER:
    case RST_ERROR_PROTO:
    case RST_ERROR_AUTH:
    case RST_ERROR_BUSY:
    case RST_ERROR_WEAK:
    case RST_ERROR_NOMECH:
    case RST_ERROR_CONFIG:
    default:
      return CTL_EXIT_UNREACHABLE;
    }
}

/**
 * ctl_exit_for_error:
 * @error: what went wrong
 *
 * Returns: the exit code that says so
 */
CtlExit
ctl_exit_for_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return CTL_EXIT_CANCELLED;
  if (error->domain != RST_ERROR)
    return CTL_EXIT_INTERNAL;
  return exit_for_kind (error->code);
}
