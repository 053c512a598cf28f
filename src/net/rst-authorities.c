/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-authorities.h"

struct _RstAuthorities {
  GTlsDatabase  parent_instance;
  GTlsDatabase *all; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RstAuthorities, rst_authorities, G_TYPE_TLS_DATABASE)

static GTlsCertificateFlags
verify_chain (GTlsDatabase            *database,
              GTlsCertificate         *chain,
              const char              *purpose,
              GSocketConnectable      *identity,
              GTlsInteraction         *interaction,
              GTlsDatabaseVerifyFlags  flags,
              GCancellable            *cancellable,
              GError                 **error)
{
  return g_tls_database_verify_chain (RST_AUTHORITIES (database)->all, chain, purpose, identity, interaction,
                                      flags, cancellable, error);
}

static GTlsCertificate *
lookup_issuer (GTlsDatabase            *database,
               GTlsCertificate         *certificate,
               GTlsInteraction         *interaction,
               GTlsDatabaseLookupFlags  flags,
               GCancellable            *cancellable,
               GError                 **error)
{
  return g_tls_database_lookup_certificate_issuer (RST_AUTHORITIES (database)->all, certificate, interaction,
                                                   flags, cancellable, error);
}

static void
rst_authorities_dispose (GObject *object)
{
  RstAuthorities *self = RST_AUTHORITIES (object);

  g_clear_object (&self->all);
  G_OBJECT_CLASS (rst_authorities_parent_class)->dispose (object);
}

static void
rst_authorities_class_init (RstAuthoritiesClass *klass)
{
  GTlsDatabaseClass *database_class = G_TLS_DATABASE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rst_authorities_dispose;
  database_class->verify_chain = verify_chain;
  database_class->lookup_certificate_issuer = lookup_issuer;
}

static void
rst_authorities_init (RstAuthorities *self)
{
}

/**
 * rst_authorities_new:
 * @all: the authorities
 *
 * Returns: (transfer full): a database that asks @all, for any number of connections
 */
GTlsDatabase *
rst_authorities_new (GTlsDatabase *all)
{
  RstAuthorities *self = g_object_new (RST_TYPE_AUTHORITIES, NULL);

  g_set_object (&self->all, all);
  return G_TLS_DATABASE (self);
}

/**
 * rst_authorities_get_default:
 *
 * The first call makes it the process's default too, which every new TLS connection begins with.
 *
 * Returns: (transfer full): the system's authorities
 */
GTlsDatabase *
rst_authorities_get_default (void)
{
  static GTlsDatabase *shared;

  if (shared == NULL)
    {
      GTlsBackend *backend = g_tls_backend_get_default ();
      g_autoptr (GTlsDatabase) all = g_tls_backend_get_default_database (backend);

      shared = rst_authorities_new (all);
      g_tls_backend_set_default_database (backend, shared);
    }
  return g_object_ref (shared);
}
