"""The key that signs the public forms: as set, else made once and kept in the state folder."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from tempfile import NamedTemporaryFile

from aardekast.settings import Settings

_NAME = "site.key"
_BYTES = 32


def site_key(settings: Settings) -> bytes:
    """The key, the same in every process of one state folder. Raises OSError where it can be neither read nor kept."""
    if settings.secret:
        return settings.secret.encode()
    path = settings.home / _NAME
    with suppress(FileNotFoundError):
        return path.read_bytes()
    settings.home.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=settings.home, prefix=f".{_NAME}.") as draft:  # of mode 600
        draft.write(secrets.token_hex(_BYTES).encode())
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):  # another process was first: its key is the key
            os.link(draft.name, path)
    return path.read_bytes()
