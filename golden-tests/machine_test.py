#!/usr/bin/env python3
"""What scripts/lib.sh does on machines that have more or less than this one. `machine_test.py SOURCE_DIRECTORY`"""
import os, pathlib, shutil, subprocess, sys, tempfile, unittest

OF_ANY_MACHINE = ("bash", "sed", "dirname", "grep", "env")


class Machine(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.root = pathlib.Path(directory.name)
        for folder in ("scripts", "bin", "build/tools/bin"):
            (self.root / folder).mkdir(parents=True)
        shutil.copy(SOURCES / "scripts/lib.sh", self.root / "scripts")
        for program in OF_ANY_MACHINE:
            (self.root / "bin" / program).symlink_to(shutil.which(program))
        # As if it had been installed before, so that nothing is fetched.
        self.program("build/tools/bin/go", "echo go1.26.3")
        self.program("bin/id", "echo 0")

    def program(self, path, body):
        (self.root / path).write_text(f"#!{shutil.which('bash')}\n{body}\n")
        (self.root / path).chmod(0o755)

    def run_script(self, body):
        """Standard output, standard error and the exit code of a script that begins as ours do."""
        script = self.root / "scripts/script"
        script.write_text(f'set -euo pipefail\nsource "$(dirname "$0")/lib.sh"\n{body}\n')
        result = subprocess.run([self.root / "bin/bash", script], env={"PATH": str(self.root / "bin")}, capture_output=True, text=True)
        return result.stdout, result.stderr, result.returncode

    def go_found(self):
        out, err, code = self.run_script("provide_go\ncommand -v go")
        self.assertEqual((err, code), ("", 0))
        return str(pathlib.Path(out.strip()).relative_to(self.root))

    def test_go_is_provided_where_there_is_none(self):
        self.assertEqual(self.go_found(), "build/tools/bin/go")

    def test_go_is_provided_where_it_is_too_old(self):
        self.program("bin/go", "echo go1.19.8")
        self.assertEqual(self.go_found(), "build/tools/bin/go")

    def test_go_of_the_machine_is_used_where_it_is_new_enough(self):
        self.program("bin/go", "echo go1.27.0")
        self.assertEqual(self.go_found(), "bin/go")

    def test_only_packages_that_are_missing_are_installed(self):
        self.program("bin/dpkg-query", '[ "$4" = cmake ] && echo "install ok installed"')
        self.program("bin/apt-get", 'echo "$@" >>"${0%/*}/../calls"')
        out, err, code = self.run_script("install_packages cmake ninja-build g++")
        self.assertEqual((out, err, code), ("\n== installing 2 Debian packages: ninja-build g++\n", "", 0))
        self.assertEqual((self.root / "calls").read_text().splitlines()[-1], "install -q -y --no-install-recommends ninja-build g++")

    def test_nothing_is_installed_where_nothing_is_missing(self):
        self.program("bin/dpkg-query", 'echo "install ok installed"')
        self.assertEqual(self.run_script("install_packages cmake g++"), ("", "", 0))

    def test_a_failed_installation_ends_the_script(self):
        self.program("bin/dpkg-query", "exit 1")
        self.program("bin/apt-get", '[ "$1" = update ]')
        _, err, code = self.run_script("install_packages cmake\necho reached")
        self.assertEqual((err, code), ("error: apt-get could not install: cmake\n", 1))


if __name__ == "__main__":
    SOURCES = pathlib.Path(sys.argv.pop())
    unittest.main()
