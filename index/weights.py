"""Every number that the order of the hits depends on, each with its measured reason.

Measured by benchmarks/relevance.py as nDCG@10 of 34 queries over the judged cards in tests/relevance, as typed .898 and
with every compound apart .897, and of 133 queries over 879 help pages of LibreOffice, whose words no synonym was
written for, .720 and .710. Reasons are differences to these four, in this order; `without` is the number 0. Under .02
they are noise on the cards, under .01 on the help pages: a number stays where it harms no set. What changed since then
beside the weights made the four .899 .895 .725 .713.
"""

K1 = 1.6  # saturation; with B, the usual 1.2 and .75 are worth -.009 -.011 -.014 -.003
B = 0.4  # weak length normalisation: long pages are no worse than cards

TITLE = 0.2  # each channel counts its title once more; without -.006 +.003 -.012 -.002; at .4 long titles drown better
TITLE_COVERAGE = 1.0  # query in the title times title in the query; without -.008 -.006 -.034 -.035, at 2 -.01 on cards
TITLE_SAYS_IT = 0.75  # share of a title that makes most of the query a full answer; without +.002 .000 -.027 -.051
PARTIAL_SHARE = 0.5  # of the idf of the query's words: "most of the query"; below, it answers another question

LEMMA = 1.0
STEM = 1.0  # other languages' stems are what lemmas are for Estonian
EXACT = 0.2  # without -.005 -.004 -.001 +.003
ALIKE = 0.2  # times the letter groups of the word: long words say more; without -.022 -.023 -.019 -.005
DERIVED = 0.2  # the action noun of a verb and back, which count as the word; not counting: .000 .000 -.006 -.003
IN_COMPOUND = 0.4  # the word as a part of the documents' compounds; without -.007 -.027 -.007 -.014
OWN_PARTS = 0.4  # the parts of the query's compound as words; without, with the next: .000 .000 -.002 .000
OWN_PARTS_IN_COMPOUND = 0.2  # and as parts of other compounds
JOINED = 1.5  # neighbours written together: küla vanem -> külavanem; without .000 -.033 .000 -.008, at 1 -.004 apart
ABBREVIATION = 1.0  # KOV and kohalik omavalitsus say the same
SYNONYM = 0.7  # nearly the same; without -.023 -.019 .000 .000, at .5 -.009 -.004 .000 .000

PAIR = 0.2  # neighbouring query words that stand near each other; without .000 .000 -.003 +.007: parts equals
PAIR_WINDOW = 8  # words; 4 and 16 are the same within .004
PARTS_WINDOW = 8  # words; a compound is found by its parts only where these stand this near

COVERAGE_POWER = 0.15  # weak coordination; without -.006 -.007 +.001 .000; a hard one cost .012 on questions
COVERAGE_FLOOR = 0.05
STOP_WORD = 0.5  # they may stand in a title; without .000 -.002 -.013 -.013

GUIDE = 1.0  # guides and worksheets; from a distance of .1 to news on the cards lose .004
OTHER_KIND = 0.97
NEWS = 0.94  # and events
AGE = 0.03  # what a document of OLD years or more loses
OLD = 15

ENOUGH = 10  # full answers, one page of them; with fewer, what holds most of the words or scores best follows
MUCH_ALIKE = 0.5  # of letter groups: what may stand for a word that is nowhere; annetus is no ennetus (.43)
MOST_BEGINNING = 2_000  # words that a beginning stands for, the most frequent; more only cost time
MOST_IN_DETAIL = 8  # words of a query that are looked for by parts, synonyms, letters and neighbours; bounds its cost
