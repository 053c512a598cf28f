/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-der.h"

#include <string.h>

#define TAG_INTEGER 0x02
#define TAG_BIT_STRING 0x03
#define TAG_BOOLEAN 0x01
#define TAG_OCTET_STRING 0x04
#define TAG_OID 0x06
#define TAG_SEQUENCE 0x30
#define TAG_VERSION 0xa0
#define TAG_EXTENSIONS 0xa3

typedef struct {
  const guint8 *bytes;
  gsize         length;
} Span;

/* Takes one element off the front of @in. */
static gboolean
take (Span   *in,
      guint8 *tag,
      Span   *content)
{
  gsize length;
  gsize header = 2;

  if (in->length < 2)
    return FALSE;
  *tag = in->bytes[0];
  length = in->bytes[1];
  if (length >= 0x80)
    {
      gsize n = length & 0x7f;

      if (n == 0 || n > 4 || in->length < 2 + n)
        return FALSE;
      length = 0;
      for (gsize i = 0; i < n; i++)
        length = length << 8 | in->bytes[2 + i];
      header += n;
    }
  if (length > in->length - header)
    return FALSE;
  *content = (Span) { in->bytes + header, length };
  in->bytes += header + length;
  in->length -= header + length;
  return TRUE;
}

static gboolean
expect (Span   *in,
        guint8  wanted,
        Span   *content)
{
  guint8 tag;

  return take (in, &tag, content) && tag == wanted;
}

/* Certificate → TBSCertificate → SubjectPublicKeyInfo; @rest is what follows it. */
static gboolean
find_key (Span  certificate,
          Span *key,
          Span *rest)
{
  Span outer, skipped;
  guint8 tag;

  if (!expect (&certificate, TAG_SEQUENCE, &outer) || !expect (&outer, TAG_SEQUENCE, rest) ||
      !take (rest, &tag, &skipped))
    return FALSE;
  /* The version may be left out; what was taken is the serial number then. */
  if (tag == TAG_VERSION && !expect (rest, TAG_INTEGER, &skipped))
    return FALSE;
  /* Signature algorithm, issuer, validity, subject. */
  for (guint i = 0; i < 4; i++)
    if (!expect (rest, TAG_SEQUENCE, &skipped))
      return FALSE;
  return expect (rest, TAG_SEQUENCE, key);
}

/* Object identifiers (RFC 3279, RFC 4055, RFC 5480), and the bits of the curves among them. */
static const struct {
  guint8     bytes[10];
  gsize      length;
  RstKeyKind kind;
  guint      bits;
} identifiers[] = {
  { { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01 }, 9, RST_KEY_RSA, 0 }, /* rsaEncryption */
  { { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a }, 9, RST_KEY_RSA, 0 }, /* id-RSASSA-PSS */
  { { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01 }, 7, RST_KEY_EC, 0 },              /* id-ecPublicKey */
  { { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 }, 8, RST_KEY_EC, 256 },      /* secp256r1 */
  { { 0x2b, 0x81, 0x04, 0x00, 0x22 }, 5, RST_KEY_EC, 384 },                        /* secp384r1 */
  { { 0x2b, 0x81, 0x04, 0x00, 0x23 }, 5, RST_KEY_EC, 521 },                        /* secp521r1 */
};

/* Takes an identifier off the front of @in. */
static RstKeyKind
take_kind (Span  *in,
           guint *bits)
{
  Span oid;

  *bits = 0;
  if (!expect (in, TAG_OID, &oid))
    return RST_KEY_UNKNOWN;
  for (gsize i = 0; i < G_N_ELEMENTS (identifiers); i++)
    if (oid.length == identifiers[i].length && memcmp (oid.bytes, identifiers[i].bytes, oid.length) == 0)
      {
        *bits = identifiers[i].bits;
        return identifiers[i].kind;
      }
  return RST_KEY_UNKNOWN;
}

/* @key is what follows the algorithm. Returns 0 if it is malformed. */
static guint
count_rsa_bits (Span key)
{
  Span bits, numbers, modulus;
  guint n;

  if (!expect (&key, TAG_BIT_STRING, &bits) || bits.length < 1)
    return 0;
  /* The first byte of a bit string counts the unused bits at its end: none. */
  bits.bytes++;
  bits.length--;
  if (!expect (&bits, TAG_SEQUENCE, &numbers) || !expect (&numbers, TAG_INTEGER, &modulus))
    return 0;
  while (modulus.length > 0 && modulus.bytes[0] == 0)
    {
      modulus.bytes++;
      modulus.length--;
    }
  if (modulus.length == 0 || modulus.length > 4096)
    return 0;
  n = (guint) modulus.length * 8;
  for (guint8 top = modulus.bytes[0]; !(top & 0x80); top <<= 1)
    n--;
  return n;
}

/**
 * rst_der_get_key:
 * @der: (array length=length): a certificate
 * @length: its length in bytes
 * @bits: (out): the size of its key, 0 if that is not known: the bits of RSA's modulus, or of the
 *   curve's field
 *
 * Returns: what kind of key it has
 */
RstKeyKind
rst_der_get_key (const guint8 *der,
                 gsize         length,
                 guint        *bits)
{
  Span key, rest, algorithm;
  RstKeyKind kind;

  *bits = 0;
  if (!find_key ((Span) { der, length }, &key, &rest) || !expect (&key, TAG_SEQUENCE, &algorithm))
    return RST_KEY_UNKNOWN;
  kind = take_kind (&algorithm, bits);
  if (kind == RST_KEY_RSA)
    *bits = count_rsa_bits (key);
  else if (kind != RST_KEY_EC || *bits > 0 || take_kind (&algorithm, bits) != RST_KEY_EC)
    *bits = 0;
  return *bits > 0 ? kind : RST_KEY_UNKNOWN;
}

static gboolean
is_oid (Span          oid,
        const guint8 *bytes,
        gsize         length)
{
  return oid.length == length && memcmp (oid.bytes, bytes, length) == 0;
}

/* @access is the value of the extension: SEQUENCE OF SEQUENCE { method, location }. */
static gboolean
lists_issuer (Span access)
{
  static const guint8 issuers[] = { 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x02 }; /* id-ad-caIssuers */
  Span list, description, oid;

  if (!expect (&access, TAG_SEQUENCE, &list))
    return FALSE;
  while (expect (&list, TAG_SEQUENCE, &description))
    if (expect (&description, TAG_OID, &oid) && is_oid (oid, issuers, sizeof issuers))
      return TRUE;
  return FALSE;
}

/* SEQUENCE { identifier, critical DEFAULT FALSE, value } */
static gboolean
is_issuer_list (Span extension)
{
  /* id-pe-authorityInfoAccess */
  static const guint8 access[] = { 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x01 };
  Span oid, value;
  guint8 tag;

  if (!expect (&extension, TAG_OID, &oid) || !is_oid (oid, access, sizeof access) ||
      !take (&extension, &tag, &value) || (tag == TAG_BOOLEAN && !take (&extension, &tag, &value)))
    return FALSE;
  return tag == TAG_OCTET_STRING && lists_issuer (value);
}

/**
 * rst_der_locates_issuer:
 * @der: (array length=length): a certificate
 * @length: its length in bytes
 *
 * Returns: whether it says where the certificate of who vouches for it can be fetched (RFC 5280 section
 *   4.2.2.1), as those of public authorities do
 */
gboolean
rst_der_locates_issuer (const guint8 *der,
                        gsize         length)
{
  Span key, rest, element, list, extension;
  guint8 tag;

  if (!find_key ((Span) { der, length }, &key, &rest))
    return FALSE;
  while (take (&rest, &tag, &element))
    if (tag == TAG_EXTENSIONS && expect (&element, TAG_SEQUENCE, &list))
      while (expect (&list, TAG_SEQUENCE, &extension))
        if (is_issuer_list (extension))
          return TRUE;
  return FALSE;
}
