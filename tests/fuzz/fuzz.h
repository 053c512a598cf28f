/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The shape of a fuzz target: fuzz-NAME.c holds this one function, which takes any bytes and checks
 * what must hold of every result. With -Dfuzz=true it is driven by libFuzzer, otherwise by fuzz-run.c.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);
