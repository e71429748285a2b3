"""The mails that tell visitors what is new: `aardekast alerts`, which `aardekast refresh` does at its end."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from aardekast.cli import children
from aardekast.cli.state import State, synchronised
from aardekast.errors import MailServerError, SettingsError
from aardekast.locks import exclusive
from aardekast.secret import site_key
from aardekast.settings import Settings

if TYPE_CHECKING:
    from webapp.alerts.sending import Round

HOW = (
    "No mail server is set. Set AARDEKAST_SMTP_URL (smtp://user:password@host:587), AARDEKAST_MAIL_FROM and "
    "AARDEKAST_PUBLIC_URL; docs/mail.md says more."
)


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be sent; send and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def alerts(*, dry_run: bool, as_json: bool) -> None:
    """Send the mails on new materials that are due, and the confirmation mails that wait.

    Exit 1 stopped, 2 the mail server takes nothing or none is set, 4 another sends already.
    """
    stopping = children.Stopping()
    stopping.listen()
    settings = Settings.load()
    if settings.smtp_url is None:
        raise SettingsError(HOW)
    with synchronised(settings) as state:
        told = click.echo if dry_run and not as_json else _tell_nobody
        done = send_alerts(state, stopping=lambda: bool(stopping), told=told, dry_run=dry_run)
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False, indent=2))
    report_alerts(done, dry_run=dry_run, counts=not as_json)
    if stopping:
        sys.exit(1)
    if done.is_away:
        sys.exit(MailServerError.exit_code)


def send_alerts(
    state: State,
    *,
    stopping: Callable[[], bool],
    told: Callable[[str], None] = lambda _said: None,
    dry_run: bool = False,
) -> Round:
    """Send what is due now, of the generation that is published.

    Raises LockedError while another process sends, IndexMissingError, SettingsError.
    """
    from index import engine_at
    from webapp import app_from_settings
    from webapp.alerts import Desk, Sender
    from webapp.alerts.sending import send_round

    settings = state.settings
    sender = Sender.of(settings)
    if sender is None:
        raise SettingsError(HOW)
    desk = Desk(book=lambda: nullcontext(state.catalogue.alerts), key=site_key(settings), sender=sender)
    searcher = engine_at(settings.index_folder, state.vocabulary).open()
    with exclusive(settings.home / "alerts.lock", "Sending alerts"):
        now = datetime.now(UTC)
        return send_round(
            app_from_settings(settings), desk, searcher, now, stopping=stopping, told=told, dry_run=dry_run
        )


def report_alerts(done: Round, *, dry_run: bool = False, counts: bool = True) -> None:
    """Say what was sent, and on the error stream what was not."""
    if counts:
        would = "Would send" if dry_run else "Sent"
        click.echo(f"{would} {done.sent} alerts and {done.asked} confirmation mails.")
    for fault in done.faults:
        click.echo(f"{fault}. What was not sent is due again at the next run.", err=True)
    if done.rejected:
        click.echo(f"{done.rejected} addresses were refused for good, {done.ended} alerts ended for it.", err=True)
    if done.unreadable:
        lost = "name a term that vocabulary.yaml has no more; they send nothing until it is back"
        click.echo(f"{done.unreadable} alerts {lost}.", err=True)


def _tell_nobody(_said: str) -> None:
    """Mails are told of one by one only where none is sent: a timer's log holds no searches of single people."""
