"""Harvest a folder of HTML pages over loopback and say how fast it went and what the extracts miss.

    .venv/bin/python benchmarks/harvest.py FOLDER [--under /selts/] [--links] [--database FILE]

The folder is served with a sitemap of its pages written when it is asked for. `--links` follows links from the
front page instead.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path

import lxml.html

from aardekast.addresses import canonical_key
from aardekast.catalogue import Catalogue
from aardekast.curated import load_curated, load_vocabulary
from aardekast.resource import Resource
from aardekast.settings import Settings
from harvester import RunSummary, harvest
from harvester.report import summary_lines

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "no_network"))

_NOT_SEEN = "//script|//style|//noscript|//template|//head|//*[@hidden]"
_MENUS = "//nav|//header|//footer|//aside|//form|//ul[contains(@id, 'navigation')]"
_WORST = 5


class FolderHandler(SimpleHTTPRequestHandler):
    """A folder below a path, with a sitemap of its pages."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, *args: object, under: str, folder: Path, **options: object) -> None:
        self.under, self.folder = under, folder
        super().__init__(*args, directory=str(folder), **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Send the sitemap or a file."""
        if self.path == f"{self.under}sitemap.xml":
            return self._send(_sitemap(self.folder, f"http://{self.headers['Host']}{self.under}"))
        if not self.path.startswith(self.under):
            return self.send_error(404)
        self.path = "/" + self.path.removeprefix(self.under)
        return super().do_GET()

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def main() -> None:
    import_module("no_network").block()
    options = _options()
    serve = partial(FolderHandler, under=options.under, folder=options.folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), serve)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site = f"http://127.0.0.1:{server.server_port}{options.under}"
    with tempfile.TemporaryDirectory() as home:
        _harvest(Path(home), site, options)
    server.shutdown()
    server.server_close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--under", default="/")
    parser.add_argument("--links", action="store_true")
    parser.add_argument("--database", default="", help="keep the catalogue in this file")
    return parser.parse_args()


def _harvest(home: Path, site: str, options: argparse.Namespace) -> None:
    source = f"url: {site}\n    type: links" if options.links else f"url: {site}sitemap.xml\n    type: sitemap"
    resources = home / "resources.yaml"
    entry = (
        f"  - id: site\n    {source}\n    publisher: Site\n    language: et\n    trusted: true\n    max_pages: 10000\n"
    )
    resources.write_text(f"sources:\n{entry}resources: []\nwithdrawn: []\n", encoding="utf-8")
    database = f"sqlite:///{options.database}" if options.database else ""
    settings = Settings.load(home=home, resources=resources, delay=0, allow_private=1, database=database)
    catalogue = Catalogue.open(settings.database_url)
    catalogue.synchronise(load_curated(settings))
    started = time.perf_counter()
    summary = harvest(catalogue, settings, load_vocabulary(settings), source_ids=["site"])
    _print(summary, list(catalogue.visible_resources()), time.perf_counter() - started)
    _print_missed(options.folder, site, list(catalogue.visible_resources()))
    catalogue.close()


def _print(summary: RunSummary, resources: list[Resource], seconds: float) -> None:
    print("\n".join(summary_lines(summary)))
    for reason in summary.sources[0].reasons[:10]:
        print(f"  {reason.outcome}: {reason.url}: {reason.reason}")
    read = summary.totals["read"]
    print(f"{read} pages in {seconds:.1f} s: {read / seconds:.1f} pages/s, {len(resources) / seconds:.1f} documents/s")


def _print_missed(folder: Path, site: str, resources: list[Resource]) -> None:
    """The share of a page's visible words, outside its menus, that its extract holds."""
    files = {canonical_key(_address(folder, file, site)): file for file in folder.rglob("*.html")}
    shares = []
    for resource in resources:
        visible = _visible_words(files[canonical_key(resource.url)].read_bytes())
        have = set(f"{resource.title} {resource.text}".split())
        missed = [word for word in visible if word not in have]
        shares.append((1 - len(missed) / max(1, len(visible)), resource.url, missed))
    shares.sort()
    whole = sum(share for share, *_ in shares) / max(1, len(shares))
    print(f"{whole:.1%} of the visible words outside menus are in the extracts, on average; the worst:")
    for share, url, missed in shares[:_WORST]:
        print(f"  {share:.0%} {url} misses: {' '.join(missed[:25])}")


def _visible_words(body: bytes) -> list[str]:
    tree = lxml.html.document_fromstring(body, parser=lxml.html.HTMLParser(encoding="utf-8", remove_comments=True))
    for element in tree.xpath(f"{_NOT_SEEN}|{_MENUS}"):
        if element.getparent() is not None:
            element.drop_tree()
    return " ".join(tree.itertext()).split()


def _sitemap(folder: Path, base: str) -> bytes:
    pages = (f"<url><loc>{_address(folder, file, base)}</loc></url>" for file in sorted(folder.rglob("*.html")))
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(pages)}</urlset>'.encode()


def _address(folder: Path, file: Path, base: str) -> str:
    name = file.relative_to(folder).as_posix()
    return base + (name.removesuffix("index.html") if file.name == "index.html" else name)


if __name__ == "__main__":
    main()
