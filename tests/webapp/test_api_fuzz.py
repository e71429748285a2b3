"""Requests that schemathesis makes up from the description: every answer is as described, none is a fault of ours."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from aardekast.resource import Resource

spec = importlib.util.spec_from_file_location("fuzz_api", Path(__file__).parents[2] / "tools" / "fuzz_api.py")
assert spec is not None
assert spec.loader is not None
fuzz_api = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fuzz_api)

# The phase "coverage", some 700 requests, is left to `make fuzz`.
BOUNDED = ("--phases", "examples,fuzzing,stateful", "--max-examples", "8", "--seed", "1")


@pytest.fixture
def app(app_of: Callable[..., Flask], card_of: Callable[..., Resource]) -> Flask:
    guide = card_of(1, "Küla kriisiplaan", topics=("kriisivalmidus",), authors=("Mari Mets",), published="2024-05")
    return app_of(guide, *(card_of(number, f"Kriisiplaan {number}") for number in range(2, 15)))


def test_every_answer_is_as_described(app: Flask) -> None:
    app.testing = False  # a fault of ours is an answer, too
    with fuzz_api.served(app) as site:
        done = fuzz_api.fuzz(f"{site}/api/openapi.json", *BOUNDED)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Tested: 8" in done.stdout


def test_an_answer_that_is_not_as_described_is_found(app: Flask) -> None:
    app.view_functions["api.vocabulary_of_site"] = lambda: {"topic": "kriis"}
    with fuzz_api.served(app) as site:
        done = fuzz_api.fuzz(f"{site}/api/openapi.json", "--include-name", "GET /api/v1/vocabulary", *BOUNDED)
    assert done.returncode == 1
