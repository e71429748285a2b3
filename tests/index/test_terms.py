"""Sorted terms: found as in a sorted list, whatever letters they have."""

from hypothesis import given
from hypothesis import strategies as st

from index.terms import TermList, pack_terms

# Letters of one to four bytes, close together, so that beginnings are shared.
TERMS = st.text(st.sampled_from("aõöбв€𐍈"), max_size=4)


def term_list(terms: set[str]) -> tuple[TermList, list[str]]:
    ordered = sorted(terms, key=str.encode)
    return TermList(pack_terms("t", map(str.encode, ordered)), "t"), ordered


@given(st.sets(TERMS), TERMS)
def test_a_term_is_found_where_it_stands(terms: set[str], wanted: str) -> None:
    packed, ordered = term_list(terms)
    assert packed.texts() == ordered
    assert [packed.find(term) for term in ordered] == list(range(len(ordered)))
    assert (packed.find(wanted) is not None) == (wanted in terms)


@given(st.sets(TERMS), TERMS)
def test_a_beginning_finds_all_that_begin_so(terms: set[str], prefix: str) -> None:
    packed, ordered = term_list(terms)
    assert [packed.text(number) for number in packed.starting_with(prefix)] == [
        term for term in ordered if term.startswith(prefix)
    ]


def test_unpaired_surrogates_are_looked_up_without_an_error() -> None:
    packed, _ = term_list({"a", "?"})
    assert packed.find("\ud800a") is None
    assert list(packed.starting_with("b\ud800")) == []
