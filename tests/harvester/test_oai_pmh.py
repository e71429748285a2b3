"""Repositories harvested by OAI-PMH, in whole runs against a server that answers as DSpace does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

DAYS_BEFORE = "2026-11-18T06:00:00Z"  # two days before what the repository said the time was


@pytest.fixture(scope="module")
def oai(load_site: Any) -> Any:
    """The module of the repository."""
    return load_site("oai")


@pytest.fixture
def make_repository(oai: Any) -> Iterator[Callable[..., Any]]:
    """Makes a repository that a test changes between runs."""
    made: list[Any] = []

    def make(count: int = 0, **options: Any) -> Any:
        made.append(oai.Repository(count, **options))
        return made[-1]

    yield make
    for repository in made:
        repository.close()


def source_home(quick_home: Any, yaml: Any, repository: Any, *, query: str = "", **fields: Any) -> Any:
    return quick_home(yaml.file([yaml.source("tood", repository.base + query, **{"type": "oai-pmh", **fields})]))


def run(home: Any, **options: Any) -> dict[str, Any]:
    home.harvest(source_ids=["tood"], **options)
    found: dict[str, Any] = home.run_of("tood")
    return found


def test_a_record_of_dspace_becomes_a_material_as_its_metadata_describe_it(
    make_repository: Any, quick_home: Any, yaml: Any, oai: Any
) -> None:
    home = source_home(quick_home, yaml, make_repository(1), publisher="Ülikoolide kogu")
    done = run(home)
    assert (done["fault"], done["counts"]["read"], done["counts"]["added"]) == (None, 1, 1)
    (found,) = home.resources().values()
    assert found.url == "http://hdl.handle.net/10062/1"
    assert found.title == "Kogukonna kaasamine külas number 1"
    assert (found.authors, found.publisher) == (("Mari Saar",), "Tartu Ülikool")
    assert (found.published, found.language, found.kind) == ("2018", "et", "teadusartikkel")
    assert found.licence == "https://creativecommons.org/licenses/by-nc-nd/3.0/ee/"
    assert found.keywords == ("kogukonnad", "kaasamine", "külaelu")
    assert found.text == f"{oai.ABSTRACT} Töö number 1."
    assert found.description == found.text[:300]


def test_no_page_is_visited_and_a_whole_list_costs_a_request_for_each_part(
    make_repository: Any, quick_home: Any, yaml: Any
) -> None:
    repository = make_repository(7)
    home = source_home(quick_home, yaml, repository)
    assert run(home)["counts"]["added"] == 7
    assert [asked["verb"] for asked in repository.asked] == ["Identify", "ListMetadataFormats", *["ListRecords"] * 3]
    assert repository.page_paths == []


def test_the_second_run_asks_only_for_what_changed_and_what_has_not_changed_changes_nothing(
    make_repository: Any, quick_home: Any, yaml: Any
) -> None:
    repository = make_repository(4)
    home = source_home(quick_home, yaml, repository)
    run(home)
    assert [asked.get("from") for asked in repository.lists()] == [None, None]
    revision = home.revision()
    repository.forget()
    done = run(home)
    assert repository.lists() == [{"from": DAYS_BEFORE}]
    assert (done["fault"], done["counts"]["read"], done["reasons"]) == (None, 0, [])
    assert home.revision() == revision
    assert repository.page_paths == []  # what is not listed is no sign that it is gone
    repository.works[2].title, repository.works[2].datestamp = "Uus pealkiri", "2026-11-19T00:00:00Z"
    repository.works[3].datestamp = "2026-11-19T00:00:00Z"  # touched, and says the same
    counts = run(home)["counts"]
    assert (counts["read"], counts["changed"], counts["unchanged"]) == (2, 1, 1)
    assert home.resources()["/10062/2"].title == "Uus pealkiri"
    assert home.revision() == revision + 1


def test_the_day_is_asked_for_as_exactly_as_the_repository_takes_it(
    make_repository: Any, quick_home: Any, yaml: Any
) -> None:
    repository = make_repository(2, granularity="YYYY-MM-DD")
    home = source_home(quick_home, yaml, repository)
    run(home)
    run(home)
    assert repository.lists()[-1] == {"from": "2026-11-18"}


def test_where_the_repository_takes_no_day_everything_is_read(make_repository: Any, quick_home: Any, yaml: Any) -> None:
    repository = make_repository(2)
    home = source_home(quick_home, yaml, repository)
    run(home)
    repository.faults.no_from = True
    done = run(home)
    assert (done["fault"], done["counts"]["unchanged"]) == (None, 2)


def test_a_run_that_broke_off_is_no_harvest_from_whose_day_on_is_asked(
    make_repository: Any, quick_home: Any, yaml: Any
) -> None:
    repository = make_repository(5)
    repository.faults.bodies = {1: b"<html><p>Viga</html>"}
    home = source_home(quick_home, yaml, repository)
    done = run(home)
    assert done["fault"] is not None
    assert done["fault"].endswith("is not an OAI-PMH repository")
    assert done["counts"]["added"] == 3  # what came before the fault stays
    repository.faults.bodies = {}
    repository.forget()
    done = run(home)
    assert "from" not in repository.lists()[0]
    assert (done["fault"], done["counts"]["added"], done["counts"]["unchanged"]) == (None, 2, 3)


@pytest.mark.parametrize("fields", [{"exclude": ["/9999"]}, {"trusted": False}])
def test_everything_is_read_again_when_the_entry_of_the_source_has_changed(
    make_repository: Any, quick_home: Any, yaml: Any, fields: dict[str, Any]
) -> None:
    repository = make_repository(2)
    home = source_home(quick_home, yaml, repository)
    run(home)
    home.write(yaml.file([yaml.source("tood", repository.base, type="oai-pmh", **fields)]))
    repository.forget()
    run(home)
    assert repository.lists() == [{}]


def test_every_fourth_run_reads_everything(make_repository: Any, quick_home: Any, yaml: Any) -> None:
    repository = make_repository(2)
    home = source_home(quick_home, yaml, repository)
    for _ in range(5):
        run(home)
    assert ["from" in asked for asked in repository.lists()] == [False, True, True, True, False]


def test_a_limited_run_is_not_the_whole_list(make_repository: Any, quick_home: Any, yaml: Any) -> None:
    repository = make_repository(7)
    home = source_home(quick_home, yaml, repository, max_pages=4)
    done = run(home)
    assert (done["counts"]["read"], done["counts"]["left_out"], done["fault"]) == (4, 3, None)
    run(home)
    assert "from" not in repository.lists()[-1]


@pytest.mark.parametrize("way", ["expires", "refuses"])
def test_a_token_that_expired_begins_the_list_anew_once(
    make_repository: Any, quick_home: Any, yaml: Any, way: str
) -> None:
    repository = make_repository(8)
    setattr(repository.faults, way, 1)
    home = source_home(quick_home, yaml, repository)
    done = run(home)
    assert (done["fault"], done["counts"]["added"], done["counts"]["read"]) == (None, 8, 8)
    setattr(repository.faults, way, 2)
    done = run(home, full=True)
    assert ("expired" if way == "expires" else "400 bad request") in done["fault"]


@pytest.mark.parametrize("way", ["circle", "endless"])
def test_a_list_without_end_comes_to_one(make_repository: Any, quick_home: Any, yaml: Any, way: str) -> None:
    repository = make_repository(5)
    setattr(repository.faults, way, True)
    home = source_home(quick_home, yaml, repository)
    done = run(home)
    assert done["fault"].endswith("its list goes round in a circle")
    assert len(repository.asked) < 10
    assert done["counts"]["added"] >= 3


def test_only_the_sets_that_the_address_names_are_read(make_repository: Any, quick_home: Any, yaml: Any) -> None:
    repository = make_repository(6)
    for number in (1, 2):
        repository.works[number].sets = ("col_10062_7",)
    repository.works[3].sets = ("col_10062_8",)
    query = "?verb=ListRecords&metadataPrefix=oai_dc&set=col_10062_7&set=col_10062_8"
    home = source_home(quick_home, yaml, repository, query=query)
    done = run(home)
    assert (done["fault"], sorted(home.resources())) == (None, ["/10062/1", "/10062/2", "/10062/3"])
    run(home)
    assert repository.lists()[-2:] == [
        {"set": "col_10062_7", "from": DAYS_BEFORE},
        {"set": "col_10062_8", "from": DAYS_BEFORE},
    ]


def test_a_set_without_records_is_no_failure_and_the_report_says_so(
    make_repository: Any, quick_home: Any, yaml: Any
) -> None:
    home = source_home(quick_home, yaml, make_repository(1), query="?set=col_10062_99")
    done = run(home)
    assert done["fault"] is None
    assert [reason["reason"] for reason in done["reasons"]] == ["the repository has no such record"]


def test_a_deleted_record_is_no_longer_shown_and_comes_back_with_the_repository(
    make_repository: Any, quick_home: Any, yaml: Any
) -> None:
    repository = make_repository(6)
    home = source_home(quick_home, yaml, repository)
    run(home)
    repository.delete(2)
    done = run(home)
    assert (done["fault"], done["counts"]["missing"]) == (None, 1)
    assert [reason["reason"] for reason in done["reasons"]] == ["deleted in the repository"]
    assert "/10062/2" not in home.resources()
    assert len(home.resources()) == 5
    assert run(home)["counts"]["missing"] == 0  # once is enough
    home.age(days=40)
    run(home)
    assert "/10062/2" not in home.resources()  # that its page still answers says nothing
    repository.works[2].is_deleted, repository.works[2].datestamp = False, "2026-11-19T13:00:00Z"
    run(home)
    assert len(home.resources()) == 6


def test_when_much_is_deleted_at_once_nothing_is_until_the_curators_say_so(
    make_repository: Any, quick_home: Any, yaml: Any
) -> None:
    repository = make_repository(6)
    home = source_home(quick_home, yaml, repository)
    run(home)
    for number in (1, 2, 3):
        repository.delete(number)
    assert "3 of 6 known pages vanished" in run(home)["fault"]
    assert len(home.resources()) == 6
    assert run(home, confirm_losses=True)["counts"]["missing"] == 3  # the repository is asked from the same day again
    assert len(home.resources()) == 3


def test_what_vanishes_without_a_word_is_looked_for_when_everything_is_read(
    make_repository: Any, quick_home: Any, yaml: Any
) -> None:
    repository = make_repository(0, host="127.0.0.3")
    work = repository.works.setdefault
    for number in range(1, 6):
        dc = f"<title>Töö {number}</title><identifier>http://{repository.host}/handle/9/{number}</identifier>"
        work(number, type(make_repository(1).works[1])(number, dc=dc))
    home = source_home(quick_home, yaml, repository)
    run(home)
    home.age(days=2)
    del repository.works[4]
    repository.pages["/handle/9/4"] = 404
    done = run(home, full=True)
    assert repository.page_paths == ["HEAD /handle/9/4", "GET /handle/9/4"]
    assert (done["counts"]["missing"], done["counts"]["unchanged"]) == (1, 4)


def test_one_bad_record_costs_no_other(make_repository: Any, quick_home: Any, yaml: Any, oai: Any) -> None:
    repository = make_repository(9)
    works = repository.works
    works[1].dc = ""  # says nothing
    works[2].dc = "<dc:title>Nimega</dc:title><dc:identifier>ilma aadressita</dc:identifier>"
    works[3].dc = "<dc:identifier>http://hdl.handle.net/10062/3</dc:identifier>"  # no title
    works[4].dc = "<dc:title>Katki</dc:title><dc:identifier>http://[oops/</dc:identifier>"
    works[5].title = "Märgiga \x0b mis pole lubatud"
    works[6].datestamp = "eile"
    home = source_home(quick_home, yaml, repository)
    done = run(home)
    assert sorted(home.resources()) == [f"/10062/{number}" for number in (5, 6, 7, 8, 9)]
    reasons = [reason["reason"] for reason in done["reasons"]]
    assert reasons.count("names no address of its page") == 3
    assert "no title" in reasons
    assert done["fault"] is None


def test_broken_xml_is_read_as_far_as_it_goes_and_the_list_goes_on(
    make_repository: Any, quick_home: Any, yaml: Any
) -> None:
    repository = make_repository(6)
    works = list(repository.works.values())
    broken = repository.listing(works, 3, {}).replace(b"</dc:title>", b" & Ko</dc:title>", 1)
    half = broken[: broken.index(b"<record>", broken.index(b"<record>") + 1) + 200]
    repository.faults.bodies = {1: broken}
    home = source_home(quick_home, yaml, repository)
    done = run(home)
    assert (done["fault"], len(home.resources())) == (None, 6)
    repository.faults.bodies = {1: half}
    done = run(home, full=True)
    assert done["fault"].endswith("its list breaks off")
    assert len(home.resources()) == 6


@pytest.mark.parametrize(
    "declared",
    [
        pytest.param('<!ENTITY x SYSTEM "file:///etc/hostname">', id="file"),
        pytest.param('<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;">', id="bomb"),
    ],
)
def test_entities_are_not_expanded(make_repository: Any, quick_home: Any, yaml: Any, declared: str) -> None:
    repository = make_repository(1)
    listing = repository.listing(list(repository.works.values()), 0, {}).decode()
    body = listing.replace("<OAI-PMH", f"<!DOCTYPE OAI-PMH [{declared}]><OAI-PMH").replace("Saar, Mari", "&x;")
    repository.faults.bodies = {0: body.encode()}
    home = source_home(quick_home, yaml, repository)
    assert run(home)["fault"].endswith("declares entities, which no repository does")
    assert home.resources() == {}


def test_an_answer_that_is_too_large_is_not_read(make_repository: Any, quick_home: Any, yaml: Any) -> None:
    repository = make_repository(1)
    repository.works[1].abstract = "sõna " * 300_000
    assert run(source_home(quick_home, yaml, repository))["fault"].endswith("larger than 1 MB")


def test_what_the_repository_says_of_its_refusal_is_the_fault_of_the_source(
    make_repository: Any, quick_home: Any, yaml: Any
) -> None:
    repository = make_repository(1)
    repository.faults.codes = {"ListRecords": "cannotDisseminateFormat"}
    home = source_home(quick_home, yaml, repository)
    assert run(home)["fault"].endswith("cannotDisseminateFormat: Nii ei saa.")


def test_a_repository_that_asks_to_wait_is_waited_for(make_repository: Any, quick_home: Any, yaml: Any) -> None:
    repository = make_repository(2)
    repository.faults.asks_to_wait = 1
    assert run(source_home(quick_home, yaml, repository))["counts"]["added"] == 2


def test_what_is_no_repository_says_so(make_site: Any, quick_home: Any, yaml: Any) -> None:
    site = make_site()
    site.changed["/?verb=Identify"] = b"<html><title>Raamatukogu</title></html>"
    home = quick_home(yaml.file([yaml.source("tood", site.base + "/", type="oai-pmh")]))
    assert run(home)["fault"].endswith("is not an OAI-PMH repository")


def test_a_thesis_and_the_page_of_its_handle_are_one_material(make_repository: Any, quick_home: Any, yaml: Any) -> None:
    repository = make_repository(1)
    handle = f"http://{repository.host}/handle/10062/1"
    card = yaml.card("minu-too", handle, harvest=False)
    home = quick_home(yaml.file([yaml.source("tood", repository.base, type="oai-pmh")], [card]))
    run(home)
    (found,) = home.resources().values()
    assert (found.id, found.url, found.title) == ("minu-too", handle, "Kaart minu-too")


@pytest.mark.parametrize("path", ["", "?verb=Identify", "?verb=ListRecords&metadataPrefix=oai_dc&set=col_10062_2"])
def test_the_type_is_found_out(make_repository: Any, make_home: Any, yaml: Any, path: str) -> None:
    repository = make_repository(7)
    home = make_home(yaml.file([]).replace("sources:", "sources: []"))
    found = home.finish(home.start("preview", url=repository.base + path))
    source = found["source"]
    assert (source["type"], source["url"]) == ("oai-pmh", repository.base + path)
    assert source["listed"] == 7
    assert [page["title"] for page in source["samples"]] == [
        f"Kogukonna kaasamine külas number {number}" for number in range(1, 6)
    ]
    assert found["page"] is None


def test_the_type_is_found_out_where_only_a_question_is_answered(
    make_repository: Any, make_home: Any, yaml: Any
) -> None:
    repository = make_repository(1)
    repository.faults.no_verb = True
    home = make_home(yaml.file([]).replace("sources:", "sources: []"))
    assert home.finish(home.start("preview", url=repository.base))["source"]["type"] == "oai-pmh"


def test_a_record_that_could_not_be_kept_is_asked_for_again(make_repository: Any, quick_home: Any, yaml: Any) -> None:
    repository = make_repository(2)
    part = repository.listing(list(repository.works.values()), 0, {})
    repository.faults.bodies = {0: part.replace(b"<dc:title>", b"<dc:title><b></record>", 1)}
    home = source_home(quick_home, yaml, repository)
    done = run(home)
    assert (done["fault"], done["counts"]["failed"]) == (None, 1)
    assert done["reasons"][0]["reason"] == "broken XML: some records could not be read"
    repository.faults.bodies = {}
    repository.forget()
    run(home)
    assert repository.lists() == [{}]
    assert len(home.resources()) == 2
