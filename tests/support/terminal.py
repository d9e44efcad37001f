"""srmbot as a process in a terminal of its own (a pty), as a person has it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.served_app import LONG, RUNNER, bare_environment

CONTROL = re.compile(r"\x1b\[\??[0-9;]*[A-Za-z]|[\r\x07]")  # what moves the cursor and colours, not text


@dataclass
class Terminal:
    """A process, and what its terminal has shown so far."""

    running: subprocess.Popen[bytes]
    master: int
    shown: str = ""
    raw: str = ""  # with colours
    read_to: int = 0

    def type(self, keys: str) -> None:
        """Press some keys."""
        os.write(self.master, keys.encode())

    def read(self, seconds: float) -> bool:
        """Take in what is shown next; False where it has ended."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return True
        try:
            more = os.read(self.master, 65536).decode(errors="replace")
        except OSError:  # the other end is closed
            return False
        self.raw += more
        self.shown = CONTROL.sub("", self.raw)
        return bool(more)

    def until(self, text: str) -> None:
        """Wait until some text is shown, after what was waited for before."""
        end = time.monotonic() + LONG
        while text not in self.shown[self.read_to :]:
            assert time.monotonic() < end, f"{text!r} was not shown:\n{self.shown}"
            if not self.read(0.2):
                break
        assert text in self.shown[self.read_to :], f"{text!r} was not shown:\n{self.shown}"
        self.read_to = self.shown.index(text, self.read_to) + len(text)

    def end(self) -> int:
        """Its exit code, once it has ended; all that it has shown is read."""
        while self.read(LONG):
            pass
        return self.running.wait(LONG)


@contextmanager
def in_terminal(folder: Path, *arguments: str, width: int = 80, **environment: str) -> Iterator[Terminal]:
    """Run srmbot on the small knowledge in a terminal of some width; it is ended at the end, whatever happens."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    given = {**bare_environment(), "TERM": "xterm", "INPUTRC": os.devnull, **environment}
    command = [sys.executable, str(RUNNER), *arguments]
    running = subprocess.Popen(
        command, env=given, cwd=folder, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
    )
    os.close(slave)
    try:
        yield Terminal(running, master)
    finally:
        with suppress(ProcessLookupError):
            running.kill()
        running.wait()
        os.close(master)
