"""What all commands share: the group, its errors, the options that many take."""

from __future__ import annotations

import shlex
import sqlite3
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from newsspider import __version__
from newsspider.errors import NewsspiderError, of_the_disk

if TYPE_CHECKING:
    from newsspider.records import Window
    from newsspider.runs.crawl import Report

F = TypeVar("F", bound=Callable[..., Any])


class Commands(click.Group):
    """A group whose commands end with ``Error: where: what, what to do`` instead of a traceback, and with the
    errors' exit code.
    """

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; our own errors become one line on stderr."""
        try:
            return super().invoke(ctx)
        except (NewsspiderError, OSError, sqlite3.Error) as error:
            told = error if isinstance(error, NewsspiderError) else of_the_disk(error)
            if told is None:
                raise
            click.echo(f"Error: {told}", err=True)
            ctx.exit(told.exit_code)


def data_option(default: str = "data") -> Callable[[F], F]:
    """The option that every command takes."""
    return click.option(
        "--data",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="NEWSSPIDER_DATA",
        default=default,
        show_default=True,
        help="Folder of the archive and of its sources. Also: NEWSSPIDER_DATA.",
    )


DAY = click.DateTime(["%Y-%m-%d"])
setting_option = click.option(
    "-s",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A setting (those of Scrapy, too), for this run.",
)
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Scrapy's log on stderr.")
workers_option = click.option(
    "--workers", type=click.IntRange(1, 64), help="Splitting processes; default: one a core."
)


def exits(command: Callable[..., int]) -> Callable[..., None]:
    """A command's return value is its exit code."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        sys.exit(command(*args, **kwargs))

    return run


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="newsspider")
def main() -> None:
    """Crawl news sites, split their pages into records, keep the pages, browse them in Datasette.

    \b
    Example:
        newsspider demo
    """


def scrapy_settings(pairs: tuple[str, ...]) -> dict[str, str]:
    """The values of the option ``-s``. Raises ``click.BadParameter``."""
    settings = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{pair!r} is not NAME=VALUE", param_hint="-s")
        settings[name.strip()] = value.strip()
    return settings


def typed_data(folder: Path, default: str) -> str:
    """The option for this folder, as it is typed; nothing for the command's default."""
    return "" if str(folder) == default else f" --data {shlex.quote(str(folder))}"


def window_of(since: datetime | None, until: datetime | None) -> Window:
    """The days of two options. Raises ``click.BadParameter`` where they are the wrong way round."""
    from newsspider.records import Window

    if since and until and since > until:
        raise click.BadParameter("lies after --until", param_hint="--since")
    return Window(since.date() if since else None, until.date() if until else None)


def tell(report: Report) -> None:
    """Say on stderr what a person should look at after a crawl."""
    from newsspider.runs.nights import attention

    for sentence in attention(report.night):
        click.echo(sentence, err=True)
