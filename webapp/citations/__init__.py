"""Materials as they are cited: to read, and for reference managers as BibTeX, RIS and CSL-JSON."""
