#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""House rules as a program. Usage: check-style.py SOURCE_ROOT [--numbers]

Prints one line per fault, "FILE:LINE: what, and what to do instead", then a TAP plan for the test
runner: one test per rule. --numbers prints file and function length figures instead.
"""
import pathlib
import re
import statistics
import sys

FILE_MAX, FUNCTION_MAX, NESTING_MAX, COLUMNS_MAX = 450, 60, 4, 110

# Which header folders a layer may include from.
LAYERS = {
    "core": {"core"},
    "art": {"core", "art"},
    "net": {"core", "net"},
    "clients": {"core", "clients"},
    "secrets": {"core", "clients", "secrets"},
    "ctl": {"core", "art", "net", "clients", "secrets", "ctl"},
    "ui": {"core", "art", "net", "clients", "secrets", "ui"},
}

BANNED = {
    r"\bgoto\b": "return early, or split the function",
    r"\b(strcpy|strcat|sprintf|gets)\s*\(": "use the GLib functions that allocate",
    r"\bstrtok\s*\(": "use g_strsplit",
    r"\bsystem\s*\(": "use GSubprocess with an argument vector",
    r"\bg_random_\w+\s*\(": "use getrandom: g_random is no secret",
    r"\bg_file_replace_contents\w*\s*\(": "it truncates on a full disk: use rst_file_replace",
    r"\bg_file_set_contents\w*\s*\(": "it replaces links and modes: use rst_file_replace",
    r"\bg_file_get_contents\s*\(": "it has no bound: use rst_file_read",
    r"\bg_main_loop_run\s*\(": "no nested loops: only ctl-await.c runs one",
    r"\bgtk_show_uri": "use g_app_info_launch_default_for_uri_async",
    r"\bgtk_widget_(show|hide)\s*\(": "use gtk_widget_set_visible",
    r"\bgtk_label_set_markup\s*\(": "use plain text, or escape in one place",
    r"\b(TODO|FIXME|XXX|HACK)\b": "do it, or say so in an issue",
}
# The one place where each rule does not hold.
EXEMPT = {
    ("ctl-await.c", r"\bg_main_loop_run\s*\("),
    ("rst-help-view.c", r"\bgtk_label_set_markup\s*\("),
}


def strip(text):
    """Blank out comments and literals, keeping line numbers and columns."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    pattern = r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    return re.sub(pattern, blank, text, flags=re.S)


def functions(code):
    """Yields (name, first body line, body length, deepest nesting) of each function."""
    lines = code.split("\n")
    start, depth, deepest, name = None, 0, 0, ""
    for number, line in enumerate(lines, 1):
        if line == "{" and depth == 0:
            heads = [m.group(1) for back in range(number - 2, max(number - 12, -1), -1)
                     for m in [re.match(r"(\w+)\s*\(", lines[back])] if m]
            if heads:
                start, deepest, name = number, 0, heads[0]
        depth += line.count("{") - line.count("}")
        if start is not None:
            deepest = max(deepest, depth - 1)
            if depth == 0:
                yield name, start, number - start + 1, deepest
                start = None


class Checker:
    def __init__(self, root):
        self.root = root
        self.faults = {}
        self.lengths, self.bodies = [], []
        self.headers = {p.name: p.parent.name for p in root.glob("src/*/*.h")}
        self.sources = sorted(p for p in root.glob("src/**/*.[ch]"))
        self.tests = sorted(root.glob("tests/**/*.[ch]"))

    def fault(self, rule, path, line, text):
        self.faults.setdefault(rule, []).append(f"{path.relative_to(self.root)}:{line}: {text}")

    def check_text(self, path, text):
        if not text.startswith("/* SPDX-License-Identifier: GPL-3.0-or-later */\n"):
            self.fault("header", path, 1, "start with the SPDX line")
        for number, line in enumerate(text.split("\n"), 1):
            if "\t" in line or line != line.rstrip():
                self.fault("whitespace", path, number, "no tabs, no trailing blanks")
            if len(line) > COLUMNS_MAX:
                self.fault("columns", path, number, f"longer than {COLUMNS_MAX} columns")
        if not text.endswith("\n") or text.endswith("\n\n"):
            self.fault("whitespace", path, text.count("\n"), "end with one line feed")

    def check_calls(self, path, code):
        for pattern, instead in BANNED.items():
            if (path.name, pattern) in EXEMPT:
                continue
            for match in re.finditer(pattern, code):
                line = code.count("\n", 0, match.start()) + 1
                self.fault("calls", path, line, f"{match.group(0).strip()}: {instead}")
        lines = code.split("\n")
        for number, line in enumerate(lines, 1):
            if re.search(r"=\s*g_task_new \(", line) and \
                    "g_task_set_source_tag" not in " ".join(lines[number - 1:number + 3]):
                self.fault("tasks", path, number, "tag each task: g_task_set_source_tag")

    def check_includes(self, path, text):
        layer = path.relative_to(self.root / "src").parts[0]
        for number, line in enumerate(text.split("\n"), 1):
            match = re.match(r'#\s*include "([^"]+)"', line)
            folder = self.headers.get(match.group(1)) if match else None
            if folder and folder not in LAYERS.get(layer, {folder}):
                self.fault("layers", path, number, f"{layer} may not include from {folder}")
            if layer == "core" and re.match(r"#\s*include <(gio|gtk|adwaita|libsoup)", line):
                self.fault("layers", path, number, "core is GLib and GObject only")

    def check_shape(self, path, text, code):
        length = text.count("\n")
        self.lengths.append(length)
        if length > FILE_MAX:
            self.fault("files", path, length, f"longer than {FILE_MAX} lines: split by aspect")
        for name, line, size, nesting in functions(code):
            self.bodies.append(size)
            if size > FUNCTION_MAX:
                self.fault("functions", path, line, f"{name} has {size} lines, at most {FUNCTION_MAX}")
            if nesting > NESTING_MAX:
                self.fault("functions", path, line, f"{name} nests {nesting} deep, at most {NESTING_MAX}")

    def check_potfiles(self):
        listed_path = self.root / "po" / "POTFILES.in"
        listed = [line for line in listed_path.read_text().split("\n") if line and line[0] != "#"]
        for name in listed:
            if not (self.root / name).exists():
                self.fault("potfiles", listed_path, 1, f"{name} does not exist")
        marked = re.compile(r'\bC?N?_ \(|[^\w]_\("|\bN_ \("|g_dngettext|ngettext \(|translatable="yes"')
        candidates = self.sources + sorted(self.root.glob("src/**/*.ui"))
        for path in candidates:
            name = str(path.relative_to(self.root))
            if marked.search(path.read_text()) and name not in listed:
                self.fault("potfiles", listed_path, 1, f"add {name}")

    def run(self):
        for path in self.sources + self.tests:
            text = path.read_text()
            code = strip(text)
            self.check_text(path, text)
            if path in self.sources:
                self.check_calls(path, code)
                self.check_includes(path, text)
                self.check_shape(path, text, code)
        self.check_potfiles()


RULES = ["header", "whitespace", "columns", "calls", "tasks", "layers", "files", "functions", "potfiles"]


def main():
    checker = Checker(pathlib.Path(sys.argv[1]).resolve())
    checker.run()
    if "--numbers" in sys.argv:
        def figures(values):
            values = sorted(values)
            return f"median {statistics.median(values):.0f}, p90 {values[int(len(values) * .9)]}, max {values[-1]}"
        print(f"{len(checker.lengths)} files: {figures(checker.lengths)} lines")
        print(f"{len(checker.bodies)} functions: {figures(checker.bodies)} lines")
        return 0
    print(f"1..{len(RULES)}")
    for number, rule in enumerate(RULES, 1):
        found = checker.faults.get(rule, [])
        for line in found:
            print(f"# {line}")
        print(f"{'not ok' if found else 'ok'} {number} {rule}")
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main())
