"""Locks between processes: a file that the kernel frees when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aardekast.errors import LockedError


@contextmanager
def exclusive(path: Path, what: str, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock; `what` names the work. Raises LockedError when another holds it and `wait` is not set."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as fault:
            file.seek(0)
            holder = file.read().strip() or "another process"
            raise LockedError(f"{what} is already under way ({holder}). Nothing was done; it goes on there.") from fault
        file.truncate(0)
        file.write(f"process {os.getpid()}")
        file.flush()
        yield
