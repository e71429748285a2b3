"""docs/sources.md says what a source may be, and its examples have no faults."""

import re
import textwrap
from pathlib import Path

import pytest

from aardekast.curated import load_curated
from aardekast.curated.entries import SOURCE_TYPES
from aardekast.settings import Settings
from harvester.run import SPIDERS

REPOSITORY = Path(__file__).parents[1]
TEXT = (REPOSITORY / "docs" / "sources.md").read_text("utf-8")
EXAMPLES = [example for example in re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL) if "type:" in example]


@pytest.mark.parametrize("type_", SOURCE_TYPES)
def test_every_type_has_its_line_and_its_section_and_its_spider(type_: str) -> None:
    assert f"\n| `{type_}` |" in TEXT
    assert f"\n#### `{type_}`\n" in TEXT
    assert type_ in SPIDERS


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_of_a_source_has_no_fault(example: str, tmp_path: Path) -> None:
    path = tmp_path / "resources.yaml"
    path.write_text("sources:\n" + textwrap.indent(textwrap.dedent(example), "  "), "utf-8")
    settings = Settings.load({}, resources=path, vocabulary=REPOSITORY / "vocabulary.yaml")
    assert len(load_curated(settings).sources) == 1


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= len(SOURCE_TYPES)
