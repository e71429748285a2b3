"""Words and languages: Vabamorf, lemmas, compound parts, folding, topic words. Knows nothing of Whoosh."""
