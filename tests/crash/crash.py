#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills and starves a small setup at every system call that matters. Usage: crash.py DRIVER

kill   SIGKILL at each call in turn: every file is the old one or the new one, whole; the history shows
       what is unfinished; undo puts everything back, and leaves nothing behind
fail   each call fails in turn, once and from then on: every file is the old one, the reason is said
vault  SIGKILL before and after each call on the password store: undo puts every entry back
disk   a disk that is really full, one that is read-only, a folder without permission
Prints TAP.
"""
import collections
import concurrent.futures
import os
import pathlib
import re
import shutil
import stat
import subprocess
import sys
import tempfile

KILL_CALLS = ["write", "fsync", "rename", "renameat", "renameat2", "mkdir", "unlink", "unlinkat", "rmdir",
              "fchmod", "openat"]
FAIL_CALLS = {"write": ["ENOSPC", "EDQUOT"], "fsync": ["EIO"], "rename": ["EIO"], "renameat": ["EACCES"],
              "renameat2": ["EIO"], "mkdir": ["ENOSPC"], "fchmod": ["EPERM"], "openat": ["EROFS"]}
OLD1, NEW1 = b"old one", b"old one\nours\n"
OLD2, NEW2 = b"old two\n", b"old two\nours\n"
NEW3 = b"ours\n"

driver = os.path.abspath(sys.argv[1])
number = 0


def tap(passed, name):
    global number
    number += 1
    print(("ok" if passed else "not ok"), number, name, flush=True)


def note(text):
    print("#", text, flush=True)


def skip(name, why):
    global number
    number += 1
    print(f"ok {number} {name} # SKIP {why}", flush=True)


class Home:
    """A home with one plain file of an odd mode and no last line end, and one behind a link."""

    def __init__(self, folder):
        self.path = pathlib.Path(folder)
        self.state = self.path / "state"
        self.home = self.path / "home"
        self.home.mkdir()
        self.state.mkdir()
        (self.home / ".rc1").write_bytes(OLD1)
        (self.home / ".rc1").chmod(0o640)
        (self.home / "dotfiles").mkdir()
        (self.home / "dotfiles" / "rc2").write_bytes(OLD2)
        (self.home / "dotfiles" / "rc2").chmod(0o400)
        (self.home / ".rc2").symlink_to("dotfiles/rc2")

    def run(self, verb, prefix=(), **more):
        env = {"PATH": os.environ["PATH"], "HOME": str(self.home), "XDG_STATE_HOME": str(self.state),
               "LC_ALL": "C.UTF-8", "GIO_USE_VFS": "local", "VAULT": str(self.path / "vault"), **more,
               "ASAN_OPTIONS": "detect_leaks=0", "LSAN_OPTIONS": "detect_leaks=0"}
        return subprocess.run([*prefix, driver, verb], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def states(self):
        """OLD, NEW or TORN for each file."""
        def of(name, old, new):
            path = self.home / name
            text = path.read_bytes() if path.exists() else None
            return "OLD" if text == old else "NEW" if text == new else "TORN"
        return [of(".rc1", OLD1, NEW1), of(".rc2", OLD2, NEW2), of("conf/rc3", None, NEW3)]

    def snapshot(self):
        entries = []
        for path in sorted(self.home.rglob("*")):
            info = path.lstat()
            text = os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else ""
            entries.append((str(path.relative_to(self.home)), stat.filemode(info.st_mode), text))
        return entries


def trace(home, verb):
    """How often each call is made, and which openat is the first on our files."""
    log = home.path / "trace"
    home.run(verb, ["strace", "-f", "-o", str(log), "-e", "trace=" + ",".join(KILL_CALLS)])
    counts, first_open = collections.Counter(), 1
    for line in log.read_text(errors="replace").splitlines():
        call = re.match(r"\d+ +(\w+)\(", line)
        if not call:
            continue
        counts[call[1]] += 1
        if call[1] == "openat" and str(home.path) not in line and counts["openat"] == first_open:
            first_open += 1
    return counts, first_open


def points(verb):
    with tempfile.TemporaryDirectory() as folder:
        home = Home(folder)
        if verb == "undo":
            home.run("apply")
        counts, first_open = trace(home, verb)
    return [(call, k) for call in KILL_CALLS
            for k in range(first_open if call == "openat" else 1, counts[call] + 1)]


def kill(verb, call, k):
    """Returns (what went wrong or None, states after the kill)."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(folder)
        before = home.snapshot()
        if verb == "undo":
            home.run("apply")
        process = home.run(verb, ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                                  f"inject={call}:signal=SIGKILL:when={k}"])
        states = home.states()
        history = home.run("history").stdout.decode().split()
        if process.returncode == 0:
            return "was not killed", states
        if "TORN" in states:
            return "torn", states
        if "NEW" in states and history not in (["unfinished"], ["done"]):
            return f"history says {history}", states
        if verb == "apply" and "OLD" in states and history == ["done"]:
            return "history says done too early", states
        if history in (["unfinished"], ["done"]):
            healed = home.run("undo")
            if healed.returncode != 0:
                return "undo says " + healed.stdout.decode(), states
        if home.snapshot() != before:
            return f"not put back: {home.snapshot()}", states
        home.run("apply")
        if home.states() != ["NEW"] * 3 or list(home.state.rglob(".*.new")) or list(home.path.rglob("*.tmp")):
            return "a later setup does not heal it", states
        return None, states


def kills(verb, pool):
    found = collections.Counter()
    bad = 0
    todo = points(verb)
    for point, (fault, states) in zip(todo, pool.map(lambda p: kill(verb, *p), todo)):
        found.update(states)
        found["mixed"] += len(set(states)) > 1
        if fault:
            bad += 1
            note(f"{verb} killed at {point[0]} {point[1]}: {fault} {states}")
    note(f"{verb}: {len(todo)} kill points; files OLD {found['OLD']}, NEW {found['NEW']}, TORN {found['TORN']}; "
         f"{found['mixed']} with both")
    tap(bad == 0 and found["OLD"] > 0 and found["NEW"] > 0, f"{verb} survives a kill at every call")


def fail(call, error, when):
    with tempfile.TemporaryDirectory() as folder:
        home = Home(folder)
        before = home.snapshot()
        process = home.run("apply", ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                                     f"inject={call}:error={error}:when={when}"])
        said = process.stdout.decode().strip()
        if process.returncode == 0:
            # Some failures are bearable; then everything has to be there.
            return None if home.states() == ["NEW"] * 3 else "says done, but is not", said
        # Where writing fails from now on, nothing can be said either.
        if process.returncode != 1 or (not said and (call, when[-1]) != ("write", "+")):
            return f"status {process.returncode}", said
        if home.snapshot() == before:
            return None, said
        # Where everything fails from now on, not even putting back works: undo does it later.
        if not when.endswith("+") or home.run("undo").returncode != 0 or home.snapshot() != before:
            return f"changed: {home.snapshot()}", said
        return None, said


def fails(pool):
    todo = [(call, error, f"{k}{more}") for call, k in points("apply") for error in FAIL_CALLS.get(call, [])
            for more in ("", "+")]
    bad, reasons = 0, collections.Counter()
    for point, (fault, said) in zip(todo, pool.map(lambda p: fail(*p), todo)):
        reasons[re.sub("“.*?”", "“…”", said)] += 1
        if fault:
            bad += 1
            note(f"{point}: {fault}; it said: {said}")
    note(f"{len(todo)} failing calls: " + "; ".join(f"{n} × {text or 'done'}" for text, n in reasons.items()))
    tap(bad == 0, "everything as before when a call fails")


VAULT_OLD = {"other": "old", "same": "pw"}
VAULT_NEW = {"none": "pw", "other": "pw", "same": "pw"}


def read_vault(home):
    text = (home.path / "vault").read_text()
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


def vault_kill(verb, when):
    """Returns what went wrong, or None; True if there is no such call any more."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(folder)
        (home.path / "vault").write_text("[vault]\n" + "".join(f"{k}={v}\n" for k, v in VAULT_OLD.items()))
        before = home.snapshot()
        if verb == "undo-secrets":
            home.run("apply-secrets")
        if home.run(verb, VAULT_KILL=when).returncode == 0:
            return True
        if verb == "apply-secrets" and "NEW" in home.states():
            return "files before passwords"
        home.run("undo-secrets")
        if read_vault(home) != VAULT_OLD or home.snapshot() != before:
            return f"not put back: {read_vault(home)} {home.states()}"
        home.run("apply-secrets")
        now = {key: value for key, value in read_vault(home).items() if "/" not in key}
        return None if now == VAULT_NEW and home.states() == ["NEW"] * 3 else f"does not heal: {now}"


def vault_kills(verb):
    n, bad = 0, 0
    for k in range(1, 100):
        faults = [vault_kill(verb, f"{k}{after}") for after in ("", "+")]
        if faults[0] is True:
            break
        for fault in faults:
            if fault is True:  # a look-up changes nothing: nothing comes after it
                continue
            n += 1
            if fault:
                bad += 1
                note(f"{verb} killed at call {k}: {fault}")
    note(f"{verb}: {n} kill points")
    tap(bad == 0 and n > 0, f"passwords survive a kill in {verb}")


def disk(name, state_there, spoil, words):
    """On a small disk of its own, in a namespace of its own, so that nothing has to be unmounted."""
    script = f"""
      mount -t tmpfs -o size=256k,mode=700 none "$1" && cp -a "$2/." "$1/" && {{ {spoil}; }} || exit 9
      HOME="$1/home" XDG_STATE_HOME="$3" "$4" apply
      echo "status $?"
      cat "$1/home/.rc1"
      find "$1/home" -name "*.tmp"
    """
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as target, \
            tempfile.TemporaryDirectory() as state:
        home = Home(folder)
        env = dict(os.environ, LC_ALL="C.UTF-8", ASAN_OPTIONS="detect_leaks=0")
        process = subprocess.run(["unshare", "-Urm", "sh", "-c", script, "sh", target, str(home.path),
                                  target + "/state" if state_there else state, driver],
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
        out = process.stdout.decode(errors="replace")
        if "status" not in out:
            skip(name, "no namespaces here: " + process.stderr.decode(errors="replace").strip().replace("\n", " "))
            return
        note(out.splitlines()[0])
        tap("status 1" in out and words in out and out.endswith("\n" + OLD1.decode()), name)


def no_permission():
    name = "a folder without permission"
    with tempfile.TemporaryDirectory() as folder:
        home = Home(folder)
        prefix = []
        if os.geteuid() == 0:
            prefix = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
            for path in [home.path, *home.path.rglob("*")]:
                os.lchown(path, 65534, 65534)
        (home.home / "dotfiles").chmod(0o500)
        if home.run("history", prefix).returncode != 0:
            skip(name, "the build folder is closed to others")
            return
        before = home.snapshot()
        process = home.run("apply", prefix)
        said = process.stdout.decode()
        note(said.strip())
        tap(process.returncode == 1 and "permission" in said and ".rc2" in said and home.snapshot() == before, name)


def main():
    if not shutil.which("strace") or subprocess.run(["strace", "-o", "/dev/null", "true"],
                                                    stderr=subprocess.DEVNULL).returncode != 0:
        print("1..0 # SKIP strace cannot trace here")
        return
    with concurrent.futures.ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
        kills("apply", pool)
        kills("undo", pool)
        fails(pool)
    vault_kills("apply-secrets")
    vault_kills("undo-secrets")
    fill = 'dd if=/dev/zero of="$1/fill" bs=4k 2>/dev/null; test -e "$1/fill"'
    disk("a full disk with the files on it", False, fill, "disk is full")
    disk("a full disk with files and journal on it", True, fill, "disk is full")
    disk("a read-only disk", False, 'mount -o remount,bind,ro "$1"', "read-only")
    no_permission()
    print(f"1..{number}")


main()
