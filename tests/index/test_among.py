"""Which of some resources answer a search: how what is new is found for those who follow it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aardekast.resource import Resource
from index import Searcher, SearchRequest

IndexOf = Callable[..., Searcher]
TODAY = datetime.now(UTC).date()


def card(name: str, title: str, **fields: object) -> Resource:
    known = Resource(id=name, url=f"https://naide.ee/{name}", title=title, language="et", kind="artikkel")
    return replace(known, **fields)  # type: ignore[arg-type]


CARDS = (
    card("vana", "Küla kriisiplaan", first_seen=datetime(2026, 1, 1, tzinfo=UTC)),
    card("uus", "Valla kriisiplaanid", first_seen=datetime(2026, 2, 1, tzinfo=UTC), text="Pikk tekst."),
    card("eelarve", "Kaasav eelarve", audiences=("kov",)),
    card("tulekul", "Kriisikoolitus", kind="koolitus", starts=(TODAY + timedelta(days=9)).isoformat()),
    card("olnud", "Kriisikoolitus", kind="koolitus", starts=(TODAY - timedelta(days=9)).isoformat()),
)
ALL = tuple(one.id for one in CARDS)


@pytest.mark.parametrize(
    ("request_", "ids", "found"),
    [
        pytest.param(SearchRequest(text="kriisiplaan"), ALL, ["uus", "vana"], id="last-added-first"),
        pytest.param(SearchRequest(text="kriisiplaan"), ["vana", "eelarve", "tundmatu"], ["vana"], id="of-these"),
        pytest.param(SearchRequest(text="kriisiplaan"), [], [], id="of-none"),
        pytest.param(SearchRequest(text="kriisiplaan mesilased"), ALL, [], id="in-full"),
        pytest.param(SearchRequest(audiences=("kov",)), ALL, ["eelarve"], id="filters-alone"),
        pytest.param(SearchRequest(kinds=("koolitus",)), ALL, ["tulekul"], id="no-past-events"),
        pytest.param(SearchRequest(text="!!!"), ALL, [], id="no-word"),
    ],
)
def test_what_of_these_answers(index_of: IndexOf, request_: SearchRequest, ids: list[str], found: list[str]) -> None:
    assert [one.id for one in index_of(*CARDS).among(request_, ids)] == found


def test_they_come_without_their_texts(index_of: IndexOf) -> None:
    (found,) = index_of(*CARDS).among(SearchRequest(), ["uus"])
    assert (found.title, found.text) == ("Valla kriisiplaanid", "")
