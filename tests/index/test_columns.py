"""Facets: the counts of any documents are those of a simple count, for few values and for many."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.columns import FacetColumn


@pytest.mark.parametrize("values", [0, 1, 5, 64, 65, 100])
@given(data=st.data())
def test_counts_are_those_of_a_simple_count(values: int, data: st.DataObject) -> None:
    size = data.draw(st.integers(0, 130))
    codes = st.sets(st.integers(0, values - 1), max_size=3) if values else st.just(set[int]())
    held = data.draw(st.lists(codes, min_size=size, max_size=size))
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=np.bool_)
    pairs = [(number, code) for number, of_one in enumerate(held) for code in sorted(of_one)]
    documents, coded = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    column = FacetColumn(documents, coded, tuple(map(str, range(values))), size)
    wanted = Counter(code for number, code in pairs if chosen[number])
    assert column.counts(chosen).tolist() == [wanted[code] for code in range(values)]
