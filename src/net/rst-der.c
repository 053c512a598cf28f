/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rst-der.h"

#include <string.h>

#define TAG_INTEGER 0x02
#define TAG_BIT_STRING 0x03
#define TAG_OID 0x06
#define TAG_SEQUENCE 0x30
#define TAG_VERSION 0xa0

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

/* Certificate → TBSCertificate → SubjectPublicKeyInfo */
static gboolean
find_key (Span  certificate,
          Span *key)
{
  Span outer, tbs, skipped;
  guint8 tag;

  if (!expect (&certificate, TAG_SEQUENCE, &outer) || !expect (&outer, TAG_SEQUENCE, &tbs) ||
      !take (&tbs, &tag, &skipped))
    return FALSE;
  /* The version may be left out; what was taken is the serial number then. */
  if (tag == TAG_VERSION && !expect (&tbs, TAG_INTEGER, &skipped))
    return FALSE;
  /* Signature algorithm, issuer, validity, subject. */
  for (guint i = 0; i < 4; i++)
    if (!expect (&tbs, TAG_SEQUENCE, &skipped))
      return FALSE;
  return expect (&tbs, TAG_SEQUENCE, key);
}

static gboolean
is_rsa (Span algorithm)
{
  /* 1.2.840.113549.1.1.1 and .10 (RSASSA-PSS) */
  static const guint8 prefix[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01 };
  Span oid;

  return expect (&algorithm, TAG_OID, &oid) && oid.length == sizeof prefix + 1 &&
         memcmp (oid.bytes, prefix, sizeof prefix) == 0 &&
         (oid.bytes[sizeof prefix] == 1 || oid.bytes[sizeof prefix] == 10);
}

/**
 * rst_der_get_rsa_bits:
 * @der: (array length=length): a certificate
 * @length: its length in bytes
 *
 * Returns: the number of bits of the modulus, or 0 if the key is not RSA or the certificate is
 * malformed
 */
guint
rst_der_get_rsa_bits (const guint8 *der,
                      gsize         length)
{
  Span key, algorithm, bits, numbers, modulus;
  guint n;

  if (!find_key ((Span) { der, length }, &key) || !expect (&key, TAG_SEQUENCE, &algorithm) ||
      !is_rsa (algorithm) || !expect (&key, TAG_BIT_STRING, &bits) || bits.length < 1)
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
