from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from aardekast.catalogue import Catalogue
from aardekast.catalogue.tables import ResourceRow, SourceRow, SourceRunRow
from aardekast.resource import Resource
from aardekast.settings import Settings

SITES = Path(__file__).parents[1] / "sites"
ROOT = Path(__file__).parents[2]


def _load(name: str) -> ModuleType:
    spec = spec_from_file_location(f"fixture_site_{name}", SITES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def site_server() -> ModuleType:
    """The module of the fixture site."""
    return _load("server")


@pytest.fixture(scope="session")
def load_site(site_server: ModuleType) -> Callable[[str], ModuleType]:
    """Loads another module of tests/sites; its `Answer` is the server's."""

    def load(name: str) -> ModuleType:
        module = _load(name)
        module.__dict__["Answer"] = site_server.Answer
        return module

    return load


@pytest.fixture(scope="session")
def make_site(site_server: ModuleType) -> Iterator[Callable[..., Any]]:
    """Makes a fixture site of a variant."""
    sites: list[Any] = []

    def make(variant: str = "full") -> Any:
        sites.append(site_server.FixtureSite(variant))
        return sites[-1]

    yield make
    for site in sites:
        site.close()


@pytest.fixture(scope="session")
def again() -> ModuleType:
    """The module of the sites that change between runs."""
    return _load("again")


@pytest.fixture
def make_again(again: ModuleType) -> Iterator[Callable[..., Any]]:
    """Makes a site that a test changes between runs."""
    sites: list[Any] = []

    def make(count: int = 0, host: str = "127.0.0.1", **options: Any) -> Any:
        sites.append(again.AgainSite(count, host, **options))
        return sites[-1]

    yield make
    for site in sites:
        site.close()


class Many:
    """A process that forks for each harvest: the imports, most of what a small harvest costs, are done once."""

    def __init__(self, folder: Path) -> None:
        self._errors = (folder / "stderr").open("w+")
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-W", "ignore:.*fork:DeprecationWarning", str(SITES / "drive.py"), "many"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )

    def harvest(self, home: Path, options: dict[str, Any]) -> list[str]:
        """What a harvest printed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(home), options]) + "\n")
        self._process.stdin.flush()
        lines = []
        for line in self._process.stdout:
            if line.startswith('{"code"'):
                self._errors.seek(0)
                assert (json.loads(line), self._errors.read()) == ({"code": 0}, "")
                return lines
            lines.append(line)
        raise AssertionError(Path(self._errors.name).read_text())

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._errors.close()


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Many]:
    """Harvests many times."""
    process = Many(tmp_path_factory.mktemp("many"))
    yield process
    process.close()


@pytest.fixture
def quick_home(tmp_path: Path, many: Many) -> Callable[[str], Home]:
    """Makes a state folder with this resources.yaml, whose harvests begin at once; none of them is to be stopped."""

    def make(yaml: str) -> Home:
        home = Home(tmp_path, many=many)
        home.write(yaml)
        return home

    return make


@dataclass
class Home:
    """A state folder with a resources.yaml, harvested by processes of their own."""

    folder: Path
    last: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    many: Many | None = None

    def write(self, yaml: str) -> None:
        (self.folder / "resources.yaml").write_text(yaml, encoding="utf-8")

    def start(self, what: str = "harvest", **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-W", "error", str(SITES / "drive.py"), what, str(self.folder), json.dumps(options)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self, process: subprocess.Popen[str]) -> dict[str, Any]:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, ""), err
        self.lines = out.splitlines()
        self.last = json.loads(self.lines[0])
        return self.last

    def harvest(self, **options: Any) -> dict[str, Any]:
        if self.many is None:
            return self.finish(self.start(**options))
        self.last = json.loads(self.many.harvest(self.folder, options)[0])
        return self.last

    def run_of(self, source: str) -> dict[str, Any]:
        return next(run for run in self.last["sources"] if run["source"] == source)

    def reasons(self, source: str) -> dict[str, tuple[str, str]]:
        """Outcome and reason by the path of the address."""
        reasons = self.run_of(source)["reasons"]
        return {"/" + r["url"].split("/", 3)[-1]: (r["outcome"], r["reason"]) for r in reasons}

    def catalogue(self) -> Catalogue:
        return Catalogue.open(Settings.load({}, home=self.folder).database_url)

    def revision(self) -> int:
        """The catalogue's."""
        catalogue = self.catalogue()
        revision = catalogue.revision
        catalogue.close()
        return revision

    def age(self, days: float = 0, hours: float = 0) -> None:
        """Let all that is remembered be so much older."""
        catalogue = self.catalogue()
        past = timedelta(days=days, hours=hours)
        with catalogue._database.writing() as session:
            for row in session.query(ResourceRow):
                row.last_checked = row.last_checked and row.last_checked - past
                row.missed_on = row.missed_on and row.missed_on - past
                row.missed_since = row.missed_since and row.missed_since - past
            for run in session.query(SourceRunRow):
                run.finished -= past
            for source in session.query(SourceRow):
                source.last_run = source.last_run and source.last_run - past
        catalogue.close()

    def miss(self, url: str, days: int) -> None:
        """Let an address be missed on so many days before this one."""
        for _ in range(days):
            catalogue = self.catalogue()
            catalogue.note_misses([url])
            catalogue.close()
            self.age(days=1)

    def titles(self) -> list[str]:
        """The titles of what visitors see."""
        catalogue = self.catalogue()
        titles = [resource.title for resource in catalogue.visible_resources()]
        catalogue.close()
        return titles

    def resources(self, base: str = "") -> dict[str, Resource]:
        """What visitors see, by path; where several sites have the same paths, of the one with this address."""
        catalogue = self.catalogue()
        found = {"/" + r.url.split("/", 3)[-1]: r for r in catalogue.visible_resources() if r.url.startswith(base)}
        catalogue.close()
        return found


@pytest.fixture(scope="session")
def make_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Home]:
    """Makes a state folder with this resources.yaml."""

    def make(yaml: str) -> Home:
        home = Home(tmp_path_factory.mktemp("home"))
        home.write(yaml)
        return home

    return make


def source(id_: str, url: str, **fields: object) -> str:
    """A source as YAML."""
    lines = {"id": id_, "url": url, "publisher": "Näidisküla Selts", "language": "et", "trusted": True, **fields}
    return "  - " + "\n    ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in lines.items())


def card(id_: str, url: str, **fields: object) -> str:
    """A curated resource as YAML."""
    lines = {"id": id_, "url": url, "title": f"Kaart {id_}", "kind": "artikkel", "audience": ["kogukond"], **fields}
    return "  - " + "\n    ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in lines.items())


def curators_file(sources: list[str], cards: list[str] | None = None, withdrawn: list[str] | None = None) -> str:
    """A whole resources.yaml."""
    return "\n".join(
        [
            "sources:",
            *sources,
            "resources:" if cards else "resources: []",
            *(cards or []),
            f"withdrawn: {withdrawn or []}",
        ]
    )


@dataclass
class Harvested:
    """The great harvest that most tests look at, and the sites it harvested."""

    home: Home
    site: Any
    others: dict[str, Any]


@pytest.fixture(scope="session")
def yaml() -> Any:
    """The functions that write YAML."""
    return type(
        "Yaml", (), {"source": staticmethod(source), "card": staticmethod(card), "file": staticmethod(curators_file)}
    )


@pytest.fixture(scope="session")
def great_harvest(make_site: Callable[..., Any], make_home: Callable[[str], Home]) -> Harvested:
    """Every type of source, discovery, curated resources, traps and dead hosts in one run."""
    site = make_site()
    others = {variant: make_site(variant) for variant in ("wordpress", "feed", "bare", "traps")}
    base = site.base
    home = make_home(
        curators_file(
            [
                source("kaart", f"{base}/sitemap.xml", type="sitemap"),
                source("uudised", f"{base}/uudised/rss.xml", type="feed", trusted=False),
                source("atom", f"{base}/uudised/atom.xml", type="feed"),
                source("kanal", f"{base}/kanal.xml", type="feed", kind="veebiettekanne"),
                source("lingid", f"{base}/lingid/", type="links", max_pages=12),
                source("leitud", f"{base}/"),
                source("leitud-osa", f"{base}/juhendid/", exclude=["re:arengu.*pdf$"]),
                source("leitud-wp", f"{others['wordpress'].base}/"),
                source("leitud-voog", f"{others['feed'].base}/"),
                source("leitud-lingid", f"{others['bare'].base}/"),
                source("loksud", f"{others['traps'].base}/loksud/sitemap.xml", type="sitemap"),
                source("marke", f"{base}/marke/sitemap.xml", type="sitemap"),
                source("sisevork", "http://10.0.0.1/sitemap.xml", type="sitemap"),
                source("vaikiv", "http://127.0.0.9:9/sitemap.xml", type="sitemap"),
                source("vigane", f"{base}/kanal.xml", type="sitemap"),
            ],
            [
                card("kriis", f"{base}/vana/kriisiplaan", unconfirmed=["title"]),
                card("ainult-kaart", f"{base}/artiklid/talgud/", harvest=False),
                card("kadunud", f"{base}/loksud/404"),
                card("sisse", f"{base}/vana/sise"),
                card("surnud-1", "http://127.0.0.9:9/a"),
                card("surnud-2", "http://127.0.0.9:9/b"),
                card("surnud-3", "http://127.0.0.9:9/c"),
            ],
            [f"{base}/juhendid/tagasi-voetud"],
        )
    )
    home.harvest(twice=True)
    return Harvested(home, site, others)
