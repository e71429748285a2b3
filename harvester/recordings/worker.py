"""The main loop of the process of yt-dlp: questions in, what was found out back."""

from __future__ import annotations

import logging
import signal
import sys
from multiprocessing.connection import Connection
from typing import Any

from harvester.recordings.asking import look_at
from harvester.recordings.confinement import confine
from harvester.recordings.handler import Ask, AskingDownloader
from harvester.recordings.values import Found, NoRecording, Question


def serve(pipe: int) -> None:
    """Answer what comes through the pipe until its other end is closed."""
    connection = Connection(pipe)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group: the harvest itself ends us
    logging.disable(logging.CRITICAL)
    sys.dont_write_bytecode = True
    confine()
    downloader = AskingDownloader(Ask(connection))
    while True:
        try:
            question = connection.recv()
            connection.send(answer(downloader, question))
        except (EOFError, OSError):
            return


def answer(downloader: Any, question: Question) -> Found:
    """What is at an address, whatever is wrong with it."""
    try:
        return look_at(downloader, question)
    except MemoryError:
        return NoRecording(reason="takes too much memory to read")
    except (EOFError, BrokenPipeError):
        raise
    except Exception as fault:
        # The edge: extractors raise anything, and it costs only that recording.
        return NoRecording(reason=f"cannot be read ({type(fault).__name__})")
