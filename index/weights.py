"""Every number that the order of the hits depends on, each with its measured reason.

Measured by benchmarks/relevance.py as nDCG@10 on the 34 queries over the judged cards in tests/relevance and on 133
queries over 879 help pages of LibreOffice, in this order: .903 / .717. Differences under .02 are noise on the cards: a
number stays where it does no harm on either set. "Without" means the number 0 where nothing else is said.
"""

K1 = 1.6  # saturation: .896 / .711 at 1.2, .901 / .710 at 1.8
B = 0.4  # weak length normalisation: .898 / .710 at .5; .75 drowns long pages

TITLE = 0.2  # each channel counts its title once more; from .6 on, long titles drown better ones
TITLE_COVERAGE = 1.0  # share of the query in the title times share of the title in the query
TITLE_SAYS_IT = 0.65  # two words of three: share of a title that makes most of the query a full answer
PARTIAL_SHARE = 0.5  # of the idf of the query's words: "most of the query"

LEMMA = 1.0
STEM = 1.0  # other languages' stems are what lemmas are for Estonian
EXACT = 0.2
DERIVED = 0.2  # the action noun of a verb and back, which count as the word: koostada, koostamine
ALIKE = 0.2  # times the number of the word's letter groups; joins what morphology does not: vabatahtlikkus
IN_COMPOUND = 0.4  # the word as a part of the documents' compounds
OWN_PARTS = 0.4  # the parts of the query's compound as words
OWN_PARTS_IN_COMPOUND = 0.2  # and as parts of other compounds
JOINED = 1.5  # neighbours written together: küla vanem -> külavanem
ABBREVIATION = 1.0  # KOV and kohalik omavalitsus say the same
SYNONYM = 0.7

PAIR = 0.2  # neighbouring query words that stand near each other
PAIR_WINDOW = 8  # words
PARTS_WINDOW = 8  # a compound is found by its parts only where these stand this near

COVERAGE_POWER = 0.15  # weak coordination
COVERAGE_FLOOR = 0.05
STOP_WORD = 0.5  # leaving them out altogether is no better

GUIDE = 1.0
OTHER_KIND = 0.97
NEWS = 0.94
AGE = 0.03  # what a document of OLD years or more loses
OLD = 15

ENOUGH = 10  # hits with all words, one page of them; with fewer, hits with some words follow
MOST_IN_DETAIL = 8  # words of a query that are looked for by parts, synonyms and letters: no one asks for more
