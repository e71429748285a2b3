"""Letters in the catalogue: decided once, and then without an e-mail address."""

import stat
from pathlib import Path

import pytest

from aardekast.catalogue import Catalogue
from aardekast.errors import InboxError, UnknownLetterError
from aardekast.letters import Decision, Letter, LetterKind
from aardekast.secret import site_key
from aardekast.settings import Settings

REPORT = Letter(kind=LetterKind.REPORT, resource_id="x", reason="katkine-link", email="mari@kyla.ee")


@pytest.mark.parametrize("decision", list(Decision))
def test_a_decided_letter_loses_its_address_and_waits_no_more(
    catalogue: Catalogue, decision: Decision, tmp_path: Path
) -> None:
    catalogue.receive(REPORT)
    (decided,) = catalogue.decide_letters(decision, ["L1"])
    assert (decided.letter.reason, decided.letter.email) == ("katkine-link", "")
    assert not catalogue.letters()
    with pytest.raises(UnknownLetterError, match="'L1'"):
        catalogue.decide_letters(decision, ["L1"])


def test_the_same_may_be_reported_again_after_a_decision_under_a_new_id(catalogue: Catalogue) -> None:
    catalogue.receive(REPORT)
    catalogue.receive(REPORT)
    catalogue.decide_letters(Decision.REJECTED, ["L1"])
    catalogue.receive(REPORT)
    assert [waiting.id for waiting in catalogue.letters()] == ["L2"]


def test_an_address_that_comes_with_the_second_of_two_equal_letters_is_kept(catalogue: Catalogue) -> None:
    catalogue.receive(Letter(kind=LetterKind.REPORT, resource_id="x", reason="katkine-link"))
    catalogue.receive(REPORT)
    assert [waiting.letter.email for waiting in catalogue.letters()] == ["mari@kyla.ee"]


def test_one_unknown_id_leaves_all_undecided(catalogue: Catalogue) -> None:
    catalogue.receive(REPORT)
    with pytest.raises(UnknownLetterError, match="'L7'"):
        catalogue.decide_letters(Decision.ACCEPTED, ["L1", "L7"])
    assert len(catalogue.letters()) == 1


def test_a_flood_is_not_kept(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aardekast.catalogue.letters.MOST_WAITING", 1)
    catalogue.receive(REPORT)
    with pytest.raises(InboxError, match="wait already"):
        catalogue.receive(Letter(kind=LetterKind.REPORT, text="veel"))


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings.load({"AARDEKAST_HOME": str(tmp_path / "uus")})
    key = site_key(settings)
    assert len(key) == 64
    assert site_key(settings) == key
    (file,) = (tmp_path / "uus").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_key_that_is_set_is_used_and_nothing_kept(tmp_path: Path) -> None:
    settings = Settings.load({"AARDEKAST_HOME": str(tmp_path), "AARDEKAST_SECRET": "seitse-korda-kaheksa"})
    assert site_key(settings) == b"seitse-korda-kaheksa"
    assert not list(tmp_path.iterdir())
