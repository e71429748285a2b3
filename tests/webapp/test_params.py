"""Query strings and requests: there and back again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from aardekast.vocabulary import Term, Vocabulary
from index import SearchRequest, Sort, YearRange
from webapp import params

VOCABULARY = Vocabulary(
    audiences={slug: Term(slug, {"et": slug}) for slug in ("arendaja", "kogukond", "kov")},
    topics={slug: Term(slug, {"et": slug}) for slug in ("abcd", "kulaelu")},
    kinds={slug: Term(slug, {"et": slug}) for slug in ("artikkel", "uudis")},
    counties={slug: Term(slug, {"et": slug}) for slug in ("harju", "voru")},
)

texts = st.text().map(params.clean)
years = st.integers(1000, 9999)


def some(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values, unique=True, max_size=5).map(tuple)


@st.composite
def ranges(draw: st.DrawFn) -> YearRange:
    first, last = draw(st.none() | years), draw(st.none() | years)
    return YearRange(first=last, last=first) if first and last and first > last else YearRange(first=first, last=last)


requests = st.builds(
    SearchRequest,
    text=texts,
    audiences=some(st.sampled_from(list(VOCABULARY.audiences))),
    topics=some(st.sampled_from(list(VOCABULARY.topics))),
    kinds=some(st.sampled_from(list(VOCABULARY.kinds))),
    languages=some(st.from_regex(r"[a-z]{2,3}(-[a-z]{2,4})?", fullmatch=True)),
    counties=some(st.sampled_from(list(VOCABULARY.counties))),
    formats=some(st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True)),
    publishers=some(st.text(min_size=1).map(lambda name: params.clean(name, 200)).filter(bool)),
    years=st.lists(ranges(), unique=True, max_size=3).map(tuple),
    sort=st.sampled_from(Sort),
    page=st.integers(1, 1000),
)


def read(pairs: list[tuple[str, str]]) -> params.Reading:
    return params.read(MultiDict(pairs), VOCABULARY)


@given(requests)
def test_a_request_survives_its_query_string(request: SearchRequest) -> None:
    reading = read(params.to_pairs(request))
    assert reading == params.Reading(request, is_form=False, swapped=False)


@given(
    st.lists(
        st.tuples(st.sampled_from(["q", "teema", "aasta", "leht", "alates", "kuni", "valjaandja", "x"]), st.text())
    )
)
def test_anything_can_be_read_and_its_short_form_means_the_same(pairs: list[tuple[str, str]]) -> None:
    request = read(pairs).request
    assert read(params.to_pairs(request)).request == request


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("2023", YearRange(first=2023, last=2023), id="one"),
        pytest.param("2020..2024", YearRange(first=2020, last=2024), id="closed"),
        pytest.param("2020..", YearRange(first=2020), id="from"),
        pytest.param("..2024", YearRange(last=2024), id="until"),
        pytest.param("teadmata", YearRange(), id="unknown"),
        pytest.param("2024..2020", YearRange(first=2020, last=2024), id="reversed"),
    ],
)
def test_reads_years(typed: str, expected: YearRange) -> None:
    assert read([("aasta", typed)]).request.years == (expected,)


@pytest.mark.parametrize("typed", ["", "..", "23", "20202024", "2020-2024", "0999", "kunagi"])
def test_leaves_out_what_is_no_year(typed: str) -> None:
    assert read([("aasta", typed)]).request.years == ()


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [("2020", "", "2020.."), ("", "2024", "..2024"), ("2023", "2023", "2023"), (" 2020 ", "x", "2020..")],
)
def test_folds_the_two_fields_into_one_value(first: str, last: str, expected: str) -> None:
    reading = read([("alates", first), ("kuni", last)])
    assert reading.is_form
    assert params.to_pairs(reading.request) == [("aasta", expected)]


def test_only_the_reversed_years_are_called_swapped() -> None:
    assert read([("alates", "2024"), ("kuni", "2020")]).swapped
    assert not read([("alates", "2020"), ("kuni", "2024")]).swapped


def test_signs_that_cannot_be_seen_are_dropped() -> None:
    assert read([("q", " küla\u00advanem \x00\n valimine\u200b ")]).request.text == "külavanem valimine"


def test_a_filter_is_dropped_from_the_first_page_on() -> None:
    request = SearchRequest(text="küla", topics=("abcd", "kulaelu"), years=(YearRange(first=2020),), page=3)
    assert params.without(request, "teema", "abcd") == SearchRequest(
        text="küla", topics=("kulaelu",), years=(YearRange(first=2020),)
    )
    assert params.without(request, "aasta", "2020..") == SearchRequest(text="küla", topics=("abcd", "kulaelu"))
