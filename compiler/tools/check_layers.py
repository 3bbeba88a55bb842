#!/usr/bin/env python3
"""Checks #include lines against compiler/LAYERS, and that the core does not touch the outside world.

usage: check_layers.py SOURCE_DIRECTORY
"""

import pathlib
import re
import sys

# What reaches the outside world or makes output vary (architecture.md section 3); only these may use it.
OUTSIDE_FOLDERS = {"driver", "publish", "cli", "testing"}
OUTSIDE_FILES = {"compiler/source/real_file_system.cpp", "compiler/source/atomic_write.cpp"}
OUTSIDE_HEADERS = {"filesystem", "fstream", "chrono", "random", "thread", "fcntl.h", "unistd.h", "sys/stat.h"}
OUTSIDE_CALL = re.compile(r"\b(?:std::)?(getenv|system|time)\s*\(")

# A broken promise is printed wherever it is found.
PRINTING_FOLDERS = {"cli", "testing"}
PRINTING_FILES = {"compiler/base/check.cpp"}
PRINTING = re.compile(r"#include <(iostream)>|\b(?:std::)?(f?printf|f?puts)\s*\(")

INCLUDE = re.compile(r'#include\s+["<]([^">]+)[">]')
COMMENT_OR_TEXT = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', re.DOTALL)
SYSTEM_HEADER = re.compile(r"\w+|(?:sys|netinet|arpa)/\w+\.h|(?:dlfcn|fcntl|stdio|unistd)\.h")


def read_layers(path):
    """Folder -> (folders it may include, prefixes of third-party headers)."""
    layers = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        match = re.fullmatch(r"([a-z]+):((?: [a-z*]+)*) \|((?: \S+)*)", line)
        if not match:
            sys.exit(f"{path}:{number}: not `folder: folders | headers`: {line}")
        folder, names, headers = match.groups()
        below = set(layers) if names.strip() == "*" else set(names.split())
        if folder in layers:
            sys.exit(f"{path}:{number}: `{folder}` twice")
        for name in sorted(below - layers.keys()):
            sys.exit(f"{path}:{number}: `{folder}` may include `{name}`, which is not above it")
        layers[folder] = (below, headers.split())
    return layers


class File:
    def __init__(self, path, root):
        self.name = path.relative_to(root).as_posix()
        self.folder = self.name.split("/")[1]
        self.is_test = self.name.endswith(("_test.cpp", "_fuzzer.cpp"))
        self.lines = path.read_text().splitlines()
        self.code = COMMENT_OR_TEXT.sub(lambda found: "\n" * found.group().count("\n"), "\n".join(self.lines)).splitlines()
        self.includes = [(number, match.group(1)) for number, line in enumerate(self.lines, 1) if (match := INCLUDE.match(line))]


def is_ours(header):
    return header.startswith("compiler/")


def shows_third_party(files):
    """Headers through which a library other than fmt is seen: they are private to their folder."""
    private = set()
    while True:
        found = {
            name
            for name, file in files.items()
            if name.endswith(".h") and name not in private
            for _, header in file.includes
            if header in private or not (is_ours(header) or SYSTEM_HEADER.fullmatch(header) or header.startswith(("fmt/", "stdlib/")))
        }
        if not found:
            return private
        private |= found


def include_mistakes(file, layers, private):
    below, prefixes = layers[file.folder]
    for number, header in file.includes:
        if is_ours(header):
            target = header.split("/")[1]
            fine = target == file.folder or target in below or file.is_test
            if fine and header in private and target != file.folder:
                yield f"{file.name}:{number}: `{header}` shows a third-party library, so it is private to `{target}`"
        else:
            # A test may check against another library.
            fine = SYSTEM_HEADER.fullmatch(header) or header.startswith(tuple(prefixes)) or file.is_test
        if not fine:
            yield f"{file.name}:{number}: `{file.folder}` may not include `{header}`"


def world_mistakes(file):
    if file.is_test:
        return
    may_reach_out = file.folder in OUTSIDE_FOLDERS or file.name in OUTSIDE_FILES
    may_print = file.folder in PRINTING_FOLDERS or file.name in PRINTING_FILES
    for number, header in file.includes:
        if header in OUTSIDE_HEADERS and not may_reach_out:
            yield f"{file.name}:{number}: `{file.folder}` may not include <{header}>"
    for number, line in enumerate(file.code, 1):
        if not may_reach_out and (match := OUTSIDE_CALL.search(line)):
            yield f"{file.name}:{number}: `{file.folder}` may not call `{match.group(1)}`"
        if not may_print and (match := PRINTING.search(line)):
            yield f"{file.name}:{number}: `{file.folder}` may not print: `{match.group(1) or match.group(2)}`"


def main():
    root = pathlib.Path(sys.argv[1])
    layers = read_layers(root / "compiler" / "LAYERS")
    paths = sorted(path for path in (root / "compiler").rglob("*") if path.suffix in {".h", ".cpp"})
    files = {file.name: file for file in (File(path, root) for path in paths)}
    if not files:
        sys.exit(f"no sources below {root / 'compiler'}")
    private = shows_third_party(files)
    mistakes = []
    for file in files.values():
        if file.folder in layers:
            mistakes += include_mistakes(file, layers, private)
            mistakes += world_mistakes(file)
        else:
            mistakes.append(f"{file.name}: compiler/LAYERS has no line for `{file.folder}`")
    print("\n".join(mistakes), end="\n" if mistakes else "")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
