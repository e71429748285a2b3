"""docs/commands.md and docs/settings.md out of the code: `python tools/make_docs.py` writes both."""

from __future__ import annotations

from pathlib import Path

import click

from aardekast.cli import commands
from aardekast.settings import SETTINGS

DOCS = Path(__file__).parents[1] / "docs"


def commands_page() -> str:
    """Every command with its arguments and options."""
    lines = [
        "# Commands",
        "",
        "Made by `tools/make_docs.py`; a test holds it true. Exit codes: 0 fine, 1 our fault, 2 a fault that you can",
        "mend (curators' files, settings, options), 3 some sources failed, 4 the same work is already under way.",
        "",
    ]
    for name, command in commands.commands.items():
        context = click.Context(command, info_name=f"aardekast {name}")
        usage = " ".join(command.collect_usage_pieces(context))
        lines += [f"## aardekast {name}", "", f"`aardekast {name} {usage}`".replace(" `", "`"), ""]
        lines += [(command.help or "").strip().replace("\n    ", "\n"), ""]
        options = [p for p in command.params if isinstance(p, click.Option)]
        if options:
            lines += ["| option | does |", "|---|---|"]
            lines += [f"| `{', '.join(option.opts)}` | {option.help} |" for option in options]
            lines.append("")
    return "\n".join(lines)


def settings_page() -> str:
    """Every setting with its default."""
    lines = [
        "# Settings",
        "",
        "Environment variables; made by `tools/make_docs.py`, held true by a test.",
        "",
        "| variable | default | what |",
        "|---|---|---|",
    ]
    lines += [f"| `{s.variable}` | {f'`{s.default}`' if s.default else ''} | {s.help} |" for s in SETTINGS]
    return "\n".join(lines) + "\n"


PAGES = {"commands.md": commands_page, "settings.md": settings_page}


def main() -> None:
    """Write them."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
