#!/usr/bin/env python3
"""What a person at a terminal sees besides the text of the goldens. `terminal_test.py STACKC`"""
import os, pathlib, pty, subprocess, sys, tempfile, unittest


def on_terminal(arguments, directory, **variables):
    """Standard error of a command that has a terminal for it."""
    terminal, end = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm", **variables}
    subprocess.run([STACKC, *arguments], cwd=directory, env=environment, stderr=end, stdout=subprocess.DEVNULL)
    os.close(end)
    text = b""
    try:
        while part := os.read(terminal, 4096):
            text += part
    except OSError:  # the other end is closed, and everything is read
        pass
    os.close(terminal)
    return text.decode().replace("\r\n", "\n")


class Terminal(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)
        (self.directory / "main.stack").write_text("import nowhere\n")

    def test_reports_are_coloured_and_name_their_page(self):
        seen = on_terminal(["check", "main.stack"], self.directory)
        self.assertIn("\x1b[1;31merror[resolve/no-such-module]\x1b[0m", seen)
        self.assertTrue(seen.endswith("1 error\n`stackc explain resolve/no-such-module` says more\n"), seen)

    def test_colours_can_be_declined(self):
        for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            self.assertNotIn("\x1b", on_terminal(["check", "main.stack"], self.directory, **variables))
        self.assertIn("\x1b", on_terminal(["check", "main.stack"], self.directory, NO_COLOR=""))

    def test_documents_have_no_colours(self):
        self.assertEqual(on_terminal(["check", "--format", "json", "main.stack"], self.directory), "")


if __name__ == "__main__":
    STACKC = sys.argv.pop(1)
    unittest.main()
