"""A harvest of many generated pages on twenty hosts of loopback: how fast, in how much memory, and what again costs.

    python benchmarks/soak.py [PAGES] [--documents docs.jsonl] [--suggest]

One process serves 127.0.0.2 to 127.0.0.21; its processor time is left out of the figures (a harvest that has both cores
to itself ends so much sooner). The documents are JSON Lines with a title and a text, else the texts of the cards. The
same pages are given to trafilatura alone (text, title, authors, date), two processes on both cores, before and after
the harvest. Prints pages a second of both and their ratio, the processor time of both, from which the ratio follows
where the machine has other work too, the memory at each quarter, and what a second run over the same pages costs.
`--suggest` has topics and counties suggested too, as `aardekast harvest` does.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from trafilatura import bare_extraction

from aardekast.catalogue import Catalogue
from aardekast.cli.harvesting import Suggester
from aardekast.curated import load_curated, load_vocabulary
from aardekast.settings import Settings
from harvester import harvest
from harvester.extraction.pool import Extractors

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "tests" / "no_network")]

from soak_site import HOSTS, NOT_MODIFIED, PAGES, REQUESTS, Pages, read_documents, serve  # noqa: E402

CORES = 2
MOST_ALONE = 200  # pages for trafilatura alone, each time: 6 s
CARDS = HERE.parent / "tests" / "relevance" / "corpus.jsonl"
_TICKS, _PAGE_SIZE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One harvest: seconds with the server's left out, processor seconds of ours, requests, and what came of it."""

    seconds: float
    wall: float
    processor: float
    served: dict[str, int]
    memory: list[tuple[int, float, float]]  # per cent of the pages, MB of the harvest, MB of its workers
    said: dict[str, Any]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="?", type=int, default=400)
    parser.add_argument("--documents", type=Path, default=CARDS)
    parser.add_argument("--suggest", action="store_true")
    parser.add_argument("--home", type=Path, help="keep the state here")
    parser.add_argument("--drive", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.drive:
        return _drive(given.drive, suggest=given.suggest)
    import_module("no_network").block()
    with tempfile.TemporaryDirectory() as folder:
        _soak(given, given.home or Path(folder))
    return None


def _soak(given: argparse.Namespace, home: Path) -> None:
    context = multiprocessing.get_context("spawn")
    port, counters = context.Value("i", 0), context.Array("q", 3)
    server = context.Process(target=serve, args=(given.documents, given.pages, port, counters), daemon=True)
    server.start()
    while not port.value:
        time.sleep(0.05)
    _write_sources(home, port.value, given.pages)
    before = _alone(given.documents, given.pages)
    first = _harvest(home, given, server.pid, counters)
    after = _alone(given.documents, given.pages)
    second = _harvest(home, given, server.pid, counters)
    server.terminate()
    speed, used = ((one + other) / 2 for one, other in zip(before, after, strict=True))
    _print(given.pages, speed, used, first, second)


def _write_sources(home: Path, port: int, pages: int) -> None:
    home.mkdir(parents=True, exist_ok=True)
    entries = "".join(
        f"  - {{id: s{place}, url: 'http://{host}:{port}/sitemap.xml', type: sitemap, publisher: Näidisküla, "
        f"language: et, trusted: true, max_pages: {pages}}}\n"
        for place, host in enumerate(HOSTS)
    )
    (home / "resources.yaml").write_text(f"sources:\n{entries}resources: []\nwithdrawn: []\n", "utf-8")


def _alone(documents: Path, pages: int) -> tuple[float, float]:
    """Pages a second of trafilatura alone, in two processes that are warm, and the processor seconds of a page."""
    made = Pages(read_documents(documents), pages)
    rounds = range(0, pages, len(HOSTS) * max(1, pages // MOST_ALONE))  # of all hosts: each layout has its own pace
    bodies = [made.page(number) for start in rounds for number in range(start, min(pages, start + len(HOSTS)))]
    with ProcessPoolExecutor(CORES, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(_extract, bodies[: 4 * CORES]))
        start = time.perf_counter()
        used = list(pool.map(_extract, bodies, chunksize=2))
        seconds = time.perf_counter() - start
    return len(bodies) / seconds, sum(used) / len(used)


def _extract(body: bytes) -> float:
    """Processor seconds of one page, with title, authors and date, as a harvest needs them."""
    start = time.process_time()
    found = bare_extraction(body, include_comments=False, with_metadata=True)
    assert getattr(found, "text", "")
    return time.process_time() - start


def _harvest(home: Path, given: argparse.Namespace, server: int | None, counters: Any) -> Measured:
    counters[:] = [0, 0, 0]
    served_before, start = _processor_seconds(server), time.perf_counter()
    extra = ["--suggest"] if given.suggest else []
    command = [sys.executable, __file__, str(given.pages), "--drive", str(home), *extra]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        memory = list(_watch(child, counters, given.pages))
        assert child.stdout is not None
        said = json.loads(child.stdout.read())
        wall = time.perf_counter() - start - said["started_after"]
    by_server = _processor_seconds(server) - served_before
    served = {"requests": counters[REQUESTS], "pages": counters[PAGES], "not modified": counters[NOT_MODIFIED]}
    return Measured(
        seconds=wall - by_server / CORES,
        wall=wall,
        processor=said["processor"],
        served=served,
        memory=memory,
        said=said,
    )


def _watch(child: subprocess.Popen[str], counters: Any, pages: int) -> Iterator[tuple[int, float, float]]:
    """The memory when each quarter of the pages was served, until the child has ended."""
    quarters = [25, 50, 75, 99]
    while child.poll() is None:
        done = 100 * (counters[PAGES] + counters[NOT_MODIFIED]) // pages
        if quarters and done >= quarters[0]:
            workers = [_memory(int(pid)) for pid in _children(child.pid)]
            yield quarters.pop(0), _memory(child.pid), sum(workers)
        time.sleep(0.1)


def _children(pid: int) -> list[str]:
    return [
        name for task in Path(f"/proc/{pid}/task").iterdir() for name in (task / "children").read_text("ascii").split()
    ]


def _memory(pid: int) -> float:
    """Resident MB of a process; none where it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * _PAGE_SIZE / 2**20
    except OSError:
        return 0.0


def _processor_seconds(pid: int | None) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _print(pages: int, alone: float, used: float, first: Measured, second: Measured) -> None:
    served = max(1, first.served["pages"])
    speed = served / first.seconds
    kept = first.said["totals"]["added"]
    print(f"{pages} pages on {len(HOSTS)} hosts, {kept} kept")
    print(f"trafilatura alone      {alone:6.1f} pages/s in {CORES} processes")
    print(f"harvest                {speed:6.1f} pages/s, {speed / alone:.0%} of that ({first.wall:.0f} s by the clock)")
    whole, own = first.processor / served, first.said["own_processor"] / served
    free = used / max(whole, CORES * own)
    print(f"processor              {1000 * used:6.1f} ms a page alone, {1000 * whole:.1f} ms in the harvest, of which")
    print(f"                       {1000 * own:6.1f} ms in the process that keeps: {free:.0%} on {CORES} free cores")
    for share, harvest_mb, workers in first.memory:
        print(f"memory at {share:3} %        {harvest_mb:6.0f} MB, and {workers:.0f} MB in workers")
    print(f"peak of the harvest    {first.said['peak']:6.0f} MB")
    print(
        f"a second run           {second.wall:6.1f} s, {second.served['requests']} requests, "
        f"{second.served['not modified']} of them not modified, {second.said['extracted']} extractions, "
        f"{second.said['totals']}"
    )
    print(f"                       {1000 * second.processor / max(1, second.served['requests']):6.1f} ms a request")


def _drive(home: Path, *, suggest: bool) -> None:
    """The harvest itself, in a process of its own; prints JSON."""
    start = time.perf_counter()
    import_module("no_network").block()
    settings = Settings.load({}, home=home, resources=home / "resources.yaml", delay=0, allow_private=1)
    catalogue, vocabulary = Catalogue.open(settings.database_url), load_vocabulary(settings)
    catalogue.synchronise(load_curated(settings))
    extracted, extract = [0], Extractors.extract

    async def counted(self: Extractors, raw: Any) -> Any:
        extracted[0] += 1
        return await extract(self, raw)

    Extractors.extract = counted  # type: ignore[method-assign]
    suggester = Suggester(vocabulary, catalogue.cards()).suggest if suggest else None
    started_after = time.perf_counter() - start
    ids = [f"s{place}" for place in range(len(HOSTS))]
    summary = harvest(catalogue, settings, vocabulary, source_ids=ids, suggest=suggester)
    catalogue.close()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    said = {
        "totals": summary.totals,
        "extracted": extracted[0],
        "started_after": started_after,
        "processor": sum(one.ru_utime + one.ru_stime for one in used),
        "own_processor": used[0].ru_utime + used[0].ru_stime,
        "peak": used[0].ru_maxrss / 1024,
        "faults": [run.fault for run in summary.failed_sources],
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
