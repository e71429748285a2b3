"""Help with a query: what was probably meant, and what was searched beside the words as typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, islice

from aardekast.language.estonian import analyse
from aardekast.language.text import words
from aardekast.vocabulary import Vocabulary
from index import weights
from index.meaning import Meanings
from index.query import QueryWord
from index.querytext import respelt
from index.request import SearchRequest
from index.selection import Selection, Selector

FORMS = 2  # that are named: enough to tell that forms are found
MOST_NAMED = 12  # words and phrases in all


class Advice:
    """Advises from the words of one generation."""

    def __init__(self, meanings: Meanings, selector: Selector, vocabulary: Vocabulary) -> None:
        self._meanings = meanings
        self._selector = selector
        self._vocabulary = vocabulary
        self._of_vocabulary = frozenset(word.text.lower() for text in vocabulary.texts() for word in words(text))

    def did_you_mean(self, request: SearchRequest, selection: Selection) -> str | None:
        """Another spelling of the query text that has more full answers under the same filters; None where none has.

        Looked for only where full answers are no page of hits.
        """
        typed = selection.said.words[: weights.MOST_IN_DETAIL]
        if not typed or selection.complete >= weights.ENOUGH:
            return None
        text = self._respelt(request.text, typed) if selection.said.has_signs else self._joined(selection.said.words)
        if text is None:
            return None
        other = self._selector.select(replace(request, text=text, page=1))
        return text if other.complete > selection.complete else None

    def _joined(self, typed: Sequence[str]) -> str | None:
        """Other words in place of these, some perhaps written together or apart."""
        first, rest = typed[: weights.MOST_IN_DETAIL], typed[weights.MOST_IN_DETAIL :]
        meant = self._corrected(first)
        return " ".join((*meant, *rest)) if meant else None

    def _respelt(self, text: str, typed: Sequence[str]) -> str | None:
        """The text with other words in place of these; each for itself, for its signs have their places."""
        meant = {word: " ".join(other) for word in typed if (other := self._corrected([word]))}
        return respelt(text, meant, self._vocabulary) if meant else None

    def _corrected(self, typed: Sequence[str]) -> tuple[str, ...] | None:
        return self._meanings.corrected(typed, self._of_vocabulary)

    def searched_also(self, selection: Selection) -> tuple[str, ...]:
        """What the words of the query were also searched by: other spellings, what means the same, frequent forms."""
        typed = {word.form for word in selection.query.words}
        shown = selection.query.required
        meant = chain.from_iterable(word.meant for word in shown)
        same = (text for word in shown for text in word.also if self._has(text))
        forms = islice(chain.from_iterable(map(self._forms, shown)), FORMS)
        named: dict[str, str] = {}
        for name in chain(meant, same, forms):
            named.setdefault(name.lower(), name)
        return tuple(name for key, name in named.items() if key not in typed)[:MOST_NAMED]

    def _has(self, text: str) -> bool:
        """Whether the words of an expansion stand anywhere."""
        return self._meanings.has_any(analyse(word.text).lemmas for word in words(text))

    def _forms(self, word: QueryWord) -> list[str]:
        lemmas = word.meant or word.lemmas
        lemma = word.form if word.form in lemmas else next(iter(lemmas), "")
        if not lemma.islower():  # SA is no form of sa
            return []
        return [form for form in self._meanings.forms(lemma, FORMS + 1) if form != word.form][:1]
