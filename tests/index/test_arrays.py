"""Files of arrays: what was written is read again, and what is damaged is named with its remedy."""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from aardekast.errors import IndexMissingError
from index.arrays import open_arrays, runs, write_arrays

KINDS = ("int32", "int64", "uint16", "uint64", "float32", "bool", "S24")
ARRAYS = st.dictionaries(st.text(), st.sampled_from(KINDS).flatmap(lambda kind: arrays(kind, st.integers(0, 40))))


@pytest.fixture(scope="module")
def folder() -> Path:
    return Path(tempfile.mkdtemp())


@given(ARRAYS)
def test_what_was_written_is_read_again(folder: Path, written: dict[str, NDArray[Any]]) -> None:
    write_arrays(folder / "a", written)
    read = open_arrays(folder / "a")
    assert list(read) == list(written)
    for name, array in written.items():
        assert read[name].dtype == array.dtype
        assert read[name].tobytes() == array.tobytes()


def test_arrays_begin_on_cache_lines_and_cannot_be_written(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a", {"x": np.arange(3, dtype=np.uint16), "y": np.arange(5)})
    for array in open_arrays(tmp_path / "a").values():
        assert array.ctypes.data % 64 == 0
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


@given(st.data())
def test_a_file_cut_short_anywhere_is_whole_or_named(folder: Path, data: st.DataObject) -> None:
    written = {"first": np.arange(100), "nothing": np.arange(0), "last": np.arange(7, dtype=np.uint16)}
    write_arrays(folder / "whole", written)
    whole = (folder / "whole").read_bytes()
    cut = folder / "cut"
    cut.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    try:
        read = open_arrays(cut)
    except IndexMissingError as fault:
        named = str(fault)
    else:  # only the empty rest after the last array is missing
        assert all(read[name].tolist() == array.tolist() for name, array in written.items())
        return
    assert str(cut) in named
    assert "aardekast index --rebuild" in named


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04 something else", id="foreign"),
        pytest.param(b"AARDE1\n\0" + b"\xff" * 8, id="no-table"),
        pytest.param(b"AARDE1\n\0" + (2).to_bytes(8, "little") + b"[]", id="another-table"),
        pytest.param(b"AARDE1\n\0" + (9).to_bytes(8, "little") + b'{"a": []}', id="another-entry"),
    ],
)
def test_what_is_no_file_of_ours_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.arrays").write_bytes(content)
    with pytest.raises(IndexMissingError, match=r"a\.arrays is missing, cut short or not"):
        open_arrays(tmp_path / "a.arrays")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match=r"a\.arrays"):
        open_arrays(tmp_path / "a.arrays")


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=20))
def test_runs_are_ranges_one_after_the_other(pairs: list[tuple[int, int]]) -> None:
    starts = np.array([start for start, _ in pairs], dtype=np.int64)
    lengths = np.array([length for _, length in pairs], dtype=np.int64)
    wanted = [number for start, length in pairs for number in range(start, start + length)]
    assert runs(starts, starts + lengths).tolist() == wanted
