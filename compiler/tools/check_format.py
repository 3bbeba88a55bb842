#!/usr/bin/env python3
"""Checks that every C++ file looks as .clang-format says; `--fix` rewrites those that do not.

usage: check_format.py SOURCE_DIRECTORY [--fix]
"""

import pathlib
import shutil
import subprocess
import sys

# Another version breaks lines elsewhere; this is Debian 12's.
CLANG_FORMAT = "clang-format-14"
FOLDERS = ("compiler", "golden-tests")


def main():
    root = pathlib.Path(sys.argv[1])
    if not shutil.which(CLANG_FORMAT):
        sys.exit(f"{CLANG_FORMAT} is not installed: scripts/test installs it")
    files = sorted(
        path for folder in FOLDERS for path in (root / folder).rglob("*") if path.suffix in (".cpp", ".h")
    )
    if not files:
        sys.exit(f"no C++ file in {root}")
    how = ["-i"] if "--fix" in sys.argv[2:] else ["--dry-run", "-Werror"]
    if subprocess.run([CLANG_FORMAT, *how, *files], check=False).returncode:
        sys.exit(f"to format them: {sys.argv[0]} {root} --fix")


if __name__ == "__main__":
    main()
