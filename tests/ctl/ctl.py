# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of restantectl share: running it in a throw-away home folder, and reporting."""
import fcntl
import json
import os
import pathlib
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import traceback

COMMAND = pathlib.Path(sys.argv[1]).resolve()
TOP = pathlib.Path(__file__).resolve().parents[2]
KINDS = set("net notls cert tamper proto auth busy weak nomech config file conflict store input".split())
DONE, INTERNAL, USAGE, ADVICE, CANCELLED, UNREACHABLE, MIXING, REFUSED = range(8)
KEPT = ("PATH", "LANG", "LC_ALL", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "G_DEBUG",
        "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "SSL_CERT_FILE")

_cases = []


class Skip(Exception):
    """Raised by a case that cannot be run here."""


def case(function):
    """A test case: its name is the function's docstring."""
    _cases.append(function)
    return function


def main():
    failed = 0
    print(f"1..{len(_cases)}")
    for number, function in enumerate(_cases, 1):
        name = f"{number} - {function.__doc__.strip()}"
        try:
            function()
            print(f"ok {name}", flush=True)
        except Skip as reason:
            print(f"ok {name} # SKIP {reason}", flush=True)
        except Exception:
            failed += 1
            for line in traceback.format_exc().rstrip().split("\n"):
                print(f"# {line}")
            print(f"not ok {name}", flush=True)
    sys.exit(1 if failed else 0)


class Home:
    """A home folder of its own; gone at the end."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="restante-test.")
        self.path = pathlib.Path(self._folder.name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._folder.cleanup()

    def write(self, name, text, mode=0o600):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)
        return path

    def state(self):
        """Everything in it but our own journal: path → kind, mode and content."""
        found = {}
        for path in sorted(self.path.rglob("*")):
            name = str(path.relative_to(self.path))
            if name.startswith((".local/state/restante", ".cache")) or name in (".local", ".local/state"):
                continue
            if path.is_symlink():
                found[name] = ("link", os.readlink(path))
            elif path.is_file():
                found[name] = ("file", path.stat().st_mode, path.read_bytes())
            else:
                found[name] = ("folder", path.stat().st_mode if path.exists() else None)
        return found


def environment(home, **extra):
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    env.update(HOME=str(home.path), LC_ALL="C.UTF-8", NO_COLOR="1")
    env.update(extra)
    return {name: value for name, value in env.items() if value is not None}


def run(*args, home=None, stdin="", prefix=(), timeout=60, **extra):
    """Runs restantectl; the result has rc, out, err and json()."""
    if home is None:
        with Home() as home:
            return run(*args, home=home, stdin=stdin, prefix=prefix, timeout=timeout, **extra)
    done = subprocess.run([*map(str, prefix), str(COMMAND), *map(str, args)], input=stdin, text=True,
                          capture_output=True, timeout=timeout, env=environment(home, **extra))
    return Result(args, done)


class Result:
    def __init__(self, args, done):
        self.args, self.rc, self.out, self.err = args, done.returncode, done.stdout, done.stderr

    def json(self):
        value = json.loads(self.out)
        assert value["version"] == 1, value
        return value

    def expect(self, rc):
        assert self.rc == rc, f"{self.args}: code {self.rc}, not {rc}\n{self.out}\n{self.err}"
        assert "CRITICAL" not in self.err and "WARNING **" not in self.err, self.err
        return self

    def says(self, *words):
        for word in words:
            text = " ".join(self.err.split())
            assert word in text, f"{self.args}: “{word}” is not in:\n{self.err}"
        return self


class Terminal:
    """restantectl on a terminal of its own."""

    def __init__(self, home, *args, program=COMMAND):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.execve(program, [str(program), *map(str, args)], environment(home, TERM="dumb"))
            finally:
                os._exit(127)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
        self.seen = ""

    def read(self):
        """Waits for more; false at the end, or if nothing comes for long."""
        try:
            data = os.read(self.fd, 4096) if select.select([self.fd], [], [], 20)[0] else b""
        except OSError:
            data = b""
        self.seen += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)

    def wait_for(self, text):
        while text not in self.seen:
            assert self.read(), f"“{text}” did not come:\n{self.seen}"

    def type(self, text):
        os.write(self.fd, text.encode())

    def finish(self):
        while self.read():
            pass
        os.close(self.fd)
        os.kill(self.pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def check_error(error, kind):
    assert error["kind"] == kind, error
    assert error["kind"] in KINDS and error["text"] and error["try"], error


def keys(value, *names):
    missing = [name for name in names if name not in value]
    assert not missing, f"missing {missing} in {sorted(value)}"
    return value
