"""What the pages of audiences, kinds and topics say of themselves."""

from pathlib import Path

import pytest

from aardekast.curated import load_vocabulary
from aardekast.errors import CuratedFileError
from aardekast.settings import Settings
from aardekast.vocabulary import INTERFACE_LANGUAGES, Vocabulary

TOPIC = """\
audiences:
  kov: {et: Omavalitsus}
kinds:
  uudis: {et: Uudis}
topics:
  rahastus: {et: Rahastus,
    about: %s}
"""


@pytest.mark.parametrize("facet", ["audience", "kind", "topic"])
@pytest.mark.parametrize("language", INTERFACE_LANGUAGES)
def test_every_term_says_what_is_there_in_every_language(facet: str, language: str, vocabulary: Vocabulary) -> None:
    abouts = {slug: term.about(language) for slug, term in vocabulary.terms(facet).items()}
    assert all(abouts.values()), abouts
    assert len(set(abouts.values())) == len(abouts)
    assert all(about.endswith((".", "?")) and len(about) < 300 for about in abouts.values())


def test_a_term_may_say_nothing(tmp_path: Path) -> None:
    topic = _read(tmp_path, '{et: "Kust raha saab.\n      Ja kuidas."}').topics["rahastus"]
    assert (topic.about("et"), topic.about("en")) == ("Kust raha saab. Ja kuidas.", "")


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        pytest.param("Kust raha saab", "'about' must be {et: A sentence.}", id="no-language"),
        pytest.param("{ee: Kust raha saab}", "language 'ee' is not known", id="unknown-language"),
        pytest.param("{et: }", "'about' says nothing in 'et'", id="empty"),
        pytest.param("{et: 5}", "'about' says nothing in 'et'", id="no-text"),
    ],
)
def test_a_faulty_text_is_named_with_its_line(tmp_path: Path, written: str, fault: str) -> None:
    with pytest.raises(CuratedFileError) as caught:
        _read(tmp_path, written)
    assert f"vocabulary.yaml:7: {fault}" in str(caught.value)


def _read(folder: Path, about: str) -> Vocabulary:
    path = folder / "vocabulary.yaml"
    path.write_text(TOPIC % about, "utf-8")
    return load_vocabulary(Settings.load({}, home=folder, vocabulary=path))
