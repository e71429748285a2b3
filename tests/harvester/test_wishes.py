"""What pages and hosts ask of robots is understood, and what is asked of others is left to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harvester.network.reservations import RESERVED, Reservations, read_reservations
from harvester.wishes import NOT_LISTED, wishes_of


@pytest.mark.parametrize(
    "tags",
    [
        pytest.param("noindex", id="plain"),
        pytest.param("NoIndex, nofollow", id="capitals"),
        pytest.param("none", id="none"),
        pytest.param("aardekast: noindex", id="to-us"),
        pytest.param("Aardekast: nofollow, noindex", id="second-word-to-us"),
        pytest.param("*: noindex", id="to-all"),
        pytest.param("googlebot: nofollow\nnoindex", id="second-header"),
        pytest.param("googlebot: nofollow, aardekast: noindex", id="two-robots-in-one-header"),
        pytest.param("max-snippet: 50, noindex", id="after-a-word-with-a-value"),
    ],
)
def test_a_header_that_forbids_listing_is_heeded(tags: str) -> None:
    assert wishes_of(tags=tags).refusal == NOT_LISTED


@pytest.mark.parametrize(
    "tags", ["", "index, follow", "googlebot: noindex", "googlebot: nofollow, noindex", "unavailable_after: 2031-01-01"]
)
def test_what_is_asked_of_other_robots_is_not_ours(tags: str) -> None:
    assert wishes_of(tags=tags).refusal is None


@pytest.mark.parametrize(
    ("words", "may_show"),
    [
        ("nosnippet", False),
        ("noarchive", False),
        ("max-snippet:0", False),
        ("max-snippet: 120", False),
        ("max-snippet:300", True),
        ("max-snippet:-1", True),
        ("max-image-preview:large", True),
        ("googlebot: nosnippet", True),
    ],
)
def test_a_snippet_is_shown_only_where_ours_are_short_enough(words: str, may_show: bool) -> None:
    assert wishes_of(tags=words).may_show_snippet is may_show
    assert wishes_of(metas=words).may_show_snippet is may_show


@pytest.mark.parametrize(
    ("header", "meta", "refusal"),
    [("1", None, RESERVED), (None, "1", RESERVED), ("0", "1", RESERVED), ("1", "0", None), ("0", None, None)],
)
def test_a_reservation_is_heeded_and_the_page_itself_has_the_last_word(
    header: str | None, meta: str | None, refusal: str | None
) -> None:
    assert wishes_of(header=header, meta=meta).refusal == refusal


def test_the_longest_rule_of_a_host_that_fits_counts() -> None:
    found = read_reservations(
        b"""[{"location": "/", "tdm-reservation": 1}, {"location": "/avatud/*", "tdm-reservation": 0},
        {"location": "/*.pdf$", "tdm-reservation": "1"}, {"location": "/avatud/salajane", "tdm-reservation": 1}]"""
    )
    reserved = {path: found.reserves(f"https://kysk.ee{path}") for path in ("", "/avatud/a", "/avatud/salajane/b")}
    assert reserved == {"": True, "/avatud/a": False, "/avatud/salajane/b": True}


@pytest.mark.parametrize(
    ("location", "path", "fits"),
    [
        ("/a/*/c", "/a/b/c", True),
        ("/a/*/c", "/a/c", False),
        ("/a.pdf$", "/a.pdf?x=1", False),
        ("/*.pdf", "/a.pdf?x=1", True),
        ("/%C3%B5", "/õ/leht", True),
        ("/a+", "/aa", False),
    ],
)
def test_a_rule_fits_paths_as_in_robots_txt(location: str, path: str, fits: bool) -> None:
    assert Reservations(((location, True),)).reserves(f"https://kysk.ee{path}") is fits


@given(st.binary(max_size=60) | st.sampled_from([b"[[]]", b"{}", b'[{"location": 1}]', b"[" * 100_000]))
def test_a_file_that_is_no_list_of_rules_reserves_nothing(body: bytes) -> None:
    assert not read_reservations(body).reserves("https://kysk.ee/")
