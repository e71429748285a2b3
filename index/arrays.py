"""Files of named arrays, opened by a memory map: nothing is read until it is used, and processes share one copy."""

from __future__ import annotations

import contextlib
import json
import mmap
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aardekast.errors import IndexMissingError

Arrays = Mapping[str, NDArray[Any]]

_MAGIC = b"AARDE1\n\0"
_ALIGN = 64  # bytes: a cache line, and more than any instruction wants


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Write one-dimensional arrays, in native byte order, under their names."""
    table, offset = {}, 0
    for name, array in arrays.items():
        table[name] = (array.dtype.str, len(array), offset)
        offset += _aligned(array.nbytes)
    header = json.dumps(table).encode()
    with path.open("wb") as file:
        file.write(_MAGIC + len(header).to_bytes(8, "little") + header)
        for array in arrays.values():
            file.write(bytes(_aligned(file.tell()) - file.tell()))
            file.write(np.ascontiguousarray(array).data)
        file.write(bytes(_aligned(file.tell()) - file.tell()))


def open_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a file, read-only; the file is held open as long as one of them is. Raises IndexMissingError."""
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (FileNotFoundError, ValueError):  # none, or an empty one
        raise _broken(path) from None
    start = len(_MAGIC) + 8
    if mapped[: len(_MAGIC)] != _MAGIC:
        raise _broken(path)
    size = int.from_bytes(mapped[len(_MAGIC) : start], "little")
    try:
        table = json.loads(mapped[start : start + size])
        first = _aligned(start + size)
        return {
            name: np.frombuffer(mapped, np.dtype(kind), count, first + offset)
            for name, (kind, count, offset) in table.items()
        }
    except (AttributeError, TypeError, ValueError):  # another table, or cut short
        raise _broken(path) from None


def sync(path: Path) -> None:
    """Wait until a file or a folder is on the disk: a rename may survive a crash that the content does not."""
    descriptor = os.open(path, os.O_RDONLY)
    with contextlib.suppress(OSError):  # some file systems cannot sync a folder
        os.fsync(descriptor)
    os.close(descriptor)


def runs(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from each start up to its end, one run after the other."""
    lengths = ends - starts
    before = np.cumsum(lengths) - lengths
    found: NDArray[np.int64] = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
    return found


def _broken(path: Path) -> IndexMissingError:
    return IndexMissingError(f"{path} is missing, cut short or not of this Aardekast. Run 'aardekast index --rebuild'.")


def _aligned(size: int) -> int:
    return -(-size // _ALIGN) * _ALIGN
