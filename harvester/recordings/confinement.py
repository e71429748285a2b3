"""What a process may not do that reads what strangers wrote: reach the network, start programs, write files.

yt-dlp brings a network of its own, hundreds of extractors that ask whatever address a page names, and programs that it
starts when it finds them. None of it knows of robots.txt, of private networks or of pauses. So it gets none of it: what
it wants asked goes through a pipe to the harvest (handler.py), and the rest is forbidden here. An audit hook (PEP 578)
cannot be taken back; it is no wall against code that wants to get out, which is not what yt-dlp is.
"""

from __future__ import annotations

import os
import resource
import sys
from contextlib import suppress
from typing import Any

# Address space. With yt-dlp it has 60 MB; a page of 20 MB, the most that is read, takes some 300 MB.
MOST_MEMORY = 1 << 30
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.system")
_CHANGES = (
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "shutil.",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def confine() -> None:
    """Forbid it in this process, for as long as it lives."""
    for limit, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # macOS refuses; elsewhere a limit from outside is tighter already
            resource.setrlimit(limit, (most, most))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith((*_FORBIDDEN, *_CHANGES)) or (event == "open" and _is_writing(*arguments)):
        raise PermissionError(f"{event} is forbidden here")


def _is_writing(_path: object, _mode: object, flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & _WRITING)
