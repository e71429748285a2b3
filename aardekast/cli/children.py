"""Child processes of the command line: started by themselves, stopped cleanly, never left behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import partial

_PATIENCE = 10.0  # seconds for a child to end what it is doing
_PR_SET_PDEATHSIG = 1  # prctl(2), Linux


# Loaded here: between fork and exec nothing may be loaded, for another thread may hold the loader's lock.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """`aardekast` with these arguments, out of the terminal's process group; it dies with its parent."""
    command = [sys.executable, "-m", "aardekast", *arguments]
    return subprocess.Popen(  # noqa: S603 - our own program
        command,
        start_new_session=True,
        preexec_fn=partial(_die_with, os.getpid()),  # noqa: PLW1509 - it only calls the kernel
    )


def stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask them to end, and make those that do not."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


class Stopping:
    """Whether SIGINT or SIGTERM arrived; a second one does no more than the first.

    A flag, not an exception: raised wherever the program happens to be, that would break what must not be broken.
    """

    def __init__(self) -> None:
        self._asked = threading.Event()

    def __bool__(self) -> bool:
        return self._asked.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep, but no longer than until a signal arrives; whether one has."""
        return self._asked.wait(seconds)

    def listen(self) -> None:
        """From now on until the process ends the two signals only set the flag."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _number, _frame: self._asked.set())


def _die_with(parent: int) -> None:
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before it could be asked to tell
            os._exit(1)
