"""Words without their diacritics: how a word is typed on a keyboard that lacks õäöüšž, and which words that may mean.

Which of those words an index holds is for index/folded_lemmas.py.
"""

from __future__ import annotations

import re
import unicodedata

from aardekast.language import vabamorf

# Letters whose mark is no combining sign; ß and the like are taken apart by casefold().
_STROKES = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ŋ": "n", "ħ": "h", "ŧ": "t"})
_ESTONIAN = str.maketrans("õäöüšž", "oaousz")
_COMBINING = re.compile(r"[\u0300-\u036f]+")
MARKED = re.compile(r"[õäöüšž]")
# A lemma in small letters whose forms are fewer is a name to the synthesiser: põlva -> Põlvas, Põlvast.
_FORMS_OF_A_WORD = 6


def fold(word: str) -> str:
    """Lower case, every letter with a mark as its base letter: ÕPIK -> opik, Žürii -> zurii, Й -> и.

    Folds whole texts too; idempotent. The length may change (ß -> ss).
    """
    word = word.casefold()
    if word.isascii():
        return word
    word = word.translate(_ESTONIAN)
    if word.isascii():
        return word
    return _COMBINING.sub("", unicodedata.normalize("NFD", word)).translate(_STROKES)


def folded_forms(lemma: str) -> frozenset[str]:
    """All forms of a lemma in small letters that are typed differently without diacritics, folded.

    Vabamorf inflects all but the last part of a compound with it. Raises LanguageToolError.
    """
    lemma = lemma.lower()
    if not MARKED.search(lemma):
        return frozenset()
    forms = {lemma, *vabamorf.forms(lemma)}
    if len(forms) < _FORMS_OF_A_WORD:
        forms.update(form.lower() for form in vabamorf.forms(lemma.capitalize()))
    return frozenset(fold("\n".join(filter(MARKED.search, forms))).split("\n"))


# How Estonian was typed without its letters, and still is: kysimus, k6ik, p2rnu, t88, tulex, zhürii.
_HABITS = str.maketrans({"y": "ü", "x": "ks", "ô": "õ", "6": "õ", "2": "ä", "8": "ö"})
_HABIT = re.compile(r"[yxô]|[zs]h|(?<=[a-zõäöüšž])[268]|[268](?=[a-zõäöüšž])|(.)\1\1")
_DRAWN_OUT = re.compile(r"(.)\1\1+")  # vääääga is väga
_LEAST_HABIT = 4  # letters: by, my and shorter ones are English
_LEAST_GUESS = 3  # jjjj is not a drawn-out j
_ROMAN = re.compile(r"[ivxlcdm]+")  # viii is no drawn-out vii


def respelt(word: str) -> tuple[str, ...]:
    """The spellings that a lower-cased word may stand for when it was typed by an old habit; most words have none.

    They are guesses: whether one of them is a word is for the lexicon to say.
    """
    if len(word) < _LEAST_HABIT or not _HABIT.search(word) or _ROMAN.fullmatch(word):
        return ()
    written = word.translate(_HABITS).replace("zh", "ž").replace("sh", "š")
    guesses = dict.fromkeys((_DRAWN_OUT.sub(r"\1\1", written), _DRAWN_OUT.sub(r"\1", written)))
    return tuple(guess for guess in guesses if guess != word and len(guess) >= _LEAST_GUESS)
