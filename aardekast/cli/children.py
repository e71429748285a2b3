"""Child processes of the command line: started by themselves, stopped cleanly, never left behind."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from types import FrameType

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


class Stopped(BaseException):
    """SIGINT or SIGTERM arrived."""


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Within it SIGINT and SIGTERM raise Stopped."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _die_with(parent: int) -> None:
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before it could be asked to tell
            os._exit(1)
