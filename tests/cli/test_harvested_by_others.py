"""Others harvest the served site by OAI-PMH, with a client that is not ours (sickle)."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sickle import Sickle
from sickle.oaiexceptions import NoRecordsMatch

from aardekast.catalogue import Catalogue

Run = Callable[..., subprocess.CompletedProcess[str]]
CARD = """\
  - url: https://kysk.ee/kaart-{number}
    title: Kaart {number}
    kind: {kind}
    audience: [kov]
    topics: [{topic}]
"""


def write(folder: Path, numbers: range, **changed: int) -> None:
    """Cards of these numbers; the kind of every third and the topic of every fifth is another."""
    cards = [
        CARD.format(number=number, kind="uudis" if number % 3 else "artikkel", topic="noored" if number % 5 else "abcd")
        for number in numbers
    ]
    text = "sources: []\nresources:\n" + "".join(cards) + "withdrawn: []\n"
    for title, number in changed.items():
        text = text.replace(f"title: Kaart {number}\n", f"title: {title}\n")
    (folder / "resources.yaml").write_text(text, "utf-8")


@pytest.fixture
def served(aardekast: Run, folder: Path) -> Iterator[str]:
    """The address of the provider over 230 cards."""
    write(folder, range(230))
    aardekast("index")
    command = [sys.executable, "-m", "aardekast", "serve", "--port", "0", "--workers", "1"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"{process.stdout.readline().strip()}oai"
        process.terminate()
        process.wait(timeout=20)


def moment_of(listed: Any) -> str:
    [date] = listed.oai_response.xml.iter("{http://www.openarchives.org/OAI/2.0/}responseDate")
    return str(date.text)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_everything_is_harvested_and_later_only_what_changed(
    method: str, served: str, aardekast: Run, folder: Path
) -> None:
    client = Sickle(served, http_method=method, timeout=20)
    assert client.Identify().deletedRecord == "persistent"
    assert [known.metadataPrefix for known in client.ListMetadataFormats()] == ["oai_dc", "amb"]
    assert "teema:abcd" in {one.setSpec for one in client.ListSets()}

    listed = client.ListRecords(metadataPrefix="oai_dc")
    records = {record.header.identifier: record for record in listed}
    asked_at = moment_of(listed)
    catalogue = Catalogue.open(f"sqlite:///{folder / 'var' / 'catalogue.sqlite'}")
    shown = {f"oai:kogukonnaveeb.ee:{one.id}": one for one in catalogue.visible_resources()}
    catalogue.close()
    assert records.keys() == shown.keys()
    for identifier, record in records.items():
        assert record.metadata["title"] == [shown[identifier].title]
        assert record.metadata["identifier"] == [shown[identifier].url]
    in_set = list(client.ListRecords(metadataPrefix="amb", set="teema:abcd"))
    assert len(in_set) == 46
    assert {json.loads(record.metadata["json"][0])["about"][0]["termCode"] for record in in_set} == {"abcd"}
    with pytest.raises(NoRecordsMatch):
        client.ListRecords(metadataPrefix="oai_dc", **{"from": asked_at})

    write(folder, range(2, 231), **{"Uus pealkiri": 7})
    said = aardekast("index").stdout
    assert "(1 added, 1 changed, 2 removed)" in said
    later = list(client.ListRecords(metadataPrefix="oai_dc", **{"from": asked_at}))
    titles = {record.header.identifier: shown[record.header.identifier].title for record in later if record.deleted}
    assert sorted(titles.values()) == ["Kaart 0", "Kaart 1"]
    assert sorted(r.metadata["title"][0] for r in later if not r.deleted) == ["Kaart 230", "Uus pealkiri"]
    [again] = [record for record in later if not record.deleted and record.metadata["title"] == ["Uus pealkiri"]]
    assert shown[again.header.identifier].title == "Kaart 7"
    headers = list(client.ListIdentifiers(metadataPrefix="oai_dc"))
    assert sum(header.deleted for header in headers) == 2
    assert len(headers) == 231
