"""The docs say what the code does."""

import importlib.util
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from aardekast.curated import ResourceEntry, SourceEntry

REPOSITORY = Path(__file__).parents[1]
spec = importlib.util.spec_from_file_location("make_docs", REPOSITORY / "tools" / "make_docs.py")
assert spec is not None
assert spec.loader is not None
make_docs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make_docs)


@pytest.mark.parametrize("name", sorted(make_docs.PAGES))
def test_a_page_made_from_the_code_is_up_to_date(name: str) -> None:
    assert (REPOSITORY / "docs" / name).read_text("utf-8") == make_docs.PAGES[name](), "run: python tools/make_docs.py"


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in REPOSITORY.glob("docs/*.md"))]
)
def test_every_file_that_a_page_names_exists(page: str) -> None:
    path = REPOSITORY / page
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), f"{page} names {target}"


def test_every_package_has_its_place_on_the_map() -> None:
    text = (REPOSITORY / "docs" / "architecture.md").read_text("utf-8")
    for package in ("aardekast", "harvester", "index", "webapp"):
        for path in (REPOSITORY / package).iterdir():
            if path.is_dir() and (path / "__init__.py").exists():
                assert f"`{package}/{path.name}" in text, f"docs/architecture.md does not say what {path} is for"


@pytest.mark.parametrize("entry", [SourceEntry, ResourceEntry])
def test_every_field_that_a_curator_may_write_is_explained(entry: type[BaseModel]) -> None:
    text = (REPOSITORY / "docs" / "sources.md").read_text("utf-8")
    assert not [field for field in entry.model_fields if f"| `{field}`" not in text]
