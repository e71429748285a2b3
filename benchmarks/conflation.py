"""What a one-word query finds by its lemmas, for the evaluation of conflation on a treebank.

An adapter: `analyze(text)` and `analyze_query(text)` give a list of terms for each word of a text whose words are
joined by one space. The terms are those of the lemma channel alone, without parts of compounds and near spellings.
Run from the folder of the project:

    python conflation_eval.py -a benchmarks.conflation TREEBANK.conllu
    python conflation_eval.py -a benchmarks.conflation:typed_without_diacritics TREEBANK.conllu

The second folds each query first (kusitlus). On the web treebank's dev part, 10,001 tokens, recall of other forms
(qR) and precision (qP) of a one-word query: .937 at .946 as written, .925 at .936 without diacritics.
"""

from __future__ import annotations

from collections import Counter

from aardekast.language.estonian import analyse, query_lemmas
from aardekast.language.folding import fold
from aardekast.language.text import spelling
from index.folded_lemmas import FoldedLemmas, extend


class LemmaChannel:
    """Analyses texts as the index does, and queries as one over all texts so far does."""

    def __init__(self, *, types_diacritics: bool = True) -> None:
        self._types_diacritics = types_diacritics
        self._counts: Counter[str] = Counter()
        self._folded: FoldedLemmas | None = None

    def analyze(self, text: str) -> list[list[str]]:
        """The lemmas of each word of a text."""
        found = [list(analyse(spelling(word)).lemmas) for word in text.split(" ")]
        self._counts.update(lemma for lemmas in found for lemma in lemmas)
        self._folded = None
        return found

    def analyze_query(self, text: str) -> list[list[str]]:
        """The lemmas that each word of a query stands for."""
        if self._folded is None:
            self._folded = FoldedLemmas(extend(None, self._counts))
        return [self._lemmas(word if self._types_diacritics else fold(word)) for word in text.split(" ")]

    def _lemmas(self, word: str) -> list[str]:
        assert self._folded is not None
        own = query_lemmas(spelling(word))
        return [*own, *self._folded.meant(word, own, self._counts.__getitem__)]


def typed_without_diacritics() -> LemmaChannel:
    """The adapter whose queries are typed without õäöüšž."""
    return LemmaChannel(types_diacritics=False)


_channel = LemmaChannel()
analyze = _channel.analyze
analyze_query = _channel.analyze_query
