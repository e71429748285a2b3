"""Citations, read back by the parsers of others: pybtex, rispy and citeproc-py."""

import json
import re
import warnings
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, parse_string

from aardekast.resource import Resource
from webapp.citations import bibtex, csl, ris, views
from webapp.citations.names import Name, name_of
from webapp.citations.views import FORMATS
from webapp.citations.works import Work, work_of
from webapp.programs import CITED_AS

ClientOf = Callable[..., FlaskClient]
CardOf = Callable[..., Resource]
TODAY = date(2026, 11, 22)
NAMED = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
}


def bib_of(text: str) -> BibliographyData:
    return parse_string(text, "bibtex")


def plain(latex: str) -> str:
    """What LaTeX prints of it."""
    signs = re.compile("|".join([*map(re.escape, NAMED), r"\\[&%$#_]"]))
    return signs.sub(lambda found: NAMED.get(found[0], found[0][1:]), latex.removeprefix("{").removesuffix("}"))


def work(**fields: Any) -> Work:
    known = {"id": "kriis", "url": "https://naide.ee/1", "title": "Kriisiplaan", "language": "et"}
    return work_of(Resource(**(known | fields)), "https://aardekast.ee/materjal/kriis", TODAY)


@pytest.fixture
def guide(card_of: CardOf) -> Resource:
    return card_of(
        1,
        "Küla & valla {kriisi} 100% plaan: õäöüšž_#1",
        description="Mida teha, kui $$ ei ole.",
        kind="juhendmaterjal",
        format="pdf",
        authors=("Mari-Liis Mets", "Tartu Ülikool", "Kask, Juhan"),
        publisher="Päästeamet & Ko",
        published="2014-05",
        keywords=("kriis", "vald"),
        licence="CC BY 4.0",
        pages=62,
        url="https://rescue.ee/juhend_a{1}.pdf?x=1&y=%20",
    )


def test_bibtex_says_all_that_is_known(client_of: ClientOf, guide: Resource) -> None:
    answer = client_of(guide).get("/materjal/kaart-1.bib")
    assert answer.content_type == "application/x-bibtex; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=kaart-1.bib"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    [(key, entry)] = bib_of(answer.text).entries.items()
    assert (key, entry.type) == ("aardekast:kaart-1", "report")
    assert plain(entry.fields["title"]) == guide.title
    assert r"\& valla \textbraceleft{}kriisi\textbraceright{} 100\% plaan: õäöüšž\_\#1" in entry.fields["title"]
    assert plain(entry.fields["institution"]) == "Päästeamet & Ko"
    assert (entry.fields["date"], entry.fields["year"]) == ("2014-05", "2014")
    assert entry.fields["url"] == "https://rescue.ee/juhend_a%7B1%7D.pdf?x=1&y=%20", "biblatex prints it as it stands"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", entry.fields["urldate"])
    assert (entry.fields["langid"], entry.fields["pagetotal"]) == ("estonian", "62")
    assert [(p.last_names, p.first_names) for p in entry.persons["author"]] == [
        (["Mets"], ["Mari-Liis"]),
        (["{Tartu Ülikool}"], []),
        (["Kask"], ["Juhan"]),
    ]


def test_ris_says_all_that_is_known(client_of: ClientOf, guide: Resource) -> None:
    answer = client_of(guide).get("/materjal/kaart-1.ris")
    assert answer.content_type == "application/x-research-info-systems; charset=utf-8"
    [entry] = rispy.loads(answer.text)
    assert (entry["type_of_reference"], entry["id"], entry["title"]) == ("RPRT", "aardekast:kaart-1", guide.title)
    assert entry["authors"] == ["Mets, Mari-Liis", "Tartu Ülikool", "Kask, Juhan"]
    assert (entry["year"], entry["date"], entry["publisher"]) == ("2014", "2014/05//", "Päästeamet & Ko")
    assert (entry["language"], entry["keywords"]) == ("et", ["kriis", "vald"])
    assert entry["urls"] == ["https://rescue.ee/juhend_a%7B1%7D.pdf?x=1&y=%20"]
    assert entry["access_date"].count("/") == 3
    assert answer.text.count("\r\n") == answer.text.count("\n")


def test_csl_json_is_rendered_by_a_citation_processor(client_of: ClientOf, guide: Resource) -> None:
    answer = client_of(guide).get("/materjal/kaart-1.csl.json")
    assert answer.content_type == "application/vnd.citationstyles.csl+json; charset=utf-8"
    [item] = json.loads(answer.data)
    assert item["type"] == "report"
    assert item["issued"] == {"date-parts": [[2014, 5]]}, "no day is made up"
    assert item["author"][1] == {"literal": "Tartu Ülikool"}
    [said] = rendered(answer.text)
    assert "Mets, M.-L." in said
    assert "2014" in said
    assert "Päästeamet" in said


def test_readable_citations_follow_apa_in_each_language(client_of: ClientOf, guide: Resource) -> None:
    client = client_of(guide)
    said = {prefix: client.get(f"{prefix}/materjal/kaart-1.txt").text for prefix in ("", "/en", "/ru")}
    assert said[""].startswith("Mets, M.-L., Tartu Ülikool ja Kask, J. (2014, mai). Küla & valla {kriisi} 100% plaan")
    assert re.search(r"õäöüšž_#1\. Päästeamet & Ko\. Kasutatud \d+\.\d\d\.\d{4}, https://rescue\.ee/.*\n$", said[""])
    assert said["/en"].startswith("Mets, M.-L., Tartu Ülikool, & Kask, J. (2014, May). ")
    assert re.search(r" Retrieved \d+ \w+ \d{4}, from https://", said["/en"])
    assert said["/ru"].startswith("Mets, M.-L., Tartu Ülikool и Kask, J. (2014, май). ")


def test_an_unknown_date_is_said_in_each_language(client: FlaskClient) -> None:
    said = [client.get(f"{prefix}/materjal/kaart-4.txt").text for prefix in ("", "/en", "/ru")]
    assert [re.findall(r"\((.*?)\)", text)[0] for text in said] == ["s.a.", "n.d.", "б. г."]


@pytest.mark.parametrize(
    ("fields", "begins"),
    [
        ({"publisher": "Päästeamet", "published": "2014"}, "Päästeamet. (2014). Kriisiplaan. Kasutatud"),
        ({"publisher": "Päästeamet"}, "Päästeamet. (s.a.). Kriisiplaan. Kasutatud"),
        ({"publisher": ""}, "Kriisiplaan. (s.a.). Kasutatud"),
        ({"published": "2025-03-02", "publisher": "ERR"}, "ERR. (2025, 2. märts). Kriisiplaan."),
        ({"authors": ("ERR",), "publisher": "ERR"}, "ERR. (s.a.). Kriisiplaan. Kasutatud"),
        ({"authors": ("Mari Mets", "Jaan Tamm"), "publisher": ""}, "Mets, M. ja Tamm, J. (s.a.). Kriisiplaan. K"),
        ({"kind": "veebiettekanne", "publisher": "TÜ"}, "TÜ. (s.a.). Kriisiplaan [Video]. Kasutatud"),
        ({"title": "Kas on plaan?", "publisher": "TÜ"}, "TÜ. (s.a.). Kas on plaan? Kasutatud"),
        ({"kind": "koolitus", "starts": "2026-09-17", "publisher": ""}, "Kriisiplaan. (2026, 17. september)."),
        ({"published": "2025-02-31", "publisher": "TÜ"}, "TÜ. (2025). Kriisiplaan."),
        ({"authors": tuple(f"Ants Tamm{'aeiou'[n % 5] * n}" for n in range(21))}, "Tamm, A., Tamme, A., "),
    ],
)
def test_what_is_not_known_is_not_made_up(
    fields: dict[str, Any], begins: str, client_of: ClientOf, card_of: CardOf
) -> None:
    client = client_of(card_of(1, fields.pop("title", "Kriisiplaan"), **fields))
    assert client.get("/materjal/kaart-1.txt").text.startswith(begins)
    [item] = json.loads(client.get("/materjal/kaart-1.csl.json").data)
    assert ("issued" in item) == bool(fields.get("published") or fields.get("starts"))
    assert ("author" in item) == bool(fields.get("authors"))


def test_of_many_authors_nineteen_and_the_last_are_named(client_of: ClientOf, card_of: CardOf) -> None:
    many = card_of(1, "Kriis", authors=tuple(f"Ants Tamm{'aeiou'[n % 5] * n}" for n in range(21)))
    said = client_of(many).get("/materjal/kaart-1.txt").text
    assert said.count(", A.") == 20
    assert ", … Tamm" in said


@pytest.mark.parametrize(
    ("fields", "types"),
    [
        ({"kind": "juhendmaterjal", "format": "pdf"}, ("report", "report", "RPRT")),
        ({"kind": "juhendmaterjal"}, ("webpage", "online", "ELEC")),
        ({"kind": "artikkel"}, ("webpage", "online", "ELEC")),
        ({"kind": "artikkel", "format": "pdf"}, ("article", "misc", "GEN")),
        ({"kind": "kogemuslugu"}, ("webpage", "online", "ELEC")),
        ({"kind": "teadusartikkel"}, ("report", "report", "RPRT")),
        ({"kind": "veebiettekanne"}, ("motion_picture", "video", "VIDEO")),
        ({"kind": "kogemuslugu", "format": "audio"}, ("song", "audio", "SOUND")),
        ({"kind": "toovihik", "format": "docx"}, ("pamphlet", "booklet", "PAMP")),
        ({"kind": "uudis"}, ("article-newspaper", "online", "NEWS")),
        ({"kind": "koolitus"}, ("webpage", "online", "ELEC")),
        ({"kind": "noustajad"}, ("webpage", "online", "ELEC")),
    ],
)
def test_each_kind_has_its_types_and_every_parser_takes_them(fields: dict[str, Any], types: tuple[str, ...]) -> None:
    cited = work(publisher="Päästeamet", published="2024", **fields)
    [entry] = bib_of(bibtex.write([cited])).entries.values()
    [record] = rispy.loads(ris.write([cited]))
    with_names = csl.item(cited)
    assert (with_names["type"], entry.type, record["type_of_reference"]) == types
    [said] = rendered(csl.write([cited]))
    assert "Kriisiplaan" in said


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Mari Mets", Name("Mets", "Mari")),
        ("Mets, Mari", Name("Mets", "Mari")),
        ("Mari-Liis von Tamm", Name("von Tamm", "Mari-Liis")),
        ("J. R. R. Tolkien", Name("Tolkien", "J. R. R.")),
        ("Лилия Иванова", Name("Иванова", "Лилия")),
        ("Tartu Ülikool", Name("Tartu Ülikool")),
        ("Eesti Külaliikumine Kodukant", Name("Eesti Külaliikumine Kodukant")),
        ("MTÜ Arenduskoda", Name("MTÜ Arenduskoda")),
        ("Kodukant", Name("Kodukant")),
        ("Võru vald", Name("Võru vald")),
        ("Ministeerium, osakond, büroo", Name("Ministeerium, osakond, büroo")),
        ("Kogukond 2030", Name("Kogukond 2030")),
        ("Mari And Mets", Name("Mari And Mets")),
    ],
)
def test_names_of_people_are_turned_and_those_of_organisations_stay(written: str, name: Name) -> None:
    assert name_of(written) == name


@given(
    title=st.text(min_size=1),
    author=st.text(min_size=1),
    publisher=st.text(),
    keyword=st.text(min_size=1),
    id_=st.text(min_size=1),
)
def test_no_text_breaks_out_of_its_field(title: str, author: str, publisher: str, keyword: str, id_: str) -> None:
    evil = work(id=id_, title=f"x{title}", authors=(author,), publisher=publisher, keywords=(keyword,))
    again = work(id="teine")
    data = bib_of(bibtex.write([evil, again]))
    assert list(data.entries) == [evil.key, again.key]
    assert plain(data.entries[evil.key].fields["title"]) == evil.title
    assert set(data.entries[again.key].fields) == {"title", "url", "urldate", "langid"}
    first, second = (record.splitlines() for record in ris.write([evil, again]).split("ER  - \r\n")[:2])
    assert [line[:6] for line in first if line.startswith(("TY", "TI", "PB"))].count("TY  - ") == 1
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in first + second)
    assert len(rispy.loads(ris.write([evil, again]))) == 2


def test_a_line_break_cannot_begin_another_field() -> None:
    evil = work(title="Kriis\r\nER  - \r\nTY  - BOOK\nAU  - Kuri, Kati", publisher="A\u2028PB  - B")
    [record] = rispy.loads(ris.write([evil]))
    assert record["title"] == "Kriis ER - TY - BOOK AU - Kuri, Kati"
    assert "authors" not in record
    assert record["publisher"] == "A PB - B"
    [entry] = bib_of(bibtex.write([evil])).entries.values()
    assert "author" not in entry.persons


@given(st.lists(st.text(min_size=1), min_size=2, max_size=5, unique=True))
def test_keys_are_as_different_as_ids_and_fit_into_bibtex(ids: list[str]) -> None:
    keys = [work(id=one).key for one in ids]
    assert len(set(keys)) == len(ids)
    assert all(re.fullmatch(r"aardekast:[A-Za-z0-9_-]+", key) for key in keys)


def test_an_address_that_nobody_can_open_gives_way_to_the_page_here() -> None:
    assert work(url="javascript:alert(1)").url == "https://aardekast.ee/materjal/kriis"


def test_a_selection_is_cited_in_the_order_of_its_ids(client: FlaskClient) -> None:
    answer = client.get("/viited.ris?id=kaart-4&id=kaart-1&id=kaart-4&id=eemaldatud")
    assert [entry["id"] for entry in rispy.loads(answer.text)] == ["aardekast:kaart-4", "aardekast:kaart-1"]
    assert client.get("/viited.ris?id=eemaldatud").status_code == 404


def test_a_selection_needs_ids_but_not_too_many(client: FlaskClient) -> None:
    for query in ("", "?id=", "?" + "&".join(f"id={n}" for n in range(101))):
        answer = client.get(f"/en/viited.bib{query}")
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
        assert answer.json is not None
        assert answer.json["detail"] == "Name one to 100 resources by the parameter id."


def test_a_search_is_cited_as_the_page_shows_it(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=kriis&sihtruhm=kogukond").json
    items = json.loads(client.get("/otsing.csl.json?q=kriis&sihtruhm=kogukond").data)
    assert found is not None
    assert [item["id"] for item in items] == [f"aardekast:{hit['id']}" for hit in found["hits"]] != []
    assert client.get("/otsing.bib?q=olematusõna").text == ""
    assert json.loads(client.get("/otsing.csl.json?q=olematusõna").data) == []


def test_a_long_search_is_cited_in_parts(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "A_PART", 10)
    address, keys = "/otsing.bib?q=talgud", []
    while address:
        answer = client.get(address)
        keys += list(bib_of(answer.text).entries)
        links = {
            rel: link for link, rel in re.findall(r'<http://localhost([^>]+)>; rel="(\w+)"', answer.headers["Link"])
        }
        address = links.get("next", "")
    assert len(keys) == len(set(keys)) == 23


@pytest.mark.parametrize("address", ["/materjal/ei-ole.bib", "/otsing.doc", "/viited.ris?id=x"])
def test_what_cannot_be_cited_is_not_found(address: str, client: FlaskClient) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_faults_are_problems_and_other_forms_are_refused(client: FlaskClient) -> None:
    assert client.post("/otsing.ris").mimetype == "application/problem+json"
    assert client.get("/materjal/kaart-1.bib", headers={"Accept": "text/html"}).status_code == 406
    assert client.get("/materjal/kaart-1.bib", headers={"Accept": "application/x-bibtex"}).status_code == 200
    assert "Access-Control-Allow-Methods" in client.options("/materjal/kaart-1.ris").headers
    assert tuple(FORMATS) == CITED_AS


def test_what_is_given_again_is_still_a_file_of_the_same_type(client: FlaskClient) -> None:
    first, again = (client.get("/materjal/kaart-1.bib") for _ in range(2))
    assert dict(first.headers) == dict(again.headers)
    assert first.headers["X-Robots-Tag"] == "noindex"


def test_pages_show_the_citation_and_lead_to_its_files(client: FlaskClient) -> None:
    page = client.get("/en/materjal/kaart-2").text
    assert "Päästeamet. (2014, May). <cite" in page
    for form in CITED_AS:
        assert f'href="/en/materjal/kaart-2.{form}"' in page
        assert client.get(f"/en/materjal/kaart-2.{form}").status_code == 200
    results = client.get("/otsing?q=kriis&sihtruhm=kov&leht=1").text
    for form in CITED_AS:
        assert f'href="/otsing.{form}?q=kriis&amp;sihtruhm=kov"' in results
    assert "/otsing.bib" not in client.get("/otsing?q=olematusõna").text


def rendered(items: str) -> list[str]:
    """The bibliography that citeproc-py makes of CSL-JSON, in the style that comes with it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that this style does not know
        source = CiteProcJSON(json.loads(items))
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for key in source:
            bibliography.register(Citation([CitationItem(key)]))
        return [str(entry) for entry in bibliography.bibliography()]
