"""`aardekast export`: everything public in one folder or zip."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from aardekast.cli.state import synchronised
from aardekast.errors import CuratedFileError
from aardekast.settings import Settings
from aardekast.vocabulary import INTERFACE_LANGUAGES


def _site(_context: click.Context, _parameter: click.Parameter, address: str) -> str:
    if address and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", address):
        raise click.BadParameter("must be an address such as https://aardekast.ee")
    return address.rstrip("/")


@click.command()
@click.argument("target", metavar="FOLDER_OR_ZIP", type=click.Path(path_type=Path))
@click.option("--site", default="", callback=_site, help="Address of the live site, for links back to it.")
@click.option("--licence", default="", help="Licence of the records, by name or address; else CC BY 4.0.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    type=click.Choice(INTERFACE_LANGUAGES),
    help="Language of the copy of the site beside Estonian, may be repeated; else all.",
)
@click.option("--data-only", is_flag=True, help="Only the data, without a copy of the site.")
def export(target: Path, *, site: str, licence: str, languages: tuple[str, ...], data_only: bool) -> None:
    """Write everything public: data, a README, and a copy of the site that opens without a server.

    Only an earlier export is ever overwritten, and only when it is whole again at once.
    """
    from aardekast.language import vabamorf
    from webapp.export import Contents, export, gather
    from webapp.site import Owner

    vabamorf.prepare()
    with synchronised(Settings.load()) as state:
        contents: Contents = gather(
            state.catalogue, state.vocabulary, Owner.of(state.settings), site=site, licence=licence
        )
    done = export(contents, target, languages=languages or INTERFACE_LANGUAGES, has_copy=not data_only)
    records = ", ".join(f"{count} {name.removesuffix('.jsonl')}" for name, count in done.counts.items())
    click.echo(f"{target}: {records}.")
    click.echo(f"{done.files} files, {done.pages} of them pages, {done.size / 1_000_000:.1f} MB.")
    if state.has_faults:
        sys.exit(CuratedFileError.exit_code)
