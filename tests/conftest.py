"""What all tests share: no network beyond loopback, the project's own vocabulary, small real indexes."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import no_network
import pytest

from aardekast.curated import load_vocabulary
from aardekast.resource import Resource
from aardekast.settings import Settings
from aardekast.vocabulary import Vocabulary
from index import ResourceList, Searcher, engine_at

REPOSITORY = Path(__file__).parents[1]
# No deadlines: a busy machine is no fault. In CI always the same examples: a new fault is found where it can be mended.
hypothesis.settings.register_profile("aardekast", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("aardekast")
no_network.block()
os.environ["PYTHONPATH"] = os.pathsep.join([str(REPOSITORY), str(Path(no_network.__file__).parent)])

IndexOf = Callable[..., Searcher]


@pytest.fixture(autouse=True)
def own_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of the machine that runs the tests do not reach them."""
    for name in os.environ:
        if name.startswith("AARDEKAST_"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary(
        Settings.load({"AARDEKAST_VOCABULARY": str(REPOSITORY / "vocabulary.yaml"), "AARDEKAST_RESOURCES": ""})
    )


@pytest.fixture
def index_of(tmp_path: Path, vocabulary: Vocabulary) -> Iterator[IndexOf]:
    """A real index of the given resources; a string stands for one whose description it is."""
    opened: list[Searcher] = []

    def build(*contents: Resource | str) -> Searcher:
        folder = tmp_path / f"index-{len(opened)}"
        engine_at(folder, vocabulary).update(
            ResourceList([_resource(number, content) for number, content in enumerate(contents)])
        )
        opened.append(engine_at(folder, vocabulary).open())
        return opened[-1]

    yield build
    for searcher in opened:
        searcher.close()


def _resource(number: int, content: Resource | str) -> Resource:
    if isinstance(content, Resource):
        return content
    return Resource(
        id=f"r{number}", url=f"https://naide.ee/{number}", title="Pealkiri", description=content, language="et"
    )
