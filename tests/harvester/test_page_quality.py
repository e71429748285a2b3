"""What of a page is its text, what it declares of itself, and which pages are no material."""

from __future__ import annotations

import json

import pytest

from harvester.extraction.values import Extract, NoExtract, Raw
from harvester.extraction.worker import extract

TEXT = "".join(
    f"<p>Külaselts {what} ja kirjutab sellest igal sügisel valla lehes, et teised saaksid eeskuju võtta.</p>"
    for what in ("peab talguid", "korrastab randa", "õpetab noori", "kutsub naabreid", "hoiab varu", "ehitab kiige")
)


def read(html: str, url: str = "https://naide.ee/lugu/kriis/") -> Extract:
    found = extract(Raw(url=url, body=html.encode(), content_type="text/html"))
    assert isinstance(found, Extract), found
    return found


def page(inside: str = "", head: str = "", after: str = "") -> str:
    whole = f"<div class='site has-sidebar with-comments'><h1>Kriis</h1><div>{TEXT}{inside}</div>{after}</div>"
    return f"<html><head><title>Kriis</title>{head}</head><body class='single has-nav'>{whole}</body></html>"


@pytest.mark.parametrize(
    "aside",
    [
        pytest.param("<div class='cc'><p>Kasutame küpsiseid. Jätkates nõustud nendega.</p></div>", id="cookies"),
        pytest.param(
            "<div class='x'><b>Jaga seda:</b> <a href='#'>Facebook</a> <a href='#'>e-post</a></div>", id="share"
        ),
        pytest.param(
            "<div class='addtoany_share'><span>Saada edasi kõigile sõpradele</span></div>", id="share-by-name"
        ),
        pytest.param("<div><h3>Loe ka</h3><ul><li><a href='/a'>Kuidas rajada aed</a></li></ul></div>", id="related"),
        pytest.param("<h3>Seotud lood</h3><ul><li><a href='/a'>Kuidas rajada aed</a></li></ul>", id="related-flat"),
        pytest.param("<p><em>Loe ka: <a href='/a'>Kuidas rajada kogukonnaaed</a></em></p>", id="related-line"),
        pytest.param("<div id='comments'><p>Mina küll sellega nõus ei ole.</p></div>", id="comments"),
        pytest.param("<div><h2>3 kommentaari</h2><p>Mina küll sellega nõus ei ole.</p></div>", id="comments-by-label"),
        pytest.param("<div class='newsletter-box'><p>Kord kuus kiri sinu postkasti.</p></div>", id="newsletter"),
        pytest.param("<span class='screen-reader-text'>Avaneb uues aknas lehe kohal</span>", id="unseen"),
        pytest.param("<div><p>Sildid: <a href='/t'>talgud</a></p></div>", id="tags"),
    ],
)
def test_what_stands_beside_the_text_is_not_text(aside: str) -> None:
    assert read(page(aside)).text == read(page()).text
    assert read(page(after=aside)).text == read(page()).text


@pytest.mark.parametrize(
    "own",
    [
        pytest.param("<details><summary>Kes aitab</summary><p>Naaber aitab alati</p></details>", id="details"),
        pytest.param("<div class='tab' style='display:none'><p>Naaber aitab alati</p></div>", id="closed-accordion"),
        pytest.param("<h3><button>Kes aitab</button></h3><div>Naaber aitab alati</div>", id="button-accordion"),
        pytest.param("<figure><img><figcaption>Naaber aitab alati</figcaption></figure>", id="caption"),
        pytest.param("<ul><li>Naaber aitab alati</li><li>vett</li></ul>", id="list"),
        pytest.param("<p>Seotud naaber aitab alati hoida küla koos.</p>", id="begins-like-a-label"),
        pytest.param("<p>Jaga oma lugu naabriga, naaber aitab alati.</p>", id="sentence-on-sharing"),
        pytest.param(
            "<h2>Vaata ka</h2><p>Naaber aitab alati, kui küsida õigel ajal ja sõbralikult.</p>", id="see-also"
        ),
    ],
)
def test_what_belongs_to_the_text_stays(own: str) -> None:
    assert "aber aitab alati" in read(page(f"{own}{TEXT}")).text


@pytest.mark.parametrize(
    "heading",
    [
        "<h2 id='abi'>Kes<br>aitab</h2>",
        "<h2 class='accordion-header'><button id='abi' aria-controls='x'>Kes aitab</button></h2>",
        "<h2><a name='abi'></a>Kes aitab</h2>",
        "<section id='abi'><h2>Kes aitab</h2></section>",
    ],
)
def test_a_heading_is_a_passage_with_its_anchor(heading: str) -> None:
    found = read(page(f"{heading}<p>Naaber aitab alati, kui küsida.</p>{TEXT}"))
    assert [(passage.heading, passage.fragment) for passage in found.passages] == [("Kes aitab", "#abi")]
    assert found.text[found.passages[0].offset :].startswith("Kes aitab\nNaaber")


def test_a_name_that_is_around_everything_takes_nothing_out() -> None:
    html = f"<html><head><title>Kriis</title></head><body><div class='sidebar menu related'>{TEXT}</div></body></html>"
    assert "ehitab kiige" in read(html).text


def test_the_line_below_the_title_is_no_text() -> None:
    by = "<p>12. märts 2024</p><p>Autor: Mari Tamm</p><p>Vaatamisi: 311</p>"
    html = f"<html><head><title>Kriis</title></head><body><article><h1>Kriis</h1>{by}{TEXT}</article></body></html>"
    assert read(html).text.splitlines()[:2] == ["Kriis", read(page()).text.splitlines()[1]]


def teasers(
    count: int, item: str = "<h2><a href='/uudis/{n}'>Uudis number {n}</a></h2><p>Lühike tutvustus {n}.</p>"
) -> str:
    return "".join(f"<div class='item post-{n}'>{item.format(n=n)}</div>" for n in range(count))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<main><h1>Uudised</h1>{teasers(5)}</main>", id="headings"),
        pytest.param(
            f"<main>{teasers(6, '<span>3. mai</span> <a href=/u/{n}>Uudis {n}</a>')}</main>", id="dates-first"
        ),
        pytest.param(
            "<main>"
            + "".join(f"<article><h2><a href='/p/{n}'>P {n}</a></h2>{TEXT}</article>" for n in range(4))
            + "</main>",
            id="whole-posts",
        ),
    ],
)
def test_a_page_that_lists_others_is_no_material(body: str) -> None:
    html = f"<html><head><title>Uudised</title></head><body>{body}</body></html>"
    assert extract(Raw(url="https://naide.ee/uudised/", body=html.encode(), content_type="text/html")) == NoExtract(
        reason="listing page"
    )


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<h1>Kriis</h1>{TEXT}{TEXT}<h2>Uudised</h2>{teasers(5)}", id="teasers-below-a-text"),
        pytest.param(
            "<h1>Dokumendid</h1>"
            + teasers(
                8, "<a href='/f/{n}.pdf'>Üldkoosoleku protokoll {n}</a><p>Kinnitatud üldkoosolekul number {n}.</p>"
            ),
            id="files",
        ),
        pytest.param(
            "<h1>Kasulikku</h1>"
            + teasers(8, "<a href='https://muu{n}.ee/'>Leht {n}</a><p>Siit leiab nõu number {n}.</p>"),
            id="other-sites",
        ),
        pytest.param(
            f"<h1>Küsimused</h1>{teasers(8, '<a href=#k{n}>Kas {n} sobib?</a><p>Jah, number {n} sobib.</p>')}", id="faq"
        ),
    ],
)
def test_a_page_with_links_of_another_sort_is_material(body: str) -> None:
    assert read(f"<html><head><title>Kriis</title></head><body><main>{body}</main></body></html>")


def json_ld(*nodes: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(list(nodes) if len(nodes) > 1 else nodes[0])}</script>"


EVENT = {
    "@type": "Event",
    "name": "Kriis",
    "startDate": "2026-09-17T10:00:00+03:00",
    "endDate": "2026-09-18",
    "location": {"@type": "Place", "name": "Kultuurikeskus", "address": {"addressLocality": "Paide"}},
}


def test_an_event_says_when_and_where() -> None:
    found = read(page(head=json_ld(EVENT)))
    assert (found.starts, found.ends, found.place) == ("2026-09-17", "2026-09-18", "Kultuurikeskus, Paide")
    assert found.kind == "koolitus"


@pytest.mark.parametrize(
    "nodes",
    [
        pytest.param([{**EVENT, "name": "Talgud"}], id="another-event"),
        pytest.param([EVENT, {**EVENT, "startDate": "2027-01-01"}], id="several"),
    ],
)
def test_the_event_of_another_page_is_not_this_one(nodes: list[object]) -> None:
    found = read(page(head=json_ld(*nodes)))
    assert (found.starts, found.place, found.kind) == (None, None, None)


def test_an_article_declares_author_date_licence_and_kind() -> None:
    article = {
        "@type": "NewsArticle",
        "headline": "Kriis",
        "datePublished": "2024-02-03T10:00:00",
        "dateModified": "2025-01-01",
        "author": [{"@type": "Person", "name": "Mari Tamm"}, {"@type": "Organization", "name": "Küla Leht OÜ"}],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "description": "Kuidas &amp; <b>miks</b>",
    }
    found = read(page(head=json_ld({"@graph": [{"@type": "WebSite", "name": "Küla Leht"}, article]})))
    assert (found.authors, found.published, found.kind) == (("Mari Tamm",), "2024-02-03", "uudis")
    assert (found.licence, found.description) == ("https://creativecommons.org/licenses/by/4.0/", "Kuidas & miks")


def test_citation_and_dublin_core_are_read() -> None:
    head = (
        "<meta name='citation_title' content='Kriis'><meta name='citation_author' content='Mari Mets'>"
        "<meta name='citation_author' content='Jaan Kuusk'><meta name='citation_publication_date' content='2025/12/05'>"
        "<meta name='DC.rights' content='CC BY 4.0'><meta name='DC.language' content='et'>"
    )
    found = read(page(head=head))
    assert (found.authors, found.published) == (("Mari Mets", "Jaan Kuusk"), "2025-12-05")
    assert (found.licence, found.language) == ("CC BY 4.0", "et")


@pytest.mark.parametrize(
    "bad", ["{", '{"@graph": 1}', "[[[[]]]]", '{"@type": [null], "name": {"a": []}}', '"x"', "[" * 5000]
)
def test_bad_json_costs_itself(bad: str) -> None:
    assert read(page(head=f"<script type='application/ld+json'>{bad}</script>")).title == "Kriis"


def test_one_declared_title_for_all_pages_is_not_believed() -> None:
    assert read(page(head="<meta property='og:title' content='Metsaküla Selts'>")).title == "Kriis"
