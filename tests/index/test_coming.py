"""Events by their day, and what came in last."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from cards import card

from aardekast.vocabulary import Vocabulary
from index import ResourceList, Searcher, SearchRequest, Sort, engine_at

IndexOf = Callable[..., Searcher]

EVENTS = (
    card("hiljem", "Koolitus", kind="koolitus", starts="2998-05-02", audiences=("kov",)),
    card("kestab", "Koolitus", kind="koolitus", starts="2020-01-01", ends="2996-01-01", text="Pikk tekst."),
    card("varem", "Koolitus", kind="koolitus", starts="2997-03", audiences=("kogukond",)),
    card("möödas", "Koolitus", kind="koolitus", starts="2020-01-01"),
    card("millalgi", "Koolitus", kind="koolitus"),
    card("jutt", "Koolitus", kind="artikkel", starts="2999-01-01"),
)


def test_coming_events_stand_by_their_day(index_of: IndexOf) -> None:
    coming = index_of(*EVENTS).coming(SearchRequest())
    assert [event.id for event in coming] == ["kestab", "varem", "hiljem"]
    assert not any(event.text for event in coming)


def test_coming_events_can_be_filtered_and_are_no_more_than_asked_for(index_of: IndexOf) -> None:
    searcher = index_of(*EVENTS)
    assert [event.id for event in searcher.coming(SearchRequest(audiences=("kov",)))] == ["hiljem"]
    assert [event.id for event in searcher.coming(SearchRequest(text="jalgratas"))] == []
    assert [event.id for event in searcher.coming(SearchRequest(), limit=1)] == ["kestab"]


def test_what_was_seen_last_stands_first_where_that_is_asked_for(index_of: IndexOf) -> None:
    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
    searcher = index_of(
        card("vana", "Küla", published="2025", first_seen=early),
        card("uus", "Küla", published="1999", first_seen=late),
        card("uuem", "Küla", published="2001-02", first_seen=late),
        card("teadmata", "Küla"),
    )
    found = searcher.search(SearchRequest(sort=Sort.ADDED))
    assert [hit.resource.id for hit in found.hits] == ["uuem", "uus", "vana", "teadmata"]
    assert dict(searcher.seen()) == {"vana": early, "uus": late, "uuem": late, "teadmata": None}


def test_what_was_deleted_is_not_listed(tmp_path: Path, vocabulary: Vocabulary) -> None:
    engine = engine_at(tmp_path, vocabulary)
    engine.update(ResourceList([card(f"r{number}", "Küla") for number in range(9)], revision=1))
    engine.update(ResourceList([card(f"r{number}", "Küla") for number in range(1, 9)], revision=2))
    assert sorted(id_ for id_, _ in engine.open().seen()) == [f"r{number}" for number in range(1, 9)]
