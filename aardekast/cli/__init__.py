"""The command line: the only roof, which may import everything. Each command is a thin call of what does the work."""

from __future__ import annotations

import errno
import sys

import click

from aardekast import __version__
from aardekast.cli import alerts, curators, exporting, harvesting, importing, searching, serving, standing, visitors
from aardekast.errors import AardekastError

# What whoever runs the program can mend: rights, a full disk, a file system that is read-only.
_MENDABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENOTDIR)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aardekast")
def commands() -> None:
    """Aardekast, the searchable treasure chest of Kogukonnaveeb."""


for command in (
    curators.check,
    harvesting.harvest,
    searching.index,
    serving.refresh,
    alerts.alerts,
    searching.search,
    serving.serve,
    serving.run,
    curators.review,
    standing.status,
    visitors.searches,
    harvesting.preview,
    curators.add,
    importing.import_,
    exporting.export,
):
    commands.add_command(command)


def main() -> None:
    """Run a command; a fault that the user can mend is one message and its exit code, without a traceback."""
    try:
        commands()
    except AardekastError as fault:
        click.echo(str(fault), err=True)
        sys.exit(fault.exit_code)
    except OSError as fault:
        if fault.errno not in _MENDABLE:
            raise
        click.echo(f"{fault.filename or 'The state folder'}: {fault.strerror}. Mend its rights or make room.", err=True)
        sys.exit(AardekastError.exit_code)
