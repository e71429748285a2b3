"""The main loop of a worker process: answers in, extracts out."""

from __future__ import annotations

import logging
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

from harvester.extraction.calendar_values import Calendar, RawCalendar
from harvester.extraction.calendars import read_calendar
from harvester.extraction.docx import extract_docx
from harvester.extraction.epub import extract_epub
from harvester.extraction.html import extract_html
from harvester.extraction.kinds import kind_of
from harvester.extraction.odt import extract_odt
from harvester.extraction.pdf import extract_pdf
from harvester.extraction.plain import extract_captions, extract_plain
from harvester.extraction.pptx import extract_pptx
from harvester.extraction.telling import told
from harvester.extraction.values import Extract, NoExtract, Raw

# Address space of one worker. With its parsers, languages and Vabamorf it has 300 MB (170 MB of them in memory); a page
# of 1 MB takes 100 MB, one of 5 MB 240 MB, a PDF of 1,000 pages and 16 MB 150 MB. A page that wants more runs into the
# time limit first; what is left are bombs.
MOST_MEMORY = 1 << 30
_EXTRACTORS: dict[str, Callable[[Raw], Extract | NoExtract]] = {
    "html": extract_html,
    "pdf": extract_pdf,
    "docx": extract_docx,
    "pptx": extract_pptx,
    "odt": extract_odt,
    "epub": extract_epub,
    "txt": extract_plain,
    "vtt": extract_captions,
}


def serve(pipe: int) -> None:
    """Extract what comes through the pipe until its other end is closed."""
    connection = Connection(pipe)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group: the run itself ends us
    _limit_memory()
    logging.disable(logging.CRITICAL)  # what the parsers say of a page comes back as its reason
    while True:
        try:
            raw = connection.recv()
            connection.send(calendar(raw) if isinstance(raw, RawCalendar) else told(raw, extract(raw)))
        except (EOFError, OSError):  # who asked is gone
            return


def _limit_memory() -> None:
    """Let a page that takes too much fail here instead of taking the memory of the whole machine."""
    with suppress(ValueError, OSError):  # macOS refuses; elsewhere a limit from outside is tighter already
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def extract(raw: Raw) -> Extract | NoExtract:
    """One answer, whatever is wrong with it."""
    if not raw.body.strip():
        return NoExtract(reason="empty page")
    try:
        kind = kind_of(raw)
        return kind if isinstance(kind, NoExtract) else _EXTRACTORS[kind](raw)
    except MemoryError:
        return NoExtract(reason="takes too much memory to read", outcome="failed")
    except Exception as fault:
        # The edge: parsers raise anything on a bad page, and it costs only that page.
        return NoExtract(reason=f"cannot be read ({type(fault).__name__})", outcome="failed")


def calendar(raw: RawCalendar) -> Calendar | NoExtract:
    """One calendar, whatever is wrong with it."""
    try:
        return read_calendar(raw)
    except MemoryError:
        return NoExtract(reason="takes too much memory to read", outcome="failed")
    except Exception as fault:
        # The edge, as above.
        return NoExtract(reason=f"cannot be read ({type(fault).__name__})", outcome="failed")
