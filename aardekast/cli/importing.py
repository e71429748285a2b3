"""The command that brings a table of materials into resources.yaml."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aardekast.cli.state import synchronised
from aardekast.curated import load_curated
from aardekast.curated.append import append_resources
from aardekast.errors import ImportFileError
from aardekast.settings import Settings

if TYPE_CHECKING:
    from aardekast.curated.importing import Table


@click.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be added and what is wrong; write nothing.")
@click.option("--skip-faulty", is_flag=True, help="Add the rows that are right although others have faults.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def import_(file: Path, *, dry_run: bool, skip_faulty: bool, as_json: bool) -> None:
    """Add the materials of a table (CSV, XLSX, ODS) to resources.yaml; comments and order stay as they are.

    Each fault is named as file:row: column: message. While there are any nothing is written, and the exit code is 2.
    What resources.yaml has already is left as it is there.
    """
    from aardekast.curated.importing import read_table

    settings = Settings.load()
    table = read_table(file, load_curated(settings))
    is_refused = bool(table.faults) and not skip_faulty
    is_written = bool(table.new) and not (dry_run or is_refused)
    path = append_resources(settings, [row.entry for row in table.new]) if is_written else None
    if as_json:
        click.echo(json.dumps(_values(file, table, path), ensure_ascii=False, indent=2))
    else:
        _say(file, table, path, is_dry=dry_run, is_refused=is_refused)
    if is_written:
        with synchronised(settings):
            click.echo("'aardekast index' makes them show.", err=as_json)
    if is_refused:
        sys.exit(ImportFileError.exit_code)


def _say(file: Path, table: Table, path: Path | None, *, is_dry: bool, is_refused: bool) -> None:
    for fault in table.faults:
        click.echo(f"{file}:{fault.row}: {fault.column}: {fault.message}", err=True)
    for name in table.unread:
        click.echo(f"{file}: the column '{name}' is not read")
    for row in table.known:
        click.echo(f"{file}:{row.number}: is in resources.yaml already and stays as it is there: {row.entry['url']}")
    for row in table.repeated:
        click.echo(f"{file}:{row.number}: says the same as a row above: {row.entry['url']}")
    if is_dry:
        for row in table.new:
            click.echo(f"{file}:{row.number}: would be added: {row.entry['title']}")
    faulty = len({fault.row for fault in table.faults})
    click.echo(
        f"{file} ({table.read_as}): {_rows(table.rows)}, {len(table.new)} {'to add' if path is None else 'added'}, "
        f"{len(table.known)} known already, {len(table.repeated)} repeated, {faulty} with faults."
    )
    if path is not None:
        click.echo(f"Written to {path}.")
    elif is_refused and not is_dry:
        click.echo("Nothing was written: mend the faults, or add the other rows with --skip-faulty.")
    else:
        click.echo("Nothing was written.")


def _rows(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"


def _values(file: Path, table: Table, path: Path | None) -> dict[str, Any]:
    return {
        "file": str(file),
        "read_as": table.read_as,
        "rows": table.rows,
        "written_to": str(path) if path is not None else None,
        **{
            name: [{"row": row.number, **row.entry} for row in rows]
            for name, rows in (("new", table.new), ("known", table.known), ("repeated", table.repeated))
        },
        "unread_columns": list(table.unread),
        "faults": [{"row": fault.row, "column": fault.column, "message": fault.message} for fault in table.faults],
    }
