"""What pages declare in JSON-LD and microdata, as real plug-ins and themes write it, and what is made of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import fromstring

from harvester.extraction import json_ld, microdata
from harvester.extraction.structured import Declared, declared, listed_events
from harvester.extraction.values import CANCELLED, Extract, NoExtract, Raw
from harvester.extraction.worker import extract
from harvester.preview_report import preview_lines
from harvester.summary import Preview, PreviewedPage, PreviewedSource

TEXT = "".join(
    f"<p>Külaselts peab {n}. korda talguid ja kirjutab sellest valla lehes igal sügisel.</p>" for n in range(8)
)
OTHER = "<p>Rannaküla kutsub kõiki suvitajaid kaevu puhastama, kiike parandama ja õhtul ühise laua taha sööma.</p>" * 3


def ld(*things: object) -> str:
    texts = (thing if isinstance(thing, str) else json.dumps(thing, ensure_ascii=False) for thing in things)
    return "".join(f'<script type="application/ld+json">{text}</script>' for text in texts)


def page(head: str = "", body: str = "", title: str = "Talgud", text: str = TEXT) -> str:
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}{text}</body></html>"


def said(head: str = "", body: str = "") -> Declared:
    return declared(fromstring(page(head, body)))


def read(html: str) -> Extract | NoExtract:
    return extract(Raw(url="https://naide.ee/sundmus/talgud/", body=html.encode(), content_type="text/html"))


ARTICLE = '{"@type": "Article", "headline": "Talgud", "author": {"name": "Mari Tamm"}, "description": "Nii me teeme"}'


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(ARTICLE, id="as-it-should-be"),
        pytest.param(ARTICLE.replace("}}", "},}").replace('teeme"}', 'teeme",}'), id="trailing-commas"),
        pytest.param(f"/* Yoast */\n// all of it\n{ARTICLE}", id="comments"),
        pytest.param(f"//<![CDATA[\n{ARTICLE}\n//]]>", id="cdata"),
        pytest.param(f"<!--\n{ARTICLE}\n-->", id="html-comment"),
        pytest.param(f"{ARTICLE};", id="semicolon"),
        pytest.param(ARTICLE.replace('"', "&quot;"), id="entities"),
        pytest.param(ARTICLE.replace('"', "”"), id="typographic-quotes"),
        pytest.param(ARTICLE.replace("Nii me teeme", "Nii me\n teeme"), id="line-break-in-a-string"),
        pytest.param(ARTICLE.replace("Nii me teeme", "Nii \\me teeme"), id="odd-escape"),
        pytest.param(f'{{"@type": "WebSite", "name": "Küla"}}\n{ARTICLE}', id="two-in-a-row"),
        pytest.param(f"{ARTICLE}\n{{katki", id="a-broken-one-behind"),
        pytest.param(f'[{{"@type": "WebSite"}}, [{ARTICLE}]]', id="lists"),
        pytest.param(f'{{"@context": "https://schema.org", "@graph": [{{"@graph": [{ARTICLE}]}}]}}', id="graphs"),
        pytest.param(f'{{"@type": "WebPage", "name": "Talgud", "mainEntity": {ARTICLE}}}', id="main-entity"),
        pytest.param(
            ARTICLE.replace('"Article"', '["CreativeWork", "https://schema.org/Article"]'), id="several-types"
        ),
    ],
)
def test_json_ld_is_read_as_plug_ins_write_it(script: str) -> None:
    found = said(ld(script))
    assert (found.titles[0], found.authors, found.description) == ("Talgud", ("Mari Tamm",), "Nii me teeme")


@pytest.mark.parametrize("type_", ["application/ld+json", "Application/LD+JSON", "application/ld+json; charset=UTF-8"])
def test_the_type_of_the_script_may_be_written_in_any_way(type_: str) -> None:
    assert said(f'<script type="{type_}">{ARTICLE}</script>').authors == ("Mari Tamm",)


def test_what_is_named_by_an_id_is_found_in_the_graph() -> None:
    """As Yoast writes it."""
    graph = [
        {"@type": "Article", "headline": "Talgud", "author": {"@id": "#mari"}, "publisher": {"@id": "#selts"}},
        {"@type": "Person", "@id": "#mari", "name": "Mari Tamm"},
        {"@type": "Organization", "@id": "#selts", "name": "Loodna Külaselts"},
    ]
    found = said(ld({"@graph": graph}))
    assert (found.authors, found.publisher) == (("Mari Tamm",), "Loodna Külaselts")


def test_an_address_in_a_string_is_no_comment() -> None:
    script = '{"@type": "Article", "license": "https://x.ee/litsents", /* jah */ "keywords": "a//b, c"}'
    found = said(ld(script))
    assert (found.licence, found.keywords) == ("https://x.ee/litsents", ("a//b", "c"))


def test_a_learning_resource_says_what_it_is_and_for_whom() -> None:
    resource = {
        "@type": ["LearningResource", "CreativeWork"],
        "name": "Talgud",
        "learningResourceType": ["https://w3id.org/kim/hcrt/worksheet"],
        "audience": [
            {"@type": "EducationalAudience", "educationalRole": "Local government"},
            {"@type": "Audience", "audienceType": "Kogukond; õpetajad"},
        ],
        "keywords": [{"@type": "DefinedTerm", "name": "talgud"}, "naabrid"],
        "datePublished": "2024-02",
        "dateModified": "2025-09-09",
        "inLanguage": {"@type": "Language", "name": "Estonian", "alternateName": "et"},
        "abstract": "Lühidalt",
    }
    found = said(ld(resource))
    assert (found.kind, found.likely_kind, found.audiences) == (None, "toovihik", ("kov", "kogukond"))
    assert (found.keywords, found.published, found.language) == (("talgud", "naabrid"), ("2024-02",), "et")
    assert found.description == "Lühidalt"


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("Event", "koolitus"),
        ("SocialEvent", "koolitus"),
        ("Festival", "koolitus"),
        ("Course", "koolitus"),
        ("http://schema.org/ScholarlyArticle", "teadusartikkel"),
        ("schema:VideoObject", "veebiettekanne"),
        ("HowTo", "juhendmaterjal"),
        ("Book", None),
        ("PublicationEvent", None),
    ],
)
def test_the_type_says_the_kind(type_: str, kind: str | None) -> None:
    assert said(ld({"@type": type_, "name": "Talgud"})).kind == kind


def event(**fields: object) -> dict[str, object]:
    return {"@type": "Event", "name": "Talgud", "startDate": "2027-05-08T10:00:00+03:00", **fields}


PLACE = {"@type": "Place", "name": "Seltsimaja", "address": {"@type": "PostalAddress", "addressLocality": "Loodna"}}
ONLINE = {"@type": "VirtualLocation", "url": "https://zoom.us/j/1"}


@pytest.mark.parametrize(
    ("location", "place"),
    [
        pytest.param(PLACE, "Seltsimaja, Loodna", id="place"),
        pytest.param("Loodna mõis", "Loodna mõis", id="string"),
        pytest.param(
            {"@type": "Place", "name": "Loodna seltsimaja", "address": "Loodna"}, "Loodna seltsimaja", id="town"
        ),
        pytest.param(
            {"@type": "Place", "address": {"streetAddress": "Pikk 1", "addressLocality": "Paide"}},
            "Pikk 1, Paide",
            id="address-alone",
        ),
        pytest.param({"@type": "PostalAddress", "addressLocality": "Paide"}, "Paide", id="no-place-around-it"),
        pytest.param(ONLINE, None, id="web"),
        pytest.param([ONLINE, PLACE], "Seltsimaja, Loodna", id="both"),
        pytest.param("https://zoom.us/j/1", None, id="address-of-a-meeting"),
        pytest.param([], None, id="none"),
    ],
)
def test_a_place_is_a_place_however_it_is_written(location: object, place: str | None) -> None:
    assert said(ld(event(location=location))).event.place == place


def test_what_is_held_on_the_web_has_no_place() -> None:
    online = event(location=PLACE, eventAttendanceMode="https://schema.org/OnlineEventAttendanceMode")
    assert said(ld(online)).event.place is None


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        pytest.param({"endDate": "2027-05-09"}, ("2027-05-08", "2027-05-09"), id="two-days"),
        pytest.param({"endDate": "2027-05-01"}, ("2027-05-08", None), id="ends-before-it-begins"),
        pytest.param({"startDate": "8.5.2027"}, ("2027-05-08", None), id="estonian-spelling"),
        pytest.param({"startDate": "2027-13-45"}, (None, None), id="no-such-day"),
        pytest.param({"startDate": "kevadel"}, (None, None), id="words"),
        pytest.param({"eventStatus": "https://schema.org/EventPostponed"}, (None, None), id="put-off"),
        pytest.param({"eventStatus": "EventRescheduled"}, ("2027-05-08", None), id="moved"),
    ],
)
def test_an_event_says_its_days(fields: dict[str, object], days: tuple[str | None, str | None]) -> None:
    found = said(ld(event(**fields))).event
    assert (found.starts, found.ends) == days


def test_a_course_is_held_from_its_first_time_to_its_last() -> None:
    times = [
        {"@type": "CourseInstance", "startDate": "2027-03-01", "endDate": "2027-03-05", "location": PLACE},
        {"@type": "CourseInstance", "startDate": "2027-01-11"},
        {"@type": "CourseInstance", "startDate": "2028-01-11", "eventStatus": "https://schema.org/EventCancelled"},
    ]
    found = said(ld({"@type": "Course", "name": "Talgud", "hasCourseInstance": times})).event
    assert (found.starts, found.ends, found.place) == ("2027-01-11", "2027-03-05", "Seltsimaja, Loodna")


@pytest.mark.parametrize("status", ["https://schema.org/EventCancelled", "EventCancelled", {"@id": "EventCancelled"}])
def test_a_cancelled_event_is_no_material(status: object) -> None:
    assert read(page(ld(event(eventStatus=status)))) == NoExtract(reason=CANCELLED)


def test_of_several_the_one_that_is_called_as_the_page_is_counts() -> None:
    """As calendars list what comes next below an event."""
    found = said(ld(event(), event(name="Kevadlaat", startDate="2027-06-01"), event(name="Talgud ja laat")))
    assert (found.event.starts, found.kind) == ("2027-05-08", "koolitus")


def test_what_two_plug_ins_say_of_one_thing_is_taken_together() -> None:
    one = {"@type": "Article", "headline": "Talgud", "datePublished": "2024-02-03"}
    other = {"@type": "BlogPosting", "headline": "Talgud", "author": {"name": "Mari Tamm"}}
    found = said(ld(one, other))
    assert (found.published, found.authors) == (("2024-02-03",), ("Mari Tamm",))


MICRODATA_EVENT = """<div itemscope itemtype="https://schema.org/SocialEvent" itemref="koht muu">
<a itemprop="url" href="/talgud"><span itemprop="name">Talgud</span></a>
<time itemprop="startDate" datetime="2027-05-08T10:00">8. mai</time><meta itemprop="endDate" content="2027-05-09">
<div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><span itemprop="name">Pilet</span></div>
<link itemprop="eventStatus" href="https://schema.org/EventScheduled"></div>
<p id="koht"><span itemprop="location" itemscope itemtype="https://schema.org/Place">
<a itemprop="name" href="/maja">Seltsimaja</a>
<span itemprop="address" itemscope><span itemprop="addressLocality">Loodna</span></span></span></p>"""


def test_microdata_of_an_event_are_read() -> None:
    found = said(body=MICRODATA_EVENT)
    assert (found.event.starts, found.event.ends, found.event.place) == (
        "2027-05-08",
        "2027-05-09",
        "Seltsimaja, Loodna",
    )
    assert (found.kind, found.titles[0]) == ("koolitus", "Talgud")


def test_a_post_as_themes_mark_it_up_is_read_and_its_comments_are_not() -> None:
    comment = (
        '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><b itemprop="name">Talgud</b></div>'
    )
    post = (
        '<article itemprop="blogPost" itemscope itemtype="https://schema.org/BlogPosting">'
        '<h2 itemprop="headline">Talgud</h2><time itemprop="datePublished" datetime="2024-02-03"></time>'
        '<span itemprop="author" itemscope><a itemprop="name" href="/m">Mari Tamm</a>'
        f'</span><div itemprop="articleBody">Palju</div>{comment}</article>'
    )
    body = f'<main itemscope itemtype="https://schema.org/Blog"><span itemprop="name">Küla blogi</span>{post}</main>'
    found = said(body=body)
    assert (found.authors, found.published, found.kind) == (("Mari Tamm",), ("2024-02-03",), None)


def test_json_ld_goes_before_microdata_and_microdata_before_the_metas() -> None:
    meta = "<meta property='og:description' content='Metast'>"
    article = '<div itemscope itemtype="http://schema.org/Article"><b itemprop="description">Märgendist</b></div>'
    assert said(meta + ld({"@type": "Article", "description": "Skriptist"}), article).description == "Skriptist"
    assert said(meta, article).description == "Märgendist"
    assert said(meta).description == "Metast"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            '<div itemscope id="a" itemref="a b"><p itemprop="x" itemscope itemref="a" id="b"></p></div>', id="circle"
        ),
        pytest.param("<div itemscope itemprop='x'>" * 60, id="deep"),
        pytest.param('<div itemscope itemref="pole"><b itemprop="">x</b></div>', id="nothing-there"),
    ],
)
def test_odd_microdata_end_and_cost_nothing_else(body: str) -> None:
    assert said(ld(ARTICLE), body).authors == ("Mari Tamm",)


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('{}[]",:\\/*@<>!-\n &;quotypeEvnt'), max_size=200))
def test_no_script_makes_its_reader_raise(script: str) -> None:
    assert isinstance(json_ld.read(script), list)


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "@type",
                        "name",
                        "location",
                        "startDate",
                        "author",
                        "audience",
                        "eventStatus",
                        "hasCourseInstance",
                        "keywords",
                        "address",
                        "@graph",
                        "license",
                    ]
                ),
                inner,
                max_size=6,
            )
        ),
    )
)
def test_no_shape_of_values_makes_a_page_unreadable(value: Any) -> None:
    things = {"@type": "Event", "name": "Talgud", "startDate": value, "location": value, "author": value}
    assert said(
        ld(value, things, {"@type": "Course", "hasCourseInstance": value, "audience": value, "keywords": value})
    )


def test_dublin_core_of_repositories_is_read() -> None:
    head = (
        "<meta name='citation_keywords' content='küla; talgud'><meta name='DC.subject' content='naabrid'>"
        "<meta name='citation_publisher' content='Tartu Ülikool'>"
    )
    found = said(head)
    assert (found.keywords, found.publisher) == (("küla", "talgud", "naabrid"), "Tartu Ülikool")


def test_the_events_of_a_list_are_known_by_their_addresses() -> None:
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": event(url="/sundmus/1")}]}
    html = page(
        ld([listed, event(url="https://naide.ee/sundmus/2"), {"@type": "Article", "url": "/lugu"}]), MICRODATA_EVENT
    )
    assert sorted(listed_events(fromstring(html))) == ["/sundmus/1", "/talgud", "https://naide.ee/sundmus/2"]


def test_microdata_and_json_ld_have_one_shape() -> None:
    written = {"@type": ["https://schema.org/Article"], "headline": "Talgud", "keywords": ["a", "b"]}
    marked = (
        '<div itemscope itemtype="https://schema.org/Article"><b itemprop="headline">Talgud</b>'
        '<i itemprop="keywords">a</i><i itemprop="keywords">b</i></div>'
    )
    assert (
        microdata.nodes_of(fromstring(page(body=marked)))
        == json_ld.nodes_of(fromstring(page(ld(written))))
        == [written]
    )


def test_a_calendar_that_only_programs_can_read_is_followed_and_its_events_become_resources(
    make_site: Callable[..., Any], make_home: Callable[..., Any], yaml: Any
) -> None:
    site = make_site("bare")
    known = [event(name=f"Talgud {n}", url=f"/sundmused/{n}/", location=PLACE) for n in (1, 2)]
    elsewhere = event(name="Laat", url="http://127.0.0.9:9/laat")
    calendar = page(ld([*known, elsewhere, event(name="Ilma leheta")]), title="Sündmused")
    site.changed |= {
        "/sundmused/": calendar.encode(),
        "/sundmused/1/": page(ld(known[0]), title="Talgud 1").encode(),
        "/sundmused/2/": page(ld(known[1]), title="Talgud 2", text=OTHER).encode(),
    }
    home = make_home(
        yaml.file([yaml.source("kalender", f"{site.base}/sundmused/", type="links", exclude=["re:/sundmused/$"])])
    )
    home.harvest(source_ids=["kalender"])
    found = home.resources()
    assert {path: (r.kind, r.starts, r.place) for path, r in found.items()} == {
        f"/sundmused/{n}/": ("koolitus", "2027-05-08", "Seltsimaja, Loodna") for n in (1, 2)
    }
    site.changed["/sundmused/1/"] = page(ld(event(eventStatus="EventCancelled")), title="Talgud").encode()
    home.harvest(source_ids=["kalender"])
    assert list(home.resources()) == ["/sundmused/2/"], "what is not held is shown no longer"
    assert home.reasons("kalender") == {"/sundmused/1/": ("rejected", CANCELLED)}
    site.changed["/sundmused/1/"] = page(ld(event()), title="Talgud").encode()
    home.harvest(source_ids=["kalender"])
    assert sorted(home.resources()) == ["/sundmused/1/", "/sundmused/2/"], "held after all"
    for n in (1, 2):
        cancelled = event(name=f"Talgud {n}", eventStatus="EventCancelled")
        site.changed[f"/sundmused/{n}/"] = page(ld(cancelled), title=f"Talgud {n}").encode()
    home.harvest(source_ids=["kalender"])
    assert (home.run_of("kalender")["fault"], home.resources()) == (None, {}), "no fault of the source, however many"


def test_what_a_page_says_of_kind_and_audience_counts_where_the_source_is_silent(
    make_site: Callable[..., Any], make_home: Callable[..., Any], yaml: Any
) -> None:
    site = make_site("bare")
    resource = {
        "@type": "LearningResource",
        "name": "Talgud",
        "learningResourceType": "handbook",
        "audience": {"audienceType": "local government"},
        "publisher": {"name": "Keegi muu"},
        "keywords": "talgud",
    }
    site.changed["/talgud/"] = page(ld(resource)).encode()
    site.changed["/a.xml"] = site.changed["/b.xml"] = (
        f"<urlset><url><loc>{site.base}/talgud/</loc></url></urlset>".encode()
    )
    for fields, expected in (
        ({}, ("juhendmaterjal", ("kov",))),
        ({"kind": "artikkel", "audience": ["kogukond"]}, ("artikkel", ("kogukond",))),
    ):
        home = make_home(yaml.file([yaml.source("juhend", f"{site.base}/a.xml", type="sitemap", **fields)]))
        home.harvest(source_ids=["juhend"])
        found = home.resources()["/talgud/"]
        assert (found.kind, found.audiences) == expected
        assert (found.publisher, found.keywords) == ("Näidisküla Selts", ("talgud",))


def test_a_preview_proposes_the_publisher_that_the_pages_name() -> None:
    taken = PreviewedPage(url="https://naide.ee/talgud", title="Talgud", publisher="Loodna Külaselts")
    source = PreviewedSource(type="sitemap", url="https://naide.ee/sitemap.xml", listed=1, samples=(taken,))
    assert "      publisher: Loodna Külaselts" in preview_lines(Preview(url="https://naide.ee/", source=source))


_IDS = " ".join(f"i{n}" for n in range(30))
_MUTUAL = "".join(f"<div id=i{n} itemscope itemprop=x itemref='{_IDS}'></div>" for n in range(30))


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param(page(ld('{"a":1 ' + '\\"' * 30_000)), id="strings-without-end"),
        pytest.param(page(ld('{"a":1 ' + "/* " * 30_000)), id="comments-without-end"),
        pytest.param(page(ld("1 " * 200_000)), id="values-in-a-row"),
        pytest.param(page(body=f"<div itemscope itemref='{_IDS}'></div>{_MUTUAL}"), id="items-that-name-each-other"),
        pytest.param(page(body=f"<p id=z>x</p><div itemscope itemref='{'z ' * 30_000}'></div>" * 100), id="references"),
    ],
)
def test_no_page_keeps_all_sources_waiting_while_it_is_looked_at_for_events(markup: str) -> None:
    assert listed_events(fromstring(markup)) == []  # without limits each takes hours
