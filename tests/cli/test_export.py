"""`aardekast export`: everything public and nothing else, the same bytes for the same contents, nothing overwritten."""

import hashlib
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from click.testing import CliRunner

from aardekast.catalogue import Catalogue
from aardekast.cli import commands
from aardekast.curated import load_curated
from aardekast.errors import ExportError
from aardekast.letters import Letter, LetterKind
from aardekast.resource import Harvested, Review, Source
from aardekast.searches import Searched
from aardekast.searchfiles import SearchFiles
from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary
from webapp import static_copy
from webapp.contents import NEVER, Contents, gather
from webapp.export import export
from webapp.export.fields import FILES
from webapp.site import Owner

CARDS = """\
sources:
  - {id: kysk, url: 'https://kysk.ee/', publisher: KÜSK, kind: artikkel, audience: [kogukond], trusted: true}
  - {id: voor, url: 'https://voor.ee/', publisher: Võõras, kind: artikkel, audience: [kogukond]}
resources:
  - id: kriisiplaan
    url: https://kysk.ee/kriisiplaan
    title: Küla kriisiplaani koostamine & <b>muu</b>
    description: Meie oma sõnadega kirjeldus.
    kind: juhendmaterjal
    publisher: KÜSK
    audience: [kogukond]
    topics: [kriisivalmidus]
    counties: [tartu]
  - id: koolitus
    url: https://kysk.ee/koolitus
    title: Kevadine koolitus
    kind: koolitus
    audience: [kov]
    starts: 2020-04-02
"""
WITHDRAWN = "withdrawn: ['https://kysk.ee/tagasi-voetud']\n"
TRUSTED = Source(id="kysk", url="https://kysk.ee/", kind="artikkel", audiences=("kogukond",), trusted=True)
STRANGER = replace(TRUSTED, id="voor", trusted=False)
SECRETS = (
    "Autori enda tekst",
    "Avaldaja enda kirjeldus",
    "Ootab kuraatorit",
    "Lükati tagasi",
    "Tagasi võetud",
    "mari@kyla.ee",
    "salajane otsing",
)


def found(path: str, title: str, source: str = "kysk") -> Harvested:
    return Harvested(
        source=source,
        requested=f"https://kysk.ee/{path}",
        url=f"https://kysk.ee/{path}",
        title=title,
        text="Autori enda tekst, mis on pikk.",
        description="Avaldaja enda kirjeldus.",
        language="et",
    )


@pytest.fixture
def state(tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    """A state folder with everything that must stay in it, and what an export shows."""
    (tmp_path / "resources.yaml").write_text(CARDS, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AARDEKAST_HOME", str(tmp_path / "var"))
    monkeypatch.setenv("AARDEKAST_RESOURCES", str(tmp_path / "resources.yaml"))
    monkeypatch.setenv("AARDEKAST_VOCABULARY", str(repository / "vocabulary.yaml"))
    (tmp_path / "var").mkdir()
    settings = Settings.load()
    catalogue = Catalogue.open(settings.database_url)
    catalogue.synchronise(load_curated(settings))
    catalogue.keep(found("korjatud", "Korjatud artikkel"), TRUSTED)
    catalogue.keep(found("tagasi-voetud", "Tagasi võetud materjal"), TRUSTED)
    (tmp_path / "resources.yaml").write_text(CARDS + WITHDRAWN, "utf-8")
    catalogue.synchronise(load_curated(settings))
    catalogue.keep(found("ootab", "Ootab kuraatorit", "voor"), STRANGER)
    catalogue.keep(found("tagasi", "Lükati tagasi", "voor"), STRANGER)
    rejected = next(waiting.id for waiting in catalogue.waiting() if waiting.title == "Lükati tagasi")
    catalogue.review(Review.REJECTED, [rejected])
    catalogue.receive(Letter(kind=LetterKind.REPORT, resource_id="kriisiplaan", reason="muu", email="mari@kyla.ee"))
    searched = Searched(query="salajane otsing", filters="", hits=0, took_ms=1.0, at=datetime.now(UTC))
    SearchFiles(settings.searches_folder).keep_searches([searched])
    yield catalogue
    catalogue.close()


@pytest.fixture
def contents(state: Catalogue, vocabulary: Vocabulary) -> Contents:
    return gather(state, vocabulary, Owner.of(Settings.load()), site="https://aardekast.ee")


def run(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(commands, ["export", *arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code, done.output
    return done.output


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def records(folder: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "data" / name).read_text("utf-8").splitlines()]


def test_the_command_writes_data_pages_and_sums_that_hold(state: Catalogue, tmp_path: Path) -> None:
    said = run("valja", "--site", "https://aardekast.ee/")
    folder = tmp_path / "valja"
    assert "3 resources, 2 sources" in said
    assert re.search(r"\d+ files, \d+ of them pages, \d+\.\d MB", said)
    checked = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=folder, check=False)
    assert checked.returncode == 0
    assert set(files_of(folder)) - {line[66:] for line in (folder / "SHA256SUMS").read_text().splitlines()} == {
        "SHA256SUMS"
    }
    shown = {record["id"]: record for record in records(folder, "resources.jsonl")}
    assert shown["kriisiplaan"]["description"] == "Meie oma sõnadega kirjeldus."
    assert shown["kriisiplaan"]["page"] == "https://aardekast.ee/materjal/kriisiplaan"
    for record in shown.values():
        assert (folder / str(record["copy"])).is_file()


def test_only_what_is_public_and_ours_is_written(state: Catalogue, tmp_path: Path) -> None:
    run("valja")
    written = files_of(tmp_path / "valja")
    titles = {record["title"] for record in records(tmp_path / "valja", "resources.jsonl")}
    assert titles == {"Küla kriisiplaani koostamine & <b>muu</b>", "Kevadine koolitus", "Korjatud artikkel"}
    for secret in SECRETS:
        assert [name for name, content in written.items() if secret.encode() in content] == []


def test_the_same_contents_make_the_same_bytes(contents: Contents, tmp_path: Path) -> None:
    for name in ("esimene", "teine"):
        export(contents, tmp_path / name)
        export(contents, tmp_path / f"{name}.zip")
    assert files_of(tmp_path / "esimene") == files_of(tmp_path / "teine")
    packed = [hashlib.sha256((tmp_path / f"{name}.zip").read_bytes()).digest() for name in ("esimene", "teine")]
    assert packed[0] == packed[1]
    with zipfile.ZipFile(tmp_path / "teine.zip") as zipped:
        assert {name: zipped.read(name) for name in zipped.namelist()} == files_of(tmp_path / "teine")


def test_the_day_is_that_of_the_contents_and_not_of_the_clock(contents: Contents, tmp_path: Path) -> None:
    older = tuple(
        replace(one, first_seen=one.first_seen and one.first_seen.replace(year=2019), last_checked=None)
        for one in contents.resources
    )
    export(replace(contents, resources=older), tmp_path / "vana.zip")
    with zipfile.ZipFile(tmp_path / "vana.zip") as zipped:
        assert json.loads(zipped.read("aardekast-export.json"))["day"].startswith("2019-")
        assert {entry.date_time[0] for entry in zipped.infolist()} == {2019}
    assert replace(contents, resources=()).day == NEVER


def test_an_export_replaces_an_export_and_nothing_else(contents: Contents, tmp_path: Path) -> None:
    place = tmp_path / "valja"
    place.mkdir()
    export(contents, place)  # an empty folder is nobody's
    export(replace(contents, resources=contents.resources[:1]), place)
    assert len(records(place, "resources.jsonl")) == 1
    (place / "minu-märkmed.txt").write_text("hoia alles")
    with pytest.raises(ExportError, match=r"minu-märkmed\.txt"):
        export(contents, place)
    assert (place / "minu-märkmed.txt").read_text() == "hoia alles"
    assert len(records(place, "resources.jsonl")) == 1


@pytest.mark.parametrize("name", ["muu", "muu.zip"])
def test_what_is_no_export_is_refused_before_anything_is_written(state: Catalogue, tmp_path: Path, name: str) -> None:
    place = tmp_path / name
    if name.endswith(".zip"):
        with zipfile.ZipFile(place, "w") as zipped:
            zipped.writestr("pilt.txt", "oluline")
    else:
        place.mkdir()
        (place / "pilt.txt").write_text("oluline")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ExportError, match="is not an export of Aardekast"):
        run(name)
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_is_no_zip_and_a_file_no_folder(contents: Contents, tmp_path: Path) -> None:
    (tmp_path / "kaust.zip").mkdir()
    (tmp_path / "fail").write_text("")
    for name in ("kaust.zip", "fail"):
        with pytest.raises(ExportError, match="Name another place"):
            export(contents, tmp_path / name)


@pytest.mark.parametrize("name", ["valja", "valja.zip"])
def test_an_export_that_breaks_off_leaves_the_last_one_whole(
    contents: Contents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    place = tmp_path / name
    export(contents, place, languages=("et",))
    before = files_of(place) if place.is_dir() else place.read_bytes()

    def breaks(*_: object) -> Iterator[static_copy.File]:
        yield static_copy.File("index.html", b"pool")
        raise OSError("No space left on device")

    monkeypatch.setattr(static_copy, "files", breaks)
    with pytest.raises(OSError, match="No space"):
        export(contents, place)
    assert (files_of(place) if place.is_dir() else place.read_bytes()) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_readme_explains_every_file_and_field_in_both_languages(contents: Contents, tmp_path: Path) -> None:
    export(contents, tmp_path / "valja", has_copy=False)
    readme = (tmp_path / "valja" / "README.md").read_text("utf-8")
    assert {path.name for path in (tmp_path / "valja" / "data").iterdir()} == {file.name for file in FILES}
    for file in FILES:
        keys = {key for record in records(tmp_path / "valja", file.name) for key in record}
        assert keys == {field.name for field in file.fields}, file.name
        for field in file.fields:
            assert f"| `{field.name}` | {field.et} |" in readme
            assert f"| `{field.name}` | {field.en} |" in readme
    assert readme.count(contents.licence) == 2
    assert readme.count(contents.day.isoformat()) == 2
    assert not (tmp_path / "valja" / "index.html").exists()
    assert "index.html" not in readme


def test_every_link_leads_to_a_file_of_the_copy_and_no_file_is_asked_of_others(
    contents: Contents, tmp_path: Path
) -> None:
    export(contents, tmp_path / "valja")
    pages = sorted((tmp_path / "valja").rglob("*.html"))
    assert {page.parts[-2] for page in pages} >= {"materjal", "teema", "liik", "sihtruhm", "maakond", "en", "ru"}
    for page in pages:
        builder = html5lib.getTreeBuilder("lxml")
        tree = html5lib.HTMLParser(builder, strict=True, namespaceHTMLElements=False).parse(page.read_text("utf-8"))
        fetched = [*tree.getroot().xpath("//link/@href"), *tree.getroot().xpath("//script/@src")]
        named = [*fetched, *tree.getroot().xpath("//a/@href"), *tree.getroot().xpath("//form/@action")]
        for link in named:
            parts = urlsplit(link)
            if parts.scheme:
                assert link not in fetched
                assert parts.scheme == "https"
            elif parts.path:
                target = (page.parent / unquote(parts.path)).resolve()
                assert target.is_file(), f"{page}: {link}"
                if parts.fragment:
                    assert f'id="{parts.fragment}"' in target.read_text("utf-8")
        used = tree.getroot().xpath("//*[local-name()='use']/@href")
        drawn = tree.getroot().xpath("//*[local-name()='symbol']/@id")
        assert {name.removeprefix("#") for name in used} == set(drawn)


def test_trainings_without_a_day_are_reached_from_the_events(contents: Contents, tmp_path: Path) -> None:
    training = next(one for one in contents.resources if one.id == "koolitus")
    for starts, leads_on in (("2020-04-02", False), (None, True)):
        export(replace(contents, resources=(replace(training, starts=starts),)), tmp_path / "valja")
        page = (tmp_path / "valja" / "sundmused.html").read_text("utf-8")
        assert ('href="liik/koolitus.html"' in page) is leads_on


def test_a_copy_speaks_the_languages_that_were_asked_for(contents: Contents, tmp_path: Path) -> None:
    export(contents, tmp_path / "valja", languages=("en",))
    front = (tmp_path / "valja" / "en" / "index.html").read_text("utf-8")
    assert '<html lang="en">' in front
    assert "Crisis preparedness" in front
    assert not (tmp_path / "valja" / "ru").exists()
    assert "Русский" not in front


def test_a_list_of_many_is_parted_into_pages(contents: Contents, tmp_path: Path) -> None:
    one = contents.resources[-1]
    many = tuple(replace(one, id=f"nr-{n:03}", title=f"Materjal {n}", published=f"20{n % 26:02}") for n in range(250))
    export(replace(contents, resources=many), tmp_path / "valja", languages=("et",))
    pages = [tmp_path / "valja" / name for name in ("koik.html", "koik/2.html", "koik/3.html")]
    listed = [re.findall(r'href="(?:\.\./)?materjal/(nr-\d+)\.html"', page.read_text("utf-8")) for page in pages]
    assert [len(ids) for ids in listed] == [100, 100, 50]
    assert len({id_ for ids in listed for id_ in ids}) == 250
    assert not (tmp_path / "valja" / "koik" / "4.html").exists()


def test_an_address_that_is_none_is_refused(state: Catalogue) -> None:
    assert "must be an address" in run("valja", "--site", "aardekast.ee", code=2)


def test_an_empty_aardekast_can_be_exported(contents: Contents, tmp_path: Path) -> None:
    export(replace(contents, resources=()), tmp_path / "tyhi.zip")
    with zipfile.ZipFile(tmp_path / "tyhi.zip") as zipped:
        assert zipped.read("data/resources.jsonl") == b""
        assert date(*zipped.infolist()[0].date_time[:3]) == date(1980, 1, 1)
