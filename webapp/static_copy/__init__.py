"""A copy of the site as plain files: it opens by a double click, on any web server, and searches without either.

Browsers let a page of a folder fetch nothing, so that everything is what a page may name: sheets that hold their
letters and drawings, classic scripts, and drawings within the page.
"""

from webapp.static_copy.application import application
from webapp.static_copy.building import File, files

__all__ = ["File", "application", "files"]
