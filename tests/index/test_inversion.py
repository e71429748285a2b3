"""Documents into postings: equal to dicts of lists, with nothing lost but what the limits say."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aardekast.errors import IndexTooLargeError
from index.inversion import LAST_POSITION, POSITION_BITS, invert, pack_run, unpack_run
from index.segment import PostingSet
from index.session import BREAK, WordNumbers
from index.spans import spans

MOST = 65_535  # occurrences of a word in a document, and the last position that is kept in two bytes
Words = list[tuple[int, int]]


def posting_set(documents: list[Words], words: int, size: int | None = None) -> PostingSet:
    """Documents of pairs of word and position; the words are numbered as in the lexicon."""
    runs = []
    for number, document in enumerate(documents):
        if document:
            numbers, positions = np.array(document, dtype=np.uint32).T
            runs.append(unpack_run(number, pack_run(numbers, positions)))
    arrays = invert("f", runs, np.arange(words, dtype=np.uint64), words, size or len(documents))
    return PostingSet(arrays, "f")


DOCUMENT = st.lists(st.tuples(st.integers(0, 9), st.sampled_from([0, 1, 2, 65_535, 65_536, 70_000])), unique=True)


@given(st.lists(DOCUMENT, max_size=6))
def test_postings_are_those_of_a_dict_of_lists(documents: list[Words]) -> None:
    wanted: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, document in enumerate(documents):
        for word, position in document:
            wanted[word].append((number, position))
    postings = posting_set(documents, words=10)
    assert postings.lengths.tolist() == [len(document) for document in documents]
    for word in range(10):
        occurrences = sorted(wanted[word])
        held = [document for document, _ in occurrences]
        documents_of, frequencies = postings.of(np.array([word], dtype=np.int32))
        assert documents_of.tolist() == sorted(set(held))
        assert frequencies.tolist() == [held.count(document) for document in sorted(set(held))]
        keys = postings.keys(np.array([word], dtype=np.int32))
        assert [(key >> POSITION_BITS, key & LAST_POSITION) for key in keys.tolist()] == occurrences
    every = np.arange(10, dtype=np.int32)
    assert postings.of(every)[0].tolist() == [d for w in range(10) for d in sorted({d for d, _ in wanted[w]})]
    assert postings.sizes(every).tolist() == [len({document for document, _ in wanted[word]}) for word in range(10)]
    keys, counts = postings.all_keys()
    assert keys.tolist() == postings.keys(every).tolist()
    some = np.arange(len(documents)) % 2 == 0
    for words in (every, every[3:4], every[::3]):
        among = postings.keys(words)
        assert postings.keys(words, some).tolist() == among[some[among >> POSITION_BITS]].tolist()
    assert counts.tolist() == [len(wanted[word]) for word in range(10)]


def test_a_word_that_fills_a_document_is_kept_so_often_as_a_frequency_can_say() -> None:
    document = [(0, position) for position in range(MOST + 5)] + [(1, MOST + 5)]
    postings = posting_set([document, [(0, 3)]], words=2)
    documents, frequencies = postings.of(np.array([0], dtype=np.int32))
    assert (documents.tolist(), frequencies.tolist()) == ([0, 1], [MOST, 1])
    assert postings.keys(np.array([0], dtype=np.int32)).tolist()[-2:] == [MOST - 1, (1 << POSITION_BITS) + 3]
    assert postings.keys(np.array([1], dtype=np.int32)).tolist() == [MOST + 5]
    assert postings.lengths.tolist() == [MOST + 6, 1]


def test_words_beyond_the_last_position_stand_on_it() -> None:
    postings = posting_set([[(0, LAST_POSITION - 1), (0, LAST_POSITION + 9), (1, LAST_POSITION + 10)], [(1, 0)]], 2)
    assert postings.keys(np.array([0], dtype=np.int32)).tolist() == [LAST_POSITION - 1, LAST_POSITION]
    assert postings.keys(np.array([1], dtype=np.int32)).tolist() == [LAST_POSITION, 1 << POSITION_BITS]


@pytest.mark.parametrize(
    ("words", "documents", "limit"),
    [
        pytest.param(1, (1 << 20) + 1, "1,048,577 documents.*1,048,576", id="documents"),
        pytest.param((1 << 24) + 1, 1, "16,777,217 different words.*16,777,216", id="words"),
    ],
)
def test_more_than_a_segment_can_number_is_refused_with_the_remedy(words: int, documents: int, limit: str) -> None:
    with pytest.raises(IndexTooLargeError, match=f"{limit}.*resources.yaml"):
        invert("f", [], np.empty(0, dtype=np.uint64), words, documents)


def test_as_many_as_a_segment_can_number_are_kept_apart() -> None:
    run = unpack_run((1 << 20) - 1, pack_run(np.array([0, 1], dtype=np.uint32), np.array([3, 4], dtype=np.uint32)))
    ranks = np.array([0, (1 << 24) - 1], dtype=np.uint64)
    postings = PostingSet(invert("f", [run], ranks, 1 << 24, 1 << 20), "f")
    for word, position in zip(ranks.tolist(), (3, 4), strict=True):
        keys = postings.keys(np.array([word], dtype=np.int32))
        assert [(key >> POSITION_BITS, key & LAST_POSITION) for key in keys.tolist()] == [((1 << 20) - 1, position)]


def test_documents_without_words_have_no_postings() -> None:
    postings = posting_set([], words=0, size=3)
    assert postings.lengths.tolist() == [0, 0, 0]
    assert postings.all_keys()[0].tolist() == []


@given(st.lists(st.lists(st.sampled_from(["küla", "Küla", "ku\u0308la", "vald", "ja", "x" * 70]), max_size=5)))
def test_a_session_numbers_spellings_and_parts_never_touch(parts: list[list[str]]) -> None:
    numbers = WordNumbers()
    parts = [part for part in parts if part]
    title = len(parts[0]) if parts else 0
    whole, titles = numbers.pack(spans("\n".join(map(" ".join, parts))), list(map(len, parts)), title)
    run = unpack_run(7, whole)
    words, ranks = numbers.ordered([run.words])
    spellings = {"ku\u0308la": "küla", "x" * 70: "x" * 64}
    wanted, start = [], 0
    for part in parts:
        wanted += [(spellings.get(word, word), start + place) for place, word in enumerate(part)]
        start += len(part) + BREAK
    for packed, expected in ((run, wanted), (unpack_run(7, titles), wanted[:title])):
        found = [(words[int(ranks[n])], int(p)) for n, p in zip(packed.words, packed.positions, strict=True)]
        assert found == expected
    assert words == sorted({word for word, _ in wanted}, key=str.encode)
    assert run.document == 7
