"""Many strings as two arrays, which a memory map opens without reading them: UTF-8 bytes and where each string ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Ends = NDArray[np.uint32]
Arrays = dict[str, NDArray[Any]]


def pack(texts: Iterable[str]) -> tuple[Bytes, Ends]:
    """The bytes of all texts (uint8) and the end of each (uint32; at most 4 GiB in all)."""
    encoded = [encode(text) for text in texts]
    ends = np.cumsum(np.fromiter(map(len, encoded), np.uint32, len(encoded)), dtype=np.uint32)
    return np.frombuffer(b"".join(encoded), np.uint8), ends


def encode(text: str) -> bytes:
    """UTF-8; what cannot be encoded becomes a question mark, so that nothing typed is an error."""
    return text.encode("utf-8", "replace")


class PackedTexts:
    """Reads packed texts: any by its number, and when they are sorted by code point, by bisection too."""

    def __init__(self, data: Bytes, ends: Ends) -> None:
        self.data = data
        self.ends = ends

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> str:
        return self.raw(number).decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))

    def raw(self, number: int) -> bytes:
        """The bytes of a text."""
        start = self.ends[number - 1] if number else 0
        return self.data[start : self.ends[number]].tobytes()

    def find(self, text: str) -> int | None:
        """The number of a text; only where the texts are sorted."""
        wanted = encode(text)
        number = self._first_from(wanted)
        return number if number < len(self) and self.raw(number) == wanted else None

    def with_prefix(self, prefix: str) -> range:
        """The numbers of all texts that start so; only where the texts are sorted."""
        wanted = encode(prefix)
        # No UTF-8 text has the byte 0xFF, so this is behind every text that starts so.
        return range(self._first_from(wanted), self._first_from(wanted + b"\xff"))

    def _first_from(self, wanted: bytes) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.raw(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low
