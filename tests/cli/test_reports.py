"""What a timer, a program and a curator are told: of a harvest, of how things stand, of what was not taken."""

import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import func, select

from aardekast.catalogue import Catalogue, Reason, SourceRun
from aardekast.catalogue.pruning import RUNS_KEPT, RUNS_WITH_REASONS
from aardekast.catalogue.tables import ReasonRow, RunRow, SourceRunRow
from aardekast.locks import exclusive

LOOPBACK = {"AARDEKAST_ALLOW_PRIVATE": "1", "AARDEKAST_DELAY": "0", "AARDEKAST_TIMEOUT": "5"}


@pytest.fixture(scope="module")
def server() -> ModuleType:
    spec = spec_from_file_location("fixture_site_of_reports", Path(__file__).parents[1] / "sites" / "server.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def base(server: ModuleType) -> Iterator[str]:
    site = server.FixtureSite()
    yield site.base
    site.close()


CARD = "{url: 'https://kysk.ee/kriisiplaan', title: Kriisiplaan, kind: artikkel, audience: [kov]}"


def write(folder: Path, *sources: str) -> None:
    lines = ("sources:", *sources, f"resources: [{CARD}]", "withdrawn: []")
    (folder / "resources.yaml").write_text("\n".join(lines), "utf-8")


def source(id_: str, url: str) -> str:
    return f"  - {{id: {id_}, url: '{url}', type: sitemap, publisher: Selts, language: et, trusted: true}}"


def catalogue_in(folder: Path) -> Catalogue:
    return Catalogue.open(f"sqlite:///{folder / 'var' / 'catalogue.sqlite'}")


def test_a_harvest_says_a_line_for_each_source_and_exits_0(aardekast, folder: Path, base: str) -> None:
    write(folder, source("kaart", f"{base}/sitemap.xml"))
    lines = aardekast("harvest", "kaart", **LOOPBACK).stdout.splitlines()
    assert lines[0].startswith("kaart: 8 read, 7 added, 1 unchanged, 1 missing, 1 rejected")
    assert "    1 × missing: 404 not found" in lines
    assert lines[-1].startswith("1 sources harvested in ")


def test_a_harvest_for_programs_is_a_json_line_for_each_source_and_one_for_the_run(
    aardekast, folder: Path, base: str
) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # listens to nobody
        dead = f"http://127.0.0.1:{silent.getsockname()[1]}/sitemap.xml"
        write(folder, source("kaart", f"{base}/sitemap.xml"), source("surnud", dead))
        done = aardekast("harvest", "kaart", "surnud", "--json", code=3, **LOOPBACK)
    *sources, run = map(json.loads, done.stdout.splitlines())
    by_id = {told["source"]: told for told in sources}
    assert all(told["event"] == "source" for told in sources)
    assert by_id["kaart"]["counts"]["added"] == 7
    reason = {"url": f"{base}/salajane/markmed/", "outcome": "rejected", "reason": "robots.txt forbids it"}
    assert reason in by_id["kaart"]["reasons"]
    assert by_id["surnud"]["fault"]
    assert (run["event"], run["sources"], run["failed_sources"], run["exit_code"]) == ("run", 2, ["surnud"], 3)
    assert run["counts"]["added"] == 7


def test_faults_in_the_files_weigh_more_than_failed_sources(aardekast, folder: Path) -> None:
    write(folder, source("surnud", "http://127.0.0.1:9/sitemap.xml"))
    aardekast("index")
    (folder / "resources.yaml").write_text("sources: [a\n", "utf-8")
    done = aardekast("harvest", "surnud", "--json", code=2, **LOOPBACK)
    assert json.loads(done.stdout.splitlines()[-1])["exit_code"] == 2


def test_a_second_harvest_leaves_with_4(aardekast, folder: Path) -> None:
    with exclusive(folder / "var" / "harvest.lock", "A harvest"):
        assert "already under way" in aardekast("harvest", "--json", code=4).stderr


def test_what_was_not_taken_is_listed_one_by_one(aardekast, folder: Path, base: str) -> None:
    write(folder, source("kaart", f"{base}/sitemap.xml"), source("teine", f"{base}/marke/sitemap.xml"))
    aardekast("harvest", "kaart", **LOOPBACK)
    lines = aardekast("status", "--not-taken", "kaart").stdout.splitlines()
    assert f"kaart\trejected\t{base}/salajane/markmed/\trobots.txt forbids it" in lines
    assert f"kaart\tmissing\t{base}/sitemap-kadunud.xml\t404 not found" in lines
    assert aardekast("status", "--not-taken").stdout.splitlines() == lines
    told = json.loads(aardekast("status", "--not-taken", "kaart", "--json").stdout)
    assert [(one["source"], one["outcome"], one["url"], one["reason"]) for one in told] == [
        tuple(line.split("\t")) for line in lines
    ]
    none = aardekast("status", "--not-taken", "teine")
    assert (none.stdout, none.stderr) == ("", "No address is known that was not taken.\n")
    assert "no source 'kaard'" in aardekast("status", "--not-taken", "kaard", code=2).stderr


def test_status_makes_no_catalogue(aardekast, folder: Path) -> None:
    assert "No catalogue yet" in aardekast("status").stdout
    told = json.loads(aardekast("status", "--json").stdout)
    assert (told["has_catalogue"], told["index"], told["visible"], told["sources"]) == (False, None, 0, [])
    assert aardekast("status", "--not-taken").stdout == ""
    assert not (folder / "var").exists()


def test_status_names_what_somebody_should_look_at(aardekast, folder: Path, base: str) -> None:
    write(folder, source("kaart", f"{base}/sitemap.xml"), source("surnud", "http://127.0.0.1:9/sitemap.xml"))
    aardekast("harvest", "kaart", "surnud", code=3, **LOOPBACK)
    (folder / "resources.yaml").write_text("sources: [a\n", "utf-8")
    said = aardekast("status").stdout
    (visited,) = [line for line in said.splitlines() if line.startswith("kaart  sitemap  2")]
    assert " read" in visited, "a line for each source where nobody looks at a table"
    assert "Fault: surnud: " in said
    assert "Fault: resources.yaml:1" in said
    assert "broken off" not in said
    catalogue = catalogue_in(folder)
    catalogue.start_run()
    catalogue.close()
    assert "the last harvest was broken off" in aardekast("status").stdout
    told = json.loads(aardekast("status", "--json").stdout)
    assert told["last_run"]["finished"] is None
    assert len(told["faults"]) == 3


def test_copies_are_listed_with_what_stands_for_them(aardekast, folder: Path, server: ModuleType) -> None:
    one, other = server.FixtureSite("bare"), server.FixtureSite("bare")
    text = " ".join(f"sõna{number}" for number in range(120))
    for site in (one, other):
        site.changed["/sitemap.xml"] = server.Answer(server._urlset("/lugu")(site.base), server.XML)
        site.changed["/lugu"] = server.page("Lugu", text)
    write(folder, source("esimene", f"{one.base}/sitemap.xml"), source("teine", f"{other.base}/sitemap.xml"))
    for name in ("esimene", "teine"):
        aardekast("harvest", name, **LOOPBACK)
    one.close()
    other.close()
    assert f"Copy: {other.base}/lugu of {one.base}/lugu" in aardekast("status").stdout


def test_old_reasons_and_runs_are_forgotten(tmp_path: Path) -> None:
    catalogue = Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    reasons = tuple(Reason(url=f"https://a.ee/{n}", outcome="failed", reason="host does not answer") for n in range(3))
    for number in range(RUNS_KEPT + 20):
        run_id, day = catalogue.start_run(), moment + timedelta(days=number)
        names = ("iga-paev", "harva") if number % 30 == 0 else ("iga-paev",)
        for name in names:
            done = SourceRun(source=name, started=day, finished=day, counts={"failed": 3}, reasons=reasons)
            catalogue.keep_source_run(run_id, done)
        catalogue.finish_run(run_id)
    with catalogue._database.reading() as session:

        def of(source_id: str, table: type[ReasonRow] | type[SourceRunRow]) -> int:
            query = select(func.count(func.distinct(table.run_id))).where(table.source_id == source_id)
            return session.scalar(query) or 0

        assert (of("iga-paev", ReasonRow), of("iga-paev", SourceRunRow)) == (RUNS_WITH_REASONS, RUNS_KEPT)
        assert (of("harva", ReasonRow), of("harva", SourceRunRow)) == (4, 4)
        assert session.scalar(select(func.count(RunRow.id))) == RUNS_KEPT + 1  # and the first, which was the rare one's
    assert len(catalogue.not_taken("iga-paev")) == 3
    catalogue.close()
