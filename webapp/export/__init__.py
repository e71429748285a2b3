"""Everything public in one folder or zip: data as JSON Lines, a copy of the site that needs no server, a README.

The same contents make the same bytes: nothing in it depends on the clock, only on what the catalogue holds.
"""

from webapp.contents import Contents, gather
from webapp.export.writing import Summary, export

__all__ = ["Contents", "Summary", "export", "gather"]
