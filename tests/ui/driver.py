# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the wizard by keyboard alone, through xdotool on a private display.

The window's title is the heading of the page, which tells where the wizard is.
"""
import os
import pathlib
import re
import subprocess
import time


class Failure(Exception):
    pass


def run(*command):
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()


class Wizard:
    def __init__(self, program, *arguments, pictures=None, **variables):
        self.pictures = pathlib.Path(pictures) if pictures else None
        self.count = 0
        if self.pictures:
            self.pictures.mkdir(parents=True, exist_ok=True)
        environment = dict(os.environ, GTK_USE_PORTAL="0", GTK_A11Y=os.environ.get("GTK_A11Y", "none"),
                           **variables)
        self.process = subprocess.Popen([program, *arguments], env=environment)
        self.window = self.find_window()
        run("xdotool", "windowfocus", "--sync", self.window)

    def find_window(self, title="Restante", timeout=20):
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            found = run("xdotool", "search", "--onlyvisible", "--name", title).split()
            if found:
                return found[0]
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise Failure(f"no window “{title}”")

    def resize(self, width, height):
        """Without a window manager the frame of shadows counts in: 5 pixels on each side."""
        run("xdotool", "windowsize", "--sync", self.window, str(int(width) + 10), str(int(height) + 10))
        time.sleep(0.3)

    def title(self):
        return run("xdotool", "getwindowname", self.window)

    def wait(self, pattern, timeout=20):
        """Waits until the page's heading matches."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            title = self.title()
            if re.search(pattern, title):
                time.sleep(0.35)  # the page has to slide in
                return title
            if self.process.poll() is not None:
                raise Failure(f"the program ended ({self.process.returncode}) while waiting for “{pattern}”")
            time.sleep(0.05)
        raise Failure(f"waiting for “{pattern}”, but the page is “{self.title()}”")

    def key(self, *keys):
        run("xdotool", "key", "--delay", "30", *keys)
        time.sleep(0.1)

    def type(self, text):
        run("xdotool", "type", "--delay", "15", text)

    def press_until(self, key, pattern, timeout=20):
        """Presses a key now and then until the page is another one."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            self.key(key)
            try:
                return self.wait(pattern, 1.0)
            except Failure:
                if self.process.poll() is not None:
                    raise
        raise Failure(f"“{key}” does not lead to “{pattern}”; the page is “{self.title()}”")

    def picture(self, name, window=None):
        if self.pictures:
            self.count += 1
            path = self.pictures / f"{self.count:02}-{name}.png"
            run("import", "-window", window or self.window, str(path))

    def close(self):
        """Closes the window and returns the exit status."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(10)
