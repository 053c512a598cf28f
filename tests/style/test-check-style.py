#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that each house rule bites: plants one fault a rule into a small tree and expects exactly it."""
import pathlib
import subprocess
import sys
import tempfile

CHECKER = pathlib.Path(sys.argv[1])
SPDX = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
CLEAN = SPDX + '#include "rst-a.h"\n\nint\nrst_a (void)\n{\n  return 1;\n}\n'
LONG_BODY = "  f ();\n" * 70
DEEP = "  if (a)\n    {\n" * 5 + "    }\n" * 5

PLANTS = {
    "header": ("src/core/rst-a.c", CLEAN.replace(SPDX, "")),
    "whitespace": ("src/core/rst-a.c", CLEAN.replace("  return 1;", "\treturn 1; ")),
    "columns": ("src/core/rst-a.c", CLEAN + "/* " + "x" * 120 + " */\n"),
    "calls": ("src/core/rst-a.c", CLEAN.replace("return 1;", "goto out;")),
    "tasks": ("src/net/rst-b.c", CLEAN + "\nvoid\nb (void)\n{\n  task = g_task_new (a, b, c, d);\n  go ();\n\n\n  on ();\n}\n"),
    "layers": ("src/core/rst-a.c", CLEAN.replace("rst-a.h", "rst-n.h")),
    "files": ("src/core/rst-a.c", CLEAN + "/* x */\n" * 460),
    "functions": ("src/core/rst-a.c", CLEAN.replace("  return 1;\n", LONG_BODY)),
    "functions (nesting)": ("src/core/rst-a.c", CLEAN.replace("  return 1;\n", DEEP)),
    "potfiles": ("src/core/rst-a.c", CLEAN.replace("return 1;", 'return _("Hello");')),
}


def run(plant=None):
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        files = {
            "src/core/rst-a.h": SPDX + "#pragma once\n",
            "src/core/rst-a.c": CLEAN,
            "src/net/rst-n.h": SPDX + "#pragma once\n",
            "po/POTFILES.in": "",
        }
        if plant:
            files[plant[0]] = plant[1]
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        done = subprocess.run([sys.executable, CHECKER, root], capture_output=True, text=True)
        return {line.split()[3] for line in done.stdout.split("\n") if line.startswith("not ok")}


print(f"1..{len(PLANTS) + 1}")
bad = 0
for number, (rule, plant) in enumerate([("nothing", None), *PLANTS.items()], 1):
    expected = {rule.split()[0]} if plant else set()
    found = run(plant)
    bad += found != expected
    print(f"{'ok' if found == expected else 'not ok'} {number} {rule}: {sorted(found)}")
sys.exit(1 if bad else 0)
