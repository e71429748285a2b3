"""The site under load: results page and autocomplete at rising rates, beside Datasette over the same texts in one run.

    python benchmarks/load.py [DOCUMENTS QUESTIONS] [--count 2000] [--keep FOLDER] [--seconds 10] [--rates 10 30 60]

Results are asked in two ways. "Each anew": no address twice, so that every page is searched for. "As people ask": the
questions drawn by their rank (Zipf's law with exponent 1, as logs of searches have it): some come again and again.

DOCUMENTS and QUESTIONS are JSON Lines (see recombined.py for what they hold); without them `--count` documents are made
of the project's own cards. Both sites run on one and the same core, the client on another; nothing but loopback.

Arrivals are drawn at a fixed rate (Poisson), whether or not earlier answers have come: a latency counts from when the
request was due, so that a slow site cannot slow its visitors down. "Most" is what eight visitors get who ask without a
pause. `cpu` is what the site's processes used for each answer: it holds on a busy machine too, latencies do not.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import numpy as np
from load_servers import Served, aardekast, build_database, build_index, datasette
from recombined import Question, make_questions, make_resources, read_questions, read_resources

WORKERS = 2
VISITORS = 8
ASKED_RATE, P95_LIMIT, RATIO = 30, 150.0, 3.0  # requests/s, ms, times Datasette's
PATIENCE = 30.0  # seconds
MOST_ASKED = 20_000  # more than one stretch asks
HEADERS = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Aardekast-load/1", "Accept-Encoding": "gzip"}

Ask = Callable[[str], Awaitable[None]]


@dataclass(slots=True)
class Measured:
    """What one stretch of load brought: milliseconds of each answer, failures, seconds of wall and CPU time."""

    times: list[float] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    size: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    def percentile(self, of: float) -> float:
        """Milliseconds that so many per cent of the answers took at the most."""
        return float(np.percentile(self.times, of)) if self.times else float("nan")

    def row(self, name: str, asked: str) -> str:
        """One line of the table."""
        p50, p95, p99 = map(self.percentile, (50, 95, 99))
        count = max(len(self.times), 1)
        return (
            f"{name:<26} {asked:>6} {self.rate:8.1f} {p50:8.1f} {p95:8.1f} {p99:8.1f} "
            f"{self.cpu / count * 1000:8.1f} {self.size / count / 1000:8.1f} {self.failed:6}"
        )


HEADING = (
    f"{'':<26} {'asked':>6} {'got':>8} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'cpu ms':>8} {'kB':>8} {'failed':>6}"
)


class Client:
    """Asks one site for paths, in turn."""

    def __init__(self, served: Served, session: aiohttp.ClientSession, paths: Sequence[str]) -> None:
        self._served, self._session, self._paths, self._next = served, session, paths, 0

    async def arrive(self, rate: float, seconds: float, seed: int = 1) -> Measured:
        """Requests at a rate, each at its moment."""
        draw, measured, tasks = random.Random(seed), Measured(), []
        cpu, started, due = self._served.cpu_seconds(), time.perf_counter(), 0.0
        while (due := due + draw.expovariate(rate)) < seconds:
            await asyncio.sleep(max(0.0, started + due - time.perf_counter()))
            tasks.append(asyncio.create_task(self._ask(measured, started + due)))
        await asyncio.gather(*tasks)
        return self._done(measured, started, cpu)

    async def crowd(self, visitors: int, seconds: float) -> Measured:
        """So many visitors who ask again as soon as they are answered."""
        measured = Measured()
        cpu, started = self._served.cpu_seconds(), time.perf_counter()

        async def visit() -> None:
            while time.perf_counter() < started + seconds:
                await self._ask(measured, time.perf_counter())

        await asyncio.gather(*(visit() for _ in range(visitors)))
        return self._done(measured, started, cpu)

    async def _ask(self, measured: Measured, due: float) -> None:
        path = self._paths[self._next % len(self._paths)]
        self._next += 1
        try:
            async with self._session.get(self._served.address + path) as answer:
                body = await answer.read()
                measured.size += int(answer.headers.get("Content-Length", len(body)))
        except (aiohttp.ClientError, TimeoutError):
            measured.failed += 1
            return
        measured.failed += answer.status != 200
        measured.times.append((time.perf_counter() - due) * 1000)

    def _done(self, measured: Measured, started: float, cpu: float) -> Measured:
        measured.seconds = time.perf_counter() - started
        measured.cpu = self._served.cpu_seconds() - cpu
        return measured


async def measure(
    served: Served, name: str, paths: Sequence[str], options: argparse.Namespace
) -> tuple[Measured, dict[float, Measured]]:
    """Print the table of one kind of page; what a crowd got, and what came at each rate."""
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(headers=HEADERS, timeout=timeout, connector=connector) as session:
        client = Client(served, session, paths)
        await client.crowd(2, options.seconds)  # both workers have read what they need
        at_rates = {}
        for rate in options.rates:
            at_rates[rate] = await client.arrive(rate, options.seconds)
            print(at_rates[rate].row(name, f"{rate:g}"), flush=True)
            if at_rates[rate].rate < rate / 2:
                break  # it fell behind; more would only make the queue longer
        crowd = await client.crowd(VISITORS, options.seconds)
        print(crowd.row(name, "most"), flush=True)
    return crowd, at_rates


def beginnings(questions: Sequence[Question]) -> list[str]:
    """What the search box asks while a text is typed: from its third letter on, three letters at a time."""
    words = [" ".join(question.words) for question in questions]
    return [word[:end] for word in words for end in range(3, min(len(word), 13), 3)]


def verdict(what: str, value: str, *, is_met: bool) -> bool:
    """Print a figure that has a limit."""
    print(f"{what}: {value}  {'met' if is_met else 'MISSED'}")
    return is_met


def each_anew(served: Served, questions: Sequence[Question]) -> list[str]:
    """Addresses of results, none of which comes twice."""
    paths = [served.results(question) for question in questions]
    return [f"{paths[number % len(paths)]}&_anew={number}" for number in range(MOST_ASKED)]


def as_people_ask(served: Served, questions: Sequence[Question], seed: int = 2) -> list[str]:
    """Addresses of results, the questions drawn by their rank."""
    weights = [1 / rank for rank in range(1, len(questions) + 1)]
    return [served.results(q) for q in random.Random(seed).choices(questions, weights, k=MOST_ASKED)]


async def compare(questions: Sequence[Question], home: Path, options: argparse.Namespace) -> bool:
    """Ask both; whether the limits are met."""
    cores, met = {options.core}, []
    print(HEADING)
    with aardekast(home, WORKERS, cores) as ours:
        anew, at_rates = await measure(ours, "Aardekast, each anew", each_anew(ours, questions), options)
        again, _ = await measure(ours, "Aardekast, as people ask", as_people_ask(ours, questions), options)
        typed = ["/api/v1/suggest?" + urlencode({"q": text}) for text in beginnings(questions)]
        await measure(ours, "Aardekast, autocomplete", typed, options)
    with datasette(home / "docs.db", cores) as peer:
        peer_anew, _ = await measure(peer, "Datasette, each anew", each_anew(peer, questions), options)
        peer_again, _ = await measure(peer, "Datasette, as people ask", as_people_ask(peer, questions), options)
    for name, most, others in (("each anew", anew, peer_anew), ("as people ask", again, peer_again)):
        ratio, cpu = most.rate / others.rate, others.cpu / len(others.times) / (most.cpu / len(most.times))
        value = f"{ratio:.1f} x (in CPU time {cpu:.1f} x), at least {RATIO:g} x"
        met.append(verdict(f"requests/s to Datasette's, {name}", value, is_met=ratio >= RATIO))
    if ASKED_RATE in at_rates:
        p95 = at_rates[ASKED_RATE].percentile(95)
        value = f"{p95:.0f} ms, under {P95_LIMIT:g} ms"
        met.append(verdict(f"p95 of results at {ASKED_RATE} requests/s, each anew", value, is_met=p95 < P95_LIMIT))
    return all(met)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", metavar="DOCUMENTS QUESTIONS")
    parser.add_argument("--count", type=int, default=2_000, help="documents; of DOCUMENTS the first so many")
    parser.add_argument("--keep", type=Path, help="folder for index and database, used again the next time")
    parser.add_argument("--seconds", type=float, default=10, help="length of each stretch")
    parser.add_argument("--rates", type=float, nargs="+", default=[10, ASKED_RATE, 60], help="requests a second")
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)), help="of the site; we take another")
    options = parser.parse_args()
    os.sched_setaffinity(0, (os.sched_getaffinity(0) - {options.core}) or {options.core})
    if options.files:
        documents, asked = (path.read_text("utf-8").splitlines() for path in options.files)
        resources, questions = read_resources(documents[: options.count]), read_questions(asked)
    else:
        resources = make_resources(options.count, 400)
        questions = make_questions(resources, 250)
    random.Random(3).shuffle(questions)
    with tempfile.TemporaryDirectory() as folder:
        home = options.keep or Path(folder)
        build_index(resources, home)
        build_database(resources, home / "docs.db")
        print(f"{len(resources)} documents, {len(questions)} questions, site on core {options.core}, {WORKERS} workers")
        sys.exit(0 if asyncio.run(compare(questions, home, options)) else 1)


if __name__ == "__main__":
    main()
