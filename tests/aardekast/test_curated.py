"""The curators' files: every fault at once, with its place and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aardekast.curated import load_curated, load_vocabulary
from aardekast.curated.append import append_resource
from aardekast.curated.last_good import load_and_keep, vocabulary_in_force
from aardekast.errors import CuratedFileError
from aardekast.settings import Settings

GOOD = """\
# Meie allikad
sources:
  - id: kysk
    url: https://kysk.ee/
    publisher: KÜSK
resources:
  # esimene
  - url: https://kysk.ee/juhend
    title: Juhend
    kind: juhendmaterjal
    audience: [kogukond]
    topics: [kaasamine]   # teema
    published: 2023-05

# Tagasi võetud
withdrawn: []
"""
VOCABULARY = """\
audiences: {kogukond: {et: Kogukond}}
kinds: {juhendmaterjal: {et: Juhend}}
topics: {kaasamine: {et: Kaasamine}}
"""
Files = Callable[..., Settings]


@pytest.fixture
def files(tmp_path: Path, repository: Path) -> Files:
    def write(resources: str | bytes = GOOD, vocabulary: Path | str | None = None) -> Settings:
        path = tmp_path / "resources.yaml"
        path.write_bytes(resources if isinstance(resources, bytes) else resources.encode())
        words = repository / "vocabulary.yaml"
        if isinstance(vocabulary, str):
            words = tmp_path / "vocabulary.yaml"
            words.write_text(vocabulary, "utf-8")
        return Settings.load({}, home=tmp_path / "var", resources=path, vocabulary=words)

    return write


def faults_of(settings: Settings) -> list[str]:
    with pytest.raises(CuratedFileError) as caught:
        load_curated(settings)
    return [line.split("resources.yaml:")[-1] for line in str(caught.value).splitlines()]


def test_the_project_s_own_files_have_no_faults(repository: Path) -> None:
    settings = Settings.load({}, resources=repository / "resources.yaml", vocabulary=repository / "vocabulary.yaml")
    curated = load_curated(settings)
    assert (len(curated.sources), len(curated.resources)) == (44, 255)
    assert curated.vocabulary.topics["heaolu-polvkonnad"].label() == "Heaolu, tervis ja põlvkonnad"


@pytest.mark.parametrize(
    ("changed", "into", "line", "said"),
    [
        pytest.param("kaasamine", "kaasamne", 12, "did you mean 'kaasamine'?", id="unknown-topic"),
        pytest.param("juhendmaterjal", "kirjand", 10, "kind 'kirjand' is not in vocabulary.yaml", id="unknown-kind"),
        pytest.param("[kogukond]", "[kogukonnad]", 11, "did you mean 'kogukond'?", id="unknown-audience"),
        pytest.param("2023-05", "2023-13", 13, "write 2023, 2023-05 or 2023-05-17", id="bad-date"),
        pytest.param("2023-05", "mai 2023", 13, "is not a date", id="date-in-words"),
        pytest.param("2023-05", "2023-02-30", 13, "is not a date", id="impossible-day"),
        pytest.param("https://kysk.ee/juhend", "kysk.ee/juhend", 8, "does not start with http", id="bad-url"),
        pytest.param("    title: Juhend\n", "", 8, "'title' is missing; add a line", id="missing-field"),
        pytest.param("title:", "titel:", 9, "did you mean 'title'?", id="unknown-key"),
        pytest.param("    kind:", "\tkind:", 10, "starts with a tab", id="tab"),
        pytest.param("publisher: KÜSK", "publisher: [KÜSK]", 5, "publisher: must be text", id="list-for-text"),
        pytest.param("[kaasamine]", "kaasamine", 12, "topics: must be a list", id="text-for-list"),
        pytest.param("id: kysk", "id: KÜSK", 3, "may only have a-z", id="bad-id"),
        pytest.param("withdrawn: []", "withdrawn: [kysk]", 16, "does not start with http", id="bad-withdrawn"),
        pytest.param("resources:", "resource:", 6, "did you mean 'resources'?", id="unknown-section"),
        pytest.param("title: Juhend", 'title: "Juhend', 9, "is not YAML", id="open-quote"),
        pytest.param("title: Juhend", "title: Juhend\n    title: Teine", 10, "stands twice", id="key-twice"),
    ],
)
def test_a_fault_names_its_line_and_the_remedy(files: Files, changed: str, into: str, line: int, said: str) -> None:
    assert changed in GOOD
    faults = faults_of(files(GOOD.replace(changed, into, 1)))
    assert any(fault.startswith(f"{line}: ") and said in fault for fault in faults), faults


def test_all_faults_come_at_once(files: Files) -> None:
    broken = GOOD.replace("kaasamine", "kaasamne").replace("2023-05", "eile").replace("kysk.ee/juhend", "kysk.ee/a b")
    assert len(faults_of(files(broken))) == 3


def test_an_address_or_id_that_stands_twice_is_a_fault(files: Files) -> None:
    second = """\
  - id: kysk-juhend
    url: http://www.kysk.ee/juhend/?utm_source=x
    title: Sama
    kind: juhendmaterjal
    audience: [kogukond]
  - id: kysk-juhend
    url: https://kysk.ee/teine
    title: Teine
    kind: juhendmaterjal
    audience: [kogukond]
"""
    faults = faults_of(files(GOOD.replace("\n# Tagasi", second + "\n# Tagasi", 1)))
    assert "15: this address stands twice, first on line 8; keep one of them" in faults
    assert "19: id 'kysk-juhend' stands twice, first on line 14; choose another" in faults


def test_another_encoding_is_a_fault_with_its_line(files: Files) -> None:
    assert "5: is not UTF-8 here" in faults_of(files(GOOD.encode("windows-1257")))[0]


def test_the_name_of_the_built_in_source_is_taken(files: Files) -> None:
    assert "built-in source" in faults_of(files(GOOD.replace("id: kysk", "id: curated")))[0]


def test_a_faulty_vocabulary_is_reported_with_its_lines(files: Files) -> None:
    settings = files(vocabulary="audiences:\n  kov: {en: Local}\nkinds:\n  a: {et: A, words: 3}\nlisad: 1\n")
    with pytest.raises(CuratedFileError) as caught:
        load_vocabulary(settings)
    lines = [line.split("vocabulary.yaml:")[-1] for line in str(caught.value).splitlines()]
    assert [line.partition(":")[0] for line in lines] == ["1", "2", "4", "5"]


def test_a_comma_that_ends_a_label_early_is_noticed(files: Files, repository: Path) -> None:
    """In {et: Heaolu, tervis} YAML takes `tervis` for a key of its own."""
    text = (
        (repository / "vocabulary.yaml").read_text("utf-8").replace("'Heaolu, tervis ja põlvkonnad'", "Heaolu, tervis")
    )
    with pytest.raises(CuratedFileError, match="key 'tervis' is not known"):
        load_vocabulary(files(vocabulary=text))


def test_while_a_vocabulary_has_faults_the_last_good_one_is_used(files: Files, repository: Path) -> None:
    load_and_keep(files())
    broken = files(vocabulary="topics: [\n")
    assert "kaasamine" in vocabulary_in_force(broken).topics


def test_an_appended_entry_keeps_comments_and_order(files: Files) -> None:
    settings = files()
    entry = {"url": "https://kysk.ee/uus", "title": "Uus: juhend #2", "kind": "artikkel", "audience": ["kov"]}
    path = append_resource(settings, entry)
    text = path.read_text("utf-8")
    for line in GOOD.splitlines():
        assert line in text
    assert text.index("# esimene") < text.index("kysk.ee/uus") < text.index("# Tagasi võetud")
    assert [r.title for r in load_curated(settings).resources] == ["Juhend", "Uus: juhend #2"]


def test_an_appended_entry_keeps_the_line_ends_of_the_file(files: Files) -> None:
    settings = files(GOOD.replace("\n", "\r\n").encode())
    entry = {"url": "https://kysk.ee/uus", "title": "Uus", "kind": "artikkel", "audience": ["kov"]}
    written = append_resource(settings, entry).read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n")
    assert written.startswith(GOOD[:40].replace("\n", "\r\n").encode())


def test_a_faulty_entry_is_not_appended(files: Files) -> None:
    settings = files()
    entry = {"url": "https://kysk.ee/juhend/", "title": "Sama", "kind": "artikel", "audience": ["kov"]}
    with pytest.raises(CuratedFileError, match=r"resources\.yaml:14: this address stands twice") as caught:
        append_resource(settings, entry)
    assert "did you mean 'artikkel'?" in str(caught.value)
    assert settings.resources is not None
    assert settings.resources.read_text("utf-8") == GOOD
    assert [path.name for path in settings.resources.parent.iterdir()] == ["resources.yaml"]


def test_an_entry_can_be_appended_where_there_is_none_yet(files: Files) -> None:
    settings = files("sources: []\nresources: []\n")
    append_resource(settings, {"url": "https://a.ee/", "title": "A", "kind": "artikkel", "audience": ["kov"]})
    assert len(load_curated(settings).resources) == 1


def test_faults_of_both_files_come_at_once(files: Files) -> None:
    settings = files(GOOD.replace("https://kysk.ee/juhend", "kysk.ee"), vocabulary="topics: [\n")
    with pytest.raises(CuratedFileError) as caught:
        load_curated(settings)
    said = str(caught.value)
    assert "vocabulary.yaml:" in said
    assert "resources.yaml:8: url: 'kysk.ee' does not start" in said
    assert "is not in vocabulary.yaml" not in said


@pytest.mark.parametrize(
    ("changed", "into", "line"),
    [
        pytest.param("title: Juhend", "title Juhend", 9, id="no-colon"),
        pytest.param("title: Juhend", "title:Juhend", 9, id="no-space-after-the-colon"),
        pytest.param("title: Juhend", "title:", 9, id="nothing-after-the-colon"),
        pytest.param("title: Juhend", "title: Ju\x0bhend", 9, id="control-sign"),
    ],
)
def test_a_slip_is_named_on_its_own_line(files: Files, changed: str, into: str, line: int) -> None:
    faults = faults_of(files(GOOD.replace(changed, into, 1)))
    assert [fault.partition(":")[0] for fault in faults] == [str(line)], faults


def test_an_abbreviation_may_stand_for_several(files: Files) -> None:
    settings = files()
    assert load_curated(settings).vocabulary.abbreviations["KOV"] == ("kohalik omavalitsus", "omavalitsus")


def test_synonyms_are_groups_of_words_and_phrases(files: Files) -> None:
    settings = files(vocabulary=VOCABULARY + "synonyms:\n  - [üksildus, üksindus]\n  - [kaasav eelarve, бюджет]\n")
    expected = (("üksildus", "üksindus"), ("kaasav eelarve", "бюджет"))
    assert load_curated(settings).vocabulary.synonyms == expected


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        pytest.param("synonyms: {a: b}", "must be lines of '- [üksildus, üksindus]'", id="no-list"),
        pytest.param("synonyms:\n  - [üksildus]", "must hold at least two, each once", id="one"),
        pytest.param("synonyms:\n  - [üksildus, Üksildus]", "must hold at least two, each once", id="twice"),
        pytest.param("synonyms:\n  - [üksildus, 5]", "must hold words", id="no-word"),
        pytest.param("synonyms:\n  - üksildus", "must hold at least two, each once", id="no-group"),
    ],
)
def test_a_faulty_group_of_synonyms_is_named_with_its_line(files: Files, written: str, fault: str) -> None:
    with pytest.raises(CuratedFileError) as caught:
        load_curated(files(vocabulary=VOCABULARY + written + "\n"))
    line = VOCABULARY.count("\n") + written.count("\n") + 1
    assert f"vocabulary.yaml:{line}: " in str(caught.value)
    assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param("type: rss", "type: 'rss' is not allowed; use one of:", id="no-type"),
        pytest.param(
            "type: links\n    links: 'article >> a'", "links: 'article >> a' is not a CSS selector", id="selector"
        ),
        pytest.param(
            "type: links\n    links: 'a::text'", "links: 'a::text' is not a CSS selector", id="pseudo-element"
        ),
        pytest.param("links: 'article a'\n    type: feed", "links: is only read with 'type: links'", id="wrong-type"),
        pytest.param("links: 'article a'", "links: is only read with 'type: links'", id="no-type-beside-links"),
        pytest.param("type: links\n    next: 'a.next'", "next: is only read beside 'links'", id="next-alone"),
    ],
)
def test_what_a_source_cannot_be_is_said_with_the_remedy(files: Files, written: str, said: str) -> None:
    source = f"sources:\n  - id: kysk\n    url: https://kysk.ee/\n    publisher: KÜSK\n    {written}\n"
    faults = faults_of(files(source + GOOD.partition("sources:")[0]))
    assert len(faults) == 1
    assert said in faults[0]
