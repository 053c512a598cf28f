# SPDX-License-Identifier: GPL-3.0-or-later
"""Server side of TLS with one of the laboratory's certificates."""

import ssl


def context(certificate):
    """`certificate` is the path of certificate and key without .crt and .key."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(f"{certificate}.crt", f"{certificate}.key")
    return made
