"""Commands for curators: check their files, add an entry, review what waits."""

from __future__ import annotations

import sys

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from aardekast.addresses import clean_url, fault_of
from aardekast.catalogue import Catalogue, is_letter_id
from aardekast.cli import visitors
from aardekast.cli.state import opened, synchronised
from aardekast.curated import curated_paths, load_curated
from aardekast.curated.append import append_resource
from aardekast.resource import Review
from aardekast.settings import Settings


@click.command()
def check() -> None:
    """Check resources.yaml and vocabulary.yaml; every fault with its place, exit 2 on faults."""
    settings = Settings.load()
    curated = load_curated(settings)
    resources, vocabulary = curated_paths(settings)
    click.echo(
        f"{resources}: {len(curated.sources)} sources, {len(curated.resources)} resources, "
        f"{len(curated.withdrawn)} withdrawn. {vocabulary}: {len(curated.vocabulary.topics)} topics. No faults."
    )


@click.command()
@click.option("--accept", multiple=True, metavar="ID", help="Let visitors find this resource; follow this letter.")
@click.option("--reject", multiple=True, metavar="ID", help="Never take this resource again; put this letter aside.")
@click.option("--source", metavar="SOURCE", help="With no id: accept all that waits from this source.")
@click.argument("more", nargs=-1, metavar="[ID]...")
def review(accept: tuple[str, ...], reject: tuple[str, ...], source: str | None, more: tuple[str, ...]) -> None:
    """List what waits for a curator: resources, and letters of visitors (L1, L2 ...); accept or reject it.

    An accepted suggestion is answered with the command that adds it. A decided letter loses its e-mail address.
    Further ids after the options belong to the decision: aardekast review --accept ID ID ID.
    """
    if accept and reject and more:
        raise click.UsageError("Name the ids of --accept and --reject each by its own option.")
    if more and not (accept or reject):
        raise click.UsageError("Say --accept or --reject before the ids.")
    accept, reject = (accept + more, reject) if accept else (accept, reject + more)
    with opened(Settings.load()) as catalogue:
        if source is not None and not (accept or reject):
            catalogue.sources([source])
            click.echo(f"Accepted {catalogue.review(Review.ACCEPTED, source=source)} from {source}. {_NEXT}")
            return
        for decision, ids, said in ((Review.ACCEPTED, accept, "Accepted"), (Review.REJECTED, reject, "Rejected")):
            resources = [id_ for id_ in ids if not is_letter_id(id_)]
            if len(resources) < len(ids):
                visitors.decide(catalogue, decision, [id_ for id_ in ids if is_letter_id(id_)], said)
            if resources:
                click.echo(f"{said} {catalogue.review(decision, resources)}. {_NEXT}")
        if not (accept or reject):
            _list_waiting(catalogue)


_NEXT = "'aardekast index' makes it show."


def _list_waiting(catalogue: Catalogue) -> None:
    found, letters = catalogue.waiting(), catalogue.letters()
    if not sys.stdout.isatty():
        for item in found:
            click.echo(f"{item.id}\t{item.source}\t{item.title}\t{item.url}")
    elif found:
        table = Table("id", "source", "title and address")
        for item in found:
            table.add_row(*map(Text, (item.id, item.source, f"{item.title}\n{item.url}")))
        Console().print(table)
    visitors.list_letters(letters)
    count = len(found) + len(letters)
    click.echo(f"{count} waiting." if count else "Nothing is waiting.", err=not sys.stdout.isatty())


@click.command()
@click.argument("url")
@click.option("--title", help="Its title; else the page is asked.")
@click.option("--kind", required=True, help="A kind of vocabulary.yaml, such as juhendmaterjal.")
@click.option("--audience", multiple=True, required=True, help="arendaja, kogukond or kov; may be repeated.")
@click.option("--topic", multiple=True, help="A topic of vocabulary.yaml; may be repeated.")
@click.option("--description", default="", help="One or two sentences in your own words.")
@click.option("--publisher", default="", help="Who published it.")
@click.option("--language", help="Its language, such as et, en, ru.")
@click.option("--published", help="2023, 2023-05 or 2023-05-17.")
def add(url: str, title: str | None, language: str | None, **fields: object) -> None:
    """Append a checked entry to resources.yaml; comments and order stay as they are."""
    settings = Settings.load()
    load_curated(settings)
    fault = fault_of(url)
    if fault:
        raise click.UsageError(f"'{url}' {fault}; copy the whole address from the browser.")
    if title is None:
        title, found_language = _ask_page(url, settings)
        language = language or found_language
    entry = {
        "url": clean_url(url),
        "title": title,
        "description": fields["description"],
        "publisher": fields["publisher"],
        "kind": fields["kind"],
        "language": language,
        "audience": list(fields["audience"]),  # type: ignore[call-overload]
        "topics": list(fields["topic"]),  # type: ignore[call-overload]
        "published": fields["published"],
    }
    path = append_resource(settings, {name: value for name, value in entry.items() if value not in (None, "", [])})
    click.echo(f"Added to {path}: {title}")
    with synchronised(settings):
        click.echo(_NEXT)


def _ask_page(url: str, settings: Settings) -> tuple[str, str | None]:
    from harvester import preview

    found = preview(url, settings, load_curated(settings).vocabulary)
    page = found.page
    if page is None or not page.title:
        reason = page.reason if page is not None and page.reason else "none found"
        raise click.UsageError(f"The page gives no title ({reason}); write it with --title.")
    return page.title, page.language
