"""One harvest (or preview) in a process of its own, because a reactor runs once in each; prints JSON.

python drive.py harvest|preview HOME JSON-OPTIONS
"""

from __future__ import annotations

import dataclasses
import json
import sys
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


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> None:
    """Do what the arguments say."""
    what, home, options = sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3])
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
    reported: list[str] = []
    summary = harvest(
        catalogue, settings, vocabulary, suggest=suggest, report=lambda run: reported.append(run.source), **options
    )
    _say(json.dumps(dataclasses.asdict(summary) | {"reported": reported, "sentence": summary.sentence}, default=str))
    if twice:
        try:
            harvest(catalogue, settings, vocabulary)
        except AardekastError as fault:
            _say(json.dumps(str(fault)))
    catalogue.close()


if __name__ == "__main__":
    main()
