"""A harvest may be killed at any moment: the next one completes it, and nothing is lost, doubled or cut in half."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
KILLING = TESTS / "sites" / "killing.py"
CARDS = TESTS / "relevance" / "corpus.jsonl"  # Estonian: its language is no matter of chance
SEED = 20261122
KILLS, BY_CLOCK = 20, 5
PAGES = 5
# Whether a page was found before its card, and merged into that, is chance in every harvest.
IN_USE = "resource_id IN (SELECT id FROM resources WHERE duplicate_of IS NULL)"
OF_WHOLE = {"resources": "duplicate_of IS NULL", "sources": "1", "likenesses": "1"}
TABLES = {
    "resources": "id, url, source_id, in_file, review, status, format, words, text, content_hash",
    "addresses": "key, url, resource_id",
    "field_values": "resource_id, field, origin, value",
    "passages": "resource_id, position, offset, heading, fragment",
    "text_bands": "resource_id, value",
    "likenesses": "first_id, second_id",
    "alternates": "resource_id, key, language",
    "sources": "id, found_type, found_url",
}


def run_all(home: Any, moments: list[float | None]) -> list[dict[str, float]]:
    command = [sys.executable, "-W", "error", str(KILLING), str(home.folder), json.dumps(moments)]
    done = subprocess.run(command, cwd=KILLING.parents[2], capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def contents(home: Any) -> dict[str, list[tuple[Any, ...]]]:
    with sqlite3.connect(home.folder / "catalogue.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = {
            name: connection.execute(f"SELECT {columns} FROM {name} WHERE {OF_WHOLE.get(name, IN_USE)}")
            for name, columns in TABLES.items()
        }
        return {name: sorted(of_one, key=repr) for name, of_one in rows.items()}


def test_after_twenty_kills_the_next_harvest_has_what_an_undisturbed_one_has(
    make_site: Any, make_home: Any, yaml: Any, site_server: Any
) -> None:
    site, linked = make_site(), make_site("bare")
    paths = [f"/lugu/{number}" for number in range(PAGES)]
    site.changed["/sitemap.xml"] = site_server.Answer(site_server._urlset(*paths)(site.base), site_server.XML)
    site.changed["/vana"] = site_server._redirect("/lugu/0")
    linked.changed["/ring/"] = site_server.page("Ring", "".join(f"<a href='/ring/{n}'>{n}</a> " for n in range(PAGES)))
    words = [word for card in CARDS.read_text("utf-8").splitlines() for word in json.loads(card)["text"].split()]
    for number in range(PAGES):
        text = " ".join(words[number * 40 : number * 40 + 120])
        heads = f"<link rel='alternate' hreflang='en' href='{linked.base}/ring/{number}'>"
        heads += "<meta property='article:published_time' content='2020-01-01'>"  # else chance says which copy is shown
        site.changed[paths[number]] = site_server.page(f"Lugu {number}", f"{site_server.BALTIC}</p><p>{text}", heads)
        other = " ".join(reversed(words[number * 40 + 300 : number * 40 + 420]))
        ring = f"{text} {text} {number}" if number % 2 else other  # a copy, or a material of its own
        linked.changed[f"/ring/{number}"] = site_server.page(f"Ring {number}", ring)
    yaml_file = yaml.file(
        [
            yaml.source("kaart", f"{site.base}/sitemap.xml", type="sitemap"),
            yaml.source("lingid", f"{linked.base}/ring/", type="links"),
        ],
        [yaml.card("kaart-0", f"{site.base}/vana"), yaml.card("kaart-1", f"{site.base}/lugu/1")],
    )
    whole, killed = make_home(yaml_file), make_home(yaml_file)
    undisturbed, unchanged = run_all(whole, [None, None])
    draw = random.Random(SEED)
    clock = [draw.uniform(0, undisturbed["seconds"]) for _ in range(BY_CLOCK)]
    counted = [draw.randint(1, int(unchanged["statements"])) for _ in range(KILLS - BY_CLOCK)]
    moments: list[float | None] = [*clock, *counted]
    draw.shuffle(moments)
    sys.stdout.write(f"seed {SEED}: {moments}\n")
    *kills, last = run_all(killed, [*moments, None])
    ended = [kill["signal"] for kill, moment in zip(kills, moments, strict=True) if isinstance(moment, int)]
    assert ended == [9] * len(counted)
    assert last["signal"] == 0
    of_killed, of_whole = contents(killed), contents(whole)
    assert not [row for name in TABLES for row in set(of_killed[name]) ^ set(of_whole[name])]
    assert of_killed == of_whole
    assert killed.titles() == whole.titles()
    assert len(killed.titles()) == len(set(killed.titles())) > PAGES
