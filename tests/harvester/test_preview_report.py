"""A preview as curators read it."""

from __future__ import annotations

from dataclasses import replace

from harvester.preview_report import preview_lines
from harvester.summary import Preview, PreviewedPage, PreviewedSource, Tag

URL = "https://kysk.ee/"
GUIDE = PreviewedPage(
    url="https://kysk.ee/kriis",
    title="Kriisiplaan",
    language="et",
    format="html",
    words=120,
    tags=(
        Tag(field="kind", value="uudis", because=("the entry 'kysk' says so",)),
        Tag(field="topic", value="kriisivalmidus", because=("kriisiplaan", "varumine")),
    ),
    passages=tuple(f"{n}. samm" for n in range(1, 11)),
    start="Plaan on\nlihtne",
)
SOURCE = PreviewedSource(
    type="wordpress",
    url=URL,
    why="The site runs on WordPress.",
    listed=12,
    is_whole=True,
    samples=(GUIDE, PreviewedPage(url="https://kysk.ee/tyhi", reason="empty page")),
)


def test_it_says_what_would_come_in_tagged_how_and_why() -> None:
    assert list(preview_lines(Preview(url=URL, source=SOURCE, page=GUIDE))) == [
        "https://kysk.ee/",
        "",
        "AS A SOURCE",
        "  type: wordpress. The site runs on WordPress.",
        "  list: https://kysk.ee/",
        "  Every post and page would be visited, with its exact date and its categories. That is 12 pages.",
        "",
        "  The first that would come in:",
        "  1. Kriisiplaan",
        "     https://kysk.ee/kriis",
        "     date unknown, language et, html, 120 words",
        "     kind uudis, because of: the entry 'kysk' says so",
        "     topic kriisivalmidus, because of: kriisiplaan, varumine",
        "  not taken: https://kysk.ee/tyhi: empty page",
        "",
        "  To have it harvested, write below 'sources:' in resources.yaml (docs/sources.md has all fields):",
        "    - id: a-short-name",
        "      url: https://kysk.ee/",
        "      publisher: who publishes it",
        "",
        "AS A SINGLE MATERIAL",
        "  title: Kriisiplaan",
        "  published: unknown: the page does not say",
        "  language: et",
        "  kind: unknown: write it in the entry",
        "  authors: unknown",
        "  length: html, 120 words",
        "  kind uudis, because of: the entry 'kysk' says so",
        "  topic kriisivalmidus, because of: kriisiplaan, varumine",
        "  passages with links of their own: 1. samm; 2. samm; 3. samm; 4. samm; 5. samm; 6. samm; 7. samm; 8. samm"
        " and 2 more",
        "",
        "  It begins:",
        "  Plaan on",
        "  lihtne",
        "",
        "  To add this one material (--help names all that can be said of it):",
        "    aardekast add 'https://kysk.ee/' --kind KIND --audience AUDIENCE",
        "",
        "Nothing was kept.",
    ]


def test_an_event_says_when_and_where_it_is_held() -> None:
    camp = replace(GUIDE, starts="2027-05-08", ends="2027-05-09", place="Seltsimaja, Loodna", kind="koolitus")
    listed = list(preview_lines(Preview(url=URL, source=replace(SOURCE, samples=(camp,)))))
    assert "     held 2027-05-08 to 2027-05-09, Seltsimaja, Loodna, language et, html, 120 words" in listed
    assert "  held: 2027-05-08 to 2027-05-09, Seltsimaja, Loodna" in preview_lines(
        Preview(url=URL, source=SOURCE, page=camp)
    )


def test_a_list_without_an_end_is_counted_as_far_as_it_was_read() -> None:
    lines = "\n".join(preview_lines(Preview(url=URL, source=replace(SOURCE, type="links", is_whole=False))))
    assert "That is 12 pages at least." in lines
    assert "AS A SINGLE MATERIAL: no, the address is a list." in lines


def test_what_stands_in_the_file_already_is_not_to_be_written_again() -> None:
    lines = "\n".join(preview_lines(Preview(url=URL, source=replace(SOURCE, entry="kysk"))))
    assert "To have it harvested" not in lines


def test_an_address_that_lists_itself_alone_is_a_material_and_no_source() -> None:
    alone = replace(SOURCE, type="sitemap", listed=1, samples=(GUIDE,))
    lines = "\n".join(preview_lines(Preview(url=GUIDE.url, source=alone, page=GUIDE)))
    assert "That is 1 page." in lines
    assert "To have it harvested" not in lines
    assert f"aardekast add '{GUIDE.url}'" in lines


def test_what_would_not_come_in_says_why() -> None:
    page = PreviewedPage(url=URL, reason="404 not found")
    lines = list(preview_lines(Preview(url=URL, source=PreviewedSource(fault="host does not answer"), page=page)))
    assert "AS A SOURCE: nothing would come in: host does not answer" in lines
    assert "AS A SINGLE MATERIAL: it would not be taken: 404 not found" in lines
