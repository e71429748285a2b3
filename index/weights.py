"""Every number that the order of the hits depends on, each with its measured reason.

Measured by benchmarks/relevance.py on the judged cards in tests/relevance; the ideas and their worth on
three sets of queries are from the research on ranking ("lean").
"""

K1 = 1.6  # the saturation that BM25 starts from; not worth tuning on 34 queries
B = 0.4  # weaker length normalisation than .75: +.018 on long help pages, +.001 on cards

TITLE = 0.2  # each channel counts its title once more; from 1 on, long titles drown better ones

LEMMA = 1.0
STEM = 1.0  # other languages' stems are what lemmas are for Estonian
EXACT = 0.2
ALIKE = 0.2  # times the number of letter groups of the word: joins what morphology does not (vabatahtlik, vabatahtlikkus)
IN_COMPOUND = 0.4  # the word as a part of the documents' compounds
OWN_PARTS = 0.4  # the parts of the query's compound as words
OWN_PARTS_IN_COMPOUND = 0.2  # and as parts of other compounds
JOINED = 1.0  # neighbours written together: küla vanem -> külavanem; .842 -> .882 where compounds are typed apart
ABBREVIATION = 1.0  # KOV and kohalik omavalitsus say the same

SYNONYM = 0.7

PAIR = 0.2  # neighbouring query words that stand near each other
PAIR_WINDOW = 8  # words

COVERAGE_POWER = 0.15  # weak coordination; a hard one cost .012 on questions
COVERAGE_FLOOR = 0.05
TITLE_COVERAGE = 1.0  # share of the query in the title and of the title in the query: the best title device

STOP_WORD = 0.5  # leaving them out altogether is no better

PARTS_WINDOW = 8  # a compound is found by its parts only where these stand this near

ENOUGH = 10  # hits with all words, one page of them; with fewer, hits with some words follow
PARTIAL_SHARE = 0.5  # of the idf of the query's words: below that a hit with some words answers another question

TITLE_SAYS_IT = 0.65
MOST_IN_DETAIL = 8
