"""Where the programs of these tests are, and how to talk to them.

STACKC is the compiler (default: that of the build), ORACLE the directory of oracles (golden-tests/oracle), STACKC_REFERENCE the reference data.
"""

import atexit
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
ORACLES = pathlib.Path(os.environ.get("ORACLE", ROOT / "build/oracle"))
REFERENCE = pathlib.Path(os.environ.get("STACKC_REFERENCE", ROOT.parent / "shared/reference"))


def compiler():
    """Path of stackc."""
    for name in ("STACKC", "STACKC_BUILT"):  # the latter is set by CTest
        if name in os.environ:
            return os.environ[name]
    built = [path for path in (ROOT / "build/release/stackc", ROOT / "build/dev/stackc") if path.exists()]
    if not built:
        sys.exit("no stackc: build it, or name it in STACKC")
    return str(built[0])


def skip(reason):
    """Ends the test as neither passed nor failed; CTest knows the code."""
    print(f"SKIPPED: {reason}", flush=True)
    sys.exit(77)


def require_oracles(*names):
    """Skips without them, but where CI=true everything has been built, so that a missing one is a failure."""
    for name in names:
        if not (ORACLES / name).exists():
            reason = f"no {ORACLES / name}; golden-tests/oracle/build.sh builds it"
            if os.environ.get("CI") == "true":
                sys.exit(reason)
            skip(reason)


def require_reference(path):
    found = REFERENCE / path
    if not found.exists():
        skip(f"no {found}; STACKC_REFERENCE names the reference data")
    return found


def scratch():
    """A directory that is gone when the test ends."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="stackc-engines-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


class Oracle:
    """A program that answers each line of JSON with one."""

    def __init__(self, name, *arguments):
        self.name = name
        self.log = tempfile.TemporaryFile()  # warnings of the real code; wanted if it ends
        self.process = subprocess.Popen([ORACLES / name, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log)
        atexit.register(self.close)

    def ask(self, request):
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            self.log.seek(0)
            raise RuntimeError(f"{self.name} ended at {json.dumps(request)[:2000]}:\n{self.log.read()[-2000:].decode()}")
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Report:
    """Counts what was checked and collects what failed."""

    def __init__(self):
        self.checked = 0
        self.failures = []

    def expect(self, holds, message):
        self.checked += 1
        if not holds:
            self.failures.append(message)

    def skip_rest(self, reason):
        """Ends the test early, which hides nothing that failed before."""
        if self.failures:
            self.finish()
        print(f"{self.checked} checks held before")
        skip(reason)

    def finish(self, summary=""):
        for failure in self.failures[:20]:
            print(f"FAILED: {failure}")
        print(f"{self.checked} checks, {len(self.failures)} failed{summary}", flush=True)
        sys.exit(1 if self.failures else 0)
