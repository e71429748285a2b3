"""One harvest (or preview) in a process of its own, because a reactor runs once in each; prints JSON.

python drive.py harvest|preview HOME JSON-OPTIONS
python drive.py many

The second reads HOME and JSON-OPTIONS, a JSON list on a line each, and forks for each harvest: what all of them import
is imported once. After what a harvest prints stands a line with its exit code.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from aardekast.catalogue import Catalogue, SourceRun
from aardekast.curated import load_curated, load_vocabulary
from aardekast.errors import AardekastError
from aardekast.resource import Source
from aardekast.settings import Settings
from harvester import harvest, preview


def suggest(found: Any) -> dict[str, Any]:
    """The fixture's suggestion: a topic that exists and one that does not."""
    return {"topics": ("kriisivalmidus", "olematu")} if "kriis" in found.text.lower() else {}


def explain(found: Any) -> dict[str, Any]:
    """The fixture's evidence."""
    return {"topics": [("kriisivalmidus", ("kriisiplaan",))]} if "riisiplaan" in found.text else {}


def _refuse(catalogue: Catalogue, source: str) -> None:
    """Let the catalogue refuse the reasons of this source, as a database does with signs that it cannot keep."""
    keep = catalogue.keep_source_run

    def keep_or_fail(run_id: int, done: SourceRun) -> None:
        if done.source == source and done.reasons:
            raise ValueError("a sign that cannot be kept")
        keep(run_id, done)

    catalogue.keep_source_run = keep_or_fail  # type: ignore[method-assign]


def _count_extractions() -> list[str]:
    """The addresses whose answers go to the worker processes from now on."""
    from harvester.extraction.pool import Extractors

    extract, extracted = Extractors.extract, []

    async def count(self: Any, raw: Any) -> Any:
        extracted.append(raw.url)
        return await extract(self, raw)

    Extractors.extract = count  # type: ignore[method-assign]
    return extracted


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def many() -> None:
    """Harvest as often as is asked for on the standard input."""
    import_module("harvester.run")
    import_module("scrapy.core.downloader.handlers.http11")
    import_module("aardekast.language.detect").detect_language("Külavanem kutsus naabrid talgutele.", hint=None)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            home, options = json.loads(line)
            drive("harvest", Path(home), options)
            sys.stdout.flush()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        _say(json.dumps({"code": os.waitstatus_to_exitcode(status)}))
        sys.stdout.flush()


def main() -> None:
    """Do what the arguments say."""
    if sys.argv[1] == "many":
        many()
    else:
        drive(sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3]))


def drive(what: str, home: Path, options: dict[str, Any]) -> None:
    """One harvest or preview."""
    given = {"resources": home / "resources.yaml", "delay": 0, "timeout": 3, "allow_private": 1, "max_size": 1 << 20}
    settings = Settings.load({}, **{"home": home, **given, **options.pop("settings", {})})
    vocabulary = load_vocabulary(settings)
    if what == "preview":
        sources = [Source(**values) for values in options.get("sources", ())]
        found = preview(options["url"], settings, vocabulary, suggest=suggest, explain=explain, sources=sources)
        _say(json.dumps(dataclasses.asdict(found)))
        return
    catalogue = Catalogue.open(settings.database_url)
    catalogue.synchronise(load_curated(settings))
    twice = options.pop("twice", False)
    if unkept := options.pop("unkept", None):
        _refuse(catalogue, unkept)
    extracted = _count_extractions()
    reported: list[str] = []
    summary = harvest(
        catalogue, settings, vocabulary, suggest=suggest, report=lambda run: reported.append(run.source), **options
    )
    told = {"reported": reported, "sentence": summary.sentence, "extracted": extracted}
    _say(json.dumps(dataclasses.asdict(summary) | told, default=str))
    if twice:
        try:
            harvest(catalogue, settings, vocabulary)
        except AardekastError as fault:
            _say(json.dumps(str(fault)))
    catalogue.close()


if __name__ == "__main__":
    main()
