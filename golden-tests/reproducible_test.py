#!/usr/bin/env python3
"""The same definition gives the same bytes, whatever the directory, time zone, locale, umask, user name, order of paths and
number of processors. `reproducible_test.py STACKC ROOT`"""
import hashlib, os, pathlib, shutil, subprocess, sys, tempfile

SURROUNDINGS = [
    {"TZ": "UTC", "LC_ALL": "C", "USER": "one"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "USER": "two", "SOURCE_DATE_EPOCH": "1"},
]


def build(stackc, stacks, directory, paths, environment, umask, processors):
    """Copies the stacks into the directory, builds them there and returns what is in each file of the releases."""
    shutil.copytree(stacks, directory / "stacks")
    subprocess.run([stackc, "build", *paths, "--out", "out"], cwd=directory, check=True, capture_output=True,
                   env={**os.environ, **environment},
                   preexec_fn=lambda: (os.umask(umask), os.sched_setaffinity(0, processors)))
    out = directory / "out"
    return {str(path.relative_to(out)): (oct(path.stat().st_mode), hashlib.sha256(path.read_bytes()).hexdigest())
            for path in sorted(out.rglob("*")) if path.is_file()}


def main(stackc, root):
    all_processors = os.sched_getaffinity(0)
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory(prefix="a directory with blanks ") as second:
        one = build(stackc, root / "stacks", pathlib.Path(first), ["stacks/openstack", "stacks/docker"], SURROUNDINGS[0], 0o022,
                    {min(all_processors)})
        two = build(stackc, root / "stacks", pathlib.Path(second), ["stacks/docker", "stacks"], SURROUNDINGS[1], 0o077, all_processors)
    different = sorted(path for path in one.keys() | two.keys() if one.get(path) != two.get(path))
    for path in different:
        print(f"{path}: {one.get(path)} {two.get(path)}")
    print(f"{len(one)} files, {len(different)} differ")
    return 1 if different or not one else 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])))
