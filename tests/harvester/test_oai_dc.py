"""Which of a record's values say what."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.http import Response

from aardekast.resource import Harvested
from harvester.spiders.oai_answers import Record, Value, read_answer
from harvester.spiders.oai_dc import address_of, harvested, other_addresses
from harvester.spiders.oai_lists import from_moment, repository_at

BASE = "https://dspace.ut.ee/server/oai/request"
PAGE = "https://dspace.ut.ee/handle/10062/5"
CC = "https://creativecommons.org/licenses/by/4.0/"
HANDLE = "http://hdl.handle.net/10062/5"


def record(**values: Any) -> Record:
    """Texts by element; a pair is a text and its language."""
    return Record(
        identifier="oai:x:1",
        values={
            name: tuple(Value(*one) if isinstance(one, tuple) else Value(one) for one in found)
            for name, found in values.items()
        },
    )


def material(**values: Any) -> Harvested:
    return harvested(record(**values), "tood", "https://dspace.ut.ee/entry", PAGE, BASE)


@pytest.mark.parametrize(
    ("identifiers", "expected"),
    [
        pytest.param(["978-9949-77-1", HANDLE], HANDLE, id="handle-and-isbn"),
        pytest.param([HANDLE, PAGE], PAGE, id="own-page-before-handle"),
        pytest.param(["https://doi.org/10.1/x", HANDLE], HANDLE, id="handle-before-doi"),
        pytest.param(["https://naide.ee/too", "https://doi.org/10.1/x"], "https://doi.org/10.1/x", id="doi"),
        pytest.param(["https://dspace.ut.ee/bitstream/10062/5/1/too.pdf", HANDLE], HANDLE, id="a-page-before-its-file"),
        pytest.param(["https://naide.ee/too.pdf"], "https://naide.ee/too.pdf", id="only-a-file"),
        pytest.param(["doi:10.12697/abc.2020.1"], "https://doi.org/10.12697/abc.2020.1", id="bare-doi"),
        pytest.param(["hdl:10062/5"], "https://hdl.handle.net/10062/5", id="bare-handle"),
        pytest.param(["Tamm, M. (2020). Uurimus.", "urn:nbn:ee:1", "http://[oops/"], None, id="none"),
    ],
)
def test_the_address_is_that_of_the_page(identifiers: list[str], expected: str | None) -> None:
    assert address_of(record(identifier=identifiers), BASE) == expected


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        pytest.param(HANDLE, BASE, (PAGE,), id="dspace"),
        pytest.param(HANDLE, "https://ojs.ee/index.php/ajakiri/oai2", (), id="other-program"),
        pytest.param("http://hdl.handle.net/123456789/5", BASE, (), id="sample-prefix"),
        pytest.param(PAGE, BASE, (), id="no-handle"),
    ],
)
def test_a_handle_is_also_the_page_of_the_dspace_that_gave_it(url: str, base: str, expected: tuple[str, ...]) -> None:
    assert other_addresses(url, base) == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        pytest.param(["2019-06-15T07:33:07Z", "2019-06-15T07:33:07Z", "2018-05"], "2018-05", id="dspace"),
        pytest.param(["2019-06-15T07:33:07Z", "2018-06-15T07:33:07Z"], "2018-06-15", id="moments-only"),
        pytest.param(["[2005]"], "2005", id="brackets"),
        pytest.param(["c1938."], "1938", id="copyright"),
        pytest.param(["2014-2016"], "2014", id="years"),
        pytest.param(["2019-13-40"], "2019", id="no-such-month"),
        pytest.param(["20190615", "määramata", "2999"], None, id="none"),
    ],
)
def test_it_was_published_when_no_machine_says_the_second(dates: list[str], expected: str | None) -> None:
    assert material(date=dates).published == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Saar, Mari-Liis", "Mari-Liis Saar"),
        ("van der Berg, A.", "A. van der Berg"),
        ("Mari Saar", "Mari Saar"),
        ("Tartu Ülikool, Ühiskonnateaduste instituut", "Tartu Ülikool, Ühiskonnateaduste instituut"),
        ("Saar, Mari, 1980-", "Saar, Mari, 1980-"),
    ],
)
def test_people_are_called_as_one_says_their_names(name: str, expected: str) -> None:
    assert material(creator=[name]).authors == (expected,)


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("info:eu-repo/semantics/doctoralThesis", "teadusartikkel"),
        ("Thesis", "teadusartikkel"),
        ("Magistritööd", "teadusartikkel"),
        ("Master's Thesis", "teadusartikkel"),
        ("Research Article", "teadusartikkel"),
        ("Working Paper", "teadusartikkel"),
        ("Video", "veebiettekanne"),
        ("Learning Object", "juhendmaterjal"),
        ("juhendmaterjal", "juhendmaterjal"),
        ("Image", None),
    ],
)
def test_the_kind_is_what_repositories_call_it(type_: str, expected: str | None) -> None:
    assert material(type=["Text", type_]).kind == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("est", "et"), ("et", "et"), ("en_US", "en"), ("ET-ee", "et"), ("Eesti", "et"), ("zxx", None)],
)
def test_the_language_is_one_of_two_letters(code: str, expected: str | None) -> None:
    assert material(language=[code]).language == expected


@pytest.mark.parametrize(
    ("rights", "expected"),
    [
        pytest.param(["openAccess", CC], CC, id="address"),
        pytest.param(["info:eu-repo/semantics/openAccess", "CC BY"], "CC BY", id="name"),
        pytest.param(["open access", "info:eu-repo/semantics/restrictedAccess"], None, id="access"),
    ],
)
def test_a_licence_is_more_than_that_it_is_open(rights: list[str], expected: str | None) -> None:
    assert material(rights=rights).licence == expected


def test_the_title_is_that_in_the_language_of_the_work() -> None:
    titles = [("Community", "en-US"), ("Kogukond  &amp; <i>küla</i>", "et-EE")]
    assert material(title=titles, language=["est"]).title == "Kogukond & küla"
    assert material(title=titles).title == "Community"


def test_a_description_is_no_address_and_is_cut_for_the_card_alone() -> None:
    long = "Uurimus külast. " * 100
    found = material(description=["http://www.ester.ee/record=b1", f"<p>{long}</p>", "Teine <b>osa</b>, p < 0.05"])
    assert found.text == f"{long.strip()}\n\nTeine osa, p < 0.05"
    assert found.description.endswith("…")
    assert 250 < len(found.description) <= 300


def test_subjects_become_keywords_one_by_one() -> None:
    found = material(subject=["kogukonnad; külaelu", "magistritööd"], coverage=["Võrumaa"])
    assert found.suggested["keywords"] == ("kogukonnad", "külaelu", "magistritööd", "Võrumaa")


@pytest.mark.parametrize(
    ("url", "base", "sets"),
    [
        (BASE, BASE, ()),
        (f"{BASE}?verb=Identify", BASE, ()),
        (f"{BASE}?verb=ListRecords&metadataPrefix=oai_dc&set=a&set=b&from=2020-01-01", BASE, ("a", "b")),
        ("https://naide.ee/index.php?page=oai&set=a:b", "https://naide.ee/index.php?page=oai", ("a:b",)),
    ],
)
def test_any_request_of_the_repository_will_do_for_its_address(url: str, base: str, sets: tuple[str, ...]) -> None:
    found = repository_at(url)
    assert (found.base, found.sets) == (base, sets)
    joined = "&" if "?" in base else "?"
    assert found.asked("ListRecords", set=None, from_="2020-01-01") == f"{base}{joined}verb=ListRecords&from=2020-01-01"


@pytest.mark.parametrize(
    ("before", "granularity", "expected"),
    [
        ("2026-03-01T06:00:00Z", "YYYY-MM-DDThh:mm:ssZ", "2026-02-27T06:00:00Z"),
        ("2026-03-01T06:00:00Z", "YYYY-MM-DD", "2026-02-27"),
        ("2026-03-01", "YYYY-MM-DD", "2026-02-27"),
        ("2026-03-01", "YYYY-MM-DDThh:mm:ssZ", "2026-02-27T00:00:00Z"),
        ("0001-01-01", "YYYY-MM-DD", None),
    ],
)
def test_it_is_asked_from_two_days_before(before: str, granularity: str, expected: str | None) -> None:
    assert from_moment(before, granularity) == expected


@pytest.mark.parametrize(
    ("broken", "is_whole", "creator"),
    [
        pytest.param("Saar \x0b", True, "Saar", id="sign-that-is-not-allowed"),
        pytest.param("Saar &#11;", True, "Saar", id="spelt-out"),
        pytest.param("Saar & Tamm", True, "Saar  Tamm", id="bare-ampersand"),
        pytest.param("Saar&nbsp;Tamm", True, "SaarTamm", id="entity-of-html"),
        pytest.param("<b>Saar", False, "Saar", id="open-tag"),
    ],
)
def test_broken_xml_says_whether_anything_may_be_missing(broken: str, is_whole: bool, creator: str) -> None:
    inner = f"<header><identifier>1</identifier></header><metadata><dc><creator>{broken}</creator></dc></metadata>"
    body = f"<OAI-PMH><ListRecords><record>{inner}</record></ListRecords></OAI-PMH>".encode()
    answer = read_answer(Response("https://dspace.ut.ee/", body=body))
    assert (answer.is_whole, answer.breaks_off) == (is_whole, False)
    assert [record.texts("creator") for record in answer.records] == [(creator,)]


def test_the_days_of_an_event_are_no_day_of_publication() -> None:
    event = material(date=["2025-03", "2020-05-08/2099-05-09"], type=["Koolitus", "Event"])
    assert (event.starts, event.ends, event.published) == ("2020-05-08", "2099-05-09", "2025-03")
    assert event.kind == "koolitus"
    assert material(date=["2020-05-08/2099-05-09"], type=["event"]).published is None
    work = material(date=["2014/2016"], type=["Text"])
    assert (work.starts, work.ends, work.published) == (None, None, "2014")
