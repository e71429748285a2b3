"""Imports run one way: aardekast <- harvester, index <- webapp <- aardekast.cli."""

import ast
from pathlib import Path

import pytest

ALLOWED = {
    "aardekast": {"aardekast"},
    "harvester": {"aardekast", "harvester"},
    "index": {"aardekast", "index"},
    "webapp": {"aardekast", "index", "webapp"},
}
OURS = set(ALLOWED)
KEPT_IN = {"whoosh": "index", "scrapy": "harvester", "trafilatura": "harvester", "flask": "webapp"}
ROOF = ("aardekast/cli", "aardekast/__main__.py")


def modules(package: str) -> list[Path]:
    root = Path(__file__).parents[1]
    return [path for path in (root / package).rglob("*.py") if not str(path.relative_to(root)).startswith(ROOF)]


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("package", sorted(ALLOWED))
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    assert modules(package)
    breaches = {str(path): imported(path) & OURS - ALLOWED[package] for path in modules(package)}
    assert not {path: names for path, names in breaches.items() if names}


def test_the_product_knows_the_index_by_its_front_door_alone() -> None:
    for path in (*modules("webapp"), *(Path(__file__).parents[1] / "aardekast" / "cli").glob("*.py")):
        inner = [n.module for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ImportFrom)]
        assert not [module for module in inner if module and module.startswith("index.")], path


@pytest.mark.parametrize(("library", "home"), sorted(KEPT_IN.items()))
def test_a_library_is_imported_in_one_package_only(library: str, home: str) -> None:
    strangers = [str(path) for package in OURS - {home} for path in modules(package) if library in imported(path)]
    assert not strangers


def test_the_ground_floor_does_not_import_its_roof() -> None:
    for package in OURS:
        for path in modules(package):
            assert "aardekast.cli" not in path.read_text("utf-8"), path
