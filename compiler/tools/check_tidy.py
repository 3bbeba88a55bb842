#!/usr/bin/env python3
"""Runs clang-tidy, with the checks of .clang-tidy, over every source file of the compiler.

usage: check_tidy.py BUILD_DIRECTORY

The build directory (Ninja, built) says how each file is compiled and what it includes. A file takes seconds, so one that
was found clean is remembered in ~/.cache/stackc-tidy by all that it depends on, and not looked at again.
"""

import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

# Another version has other checks; this is Debian 12's.
CLANG_TIDY = "clang-tidy-14"
FLAGS = ["--quiet", "--warnings-as-errors=*", "--extra-arg=-Wno-unknown-warning-option"]


def dependencies(build):
    """What each object file was made of, as Ninja knows it."""
    listing = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True, check=True).stdout
    found, inside = {}, None
    for line in listing.splitlines():
        if line.startswith("    "):
            inside.append(pathlib.Path(os.path.normpath(build / line.strip())))
        elif line and ": #deps" in line:
            inside = found[line.split(": #deps")[0]] = []
    return found


def output(entry):
    words = shlex.split(entry["command"])
    return words[words.index("-o") + 1]


@functools.cache
def state(path, root):
    """Ours by what is in it, so that every checkout has the same; the system's by when it was installed."""
    if path.is_relative_to(root) and not path.is_relative_to(root / "build"):
        return [str(path.relative_to(root)), hashlib.sha256(path.read_bytes()).hexdigest()]
    return [path.name, path.stat().st_size] + ([path.stat().st_mtime_ns] if path.is_relative_to("/usr") else [])


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    if not shutil.which(CLANG_TIDY):
        sys.exit(f"{CLANG_TIDY} is not installed: scripts/test installs it")
    version = subprocess.run([CLANG_TIDY, "--version"], capture_output=True, text=True, check=True).stdout
    included = dependencies(build)
    commands = json.loads((build / "compile_commands.json").read_text())
    root = build.parent.parent
    clean = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "stackc-tidy"
    clean.mkdir(parents=True, exist_ok=True)

    def key(entry):
        files = [state(path, root) for path in included[output(entry)]]
        rules = (root / ".clang-tidy").read_text()
        everything = [version, FLAGS, rules, entry["command"].replace(str(root), ""), files]
        return hashlib.sha256(json.dumps(everything).encode()).hexdigest()

    def complaints(entry):
        found = subprocess.run([CLANG_TIDY, "-p", build, *FLAGS, entry["file"]], capture_output=True, text=True, check=False)
        if found.returncode:
            return found.stdout + found.stderr
        (clean / key(entry)).touch()
        return ""

    ours = [
        entry
        for entry in commands
        if entry["file"].startswith(str(root / "compiler")) and not entry["file"].endswith("_test.cpp")
    ]
    if not ours:
        sys.exit(f"{build} has no source file of the compiler")
    unknown = [entry["file"] for entry in ours if output(entry) not in included]
    if unknown:
        sys.exit(f"{build} is not built: {unknown[0]}")
    changed = [entry for entry in ours if not (clean / key(entry)).exists()]
    print(f"{len(ours)} files, {len(changed)} of them to look at", flush=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = False
        for text in pool.map(complaints, changed):
            print(text, end="", flush=True)
            found = found or bool(text)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
