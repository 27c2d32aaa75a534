"""The ``newsspider`` command: parses, calls, prints. Heavy parts are imported by the command that needs them."""

from __future__ import annotations

import shlex
import sqlite3
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from newsspider import __version__
from newsspider.errors import NewsspiderError, of_the_disk

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


@main.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@data_option()
@click.option("--recheck", is_flag=True, help="Look at every known article again, whatever its schedule.")
@click.option("-s", "settings", multiple=True, metavar="NAME=VALUE", help="A Scrapy setting, for this crawl.")
@click.option("-v", "--verbose", is_flag=True, help="Scrapy's log on stderr.")
@exits
def crawl(
    sources: tuple[str, ...], folder: Path, recheck: bool, settings: tuple[str, ...], verbose: bool
) -> int:
    """Crawl sources (all of DIR/sources when none is named) into the archive of a folder.

    A crawl that was stopped or killed is simply run again: what is stored stays, what is not is fetched.

    \b
    Exit codes: 0 fine, 1 failed, 2 usage, 3 finished but a source is red.

    \b
    Example:
        newsspider crawl eacnews
    """
    from newsspider.runs.crawl import crawl as run
    from newsspider.runs.display import attention, crawl_summary, watch
    from newsspider.source import sound_sources

    chosen, faulty = sound_sources(folder / "sources", sources or None)
    if faulty and (sources or not chosen):
        raise faulty
    if faulty:  # the others are crawled: nobody may be there to mend it tonight
        click.echo(f"Error: {faulty}", err=True)
    overrides = {"LOG_LEVEL": "INFO" if verbose else "WARNING", **_settings(settings)}
    command = " ".join(["crawl", *sources, *(["--recheck"] if recheck else [])])
    report = run(folder, chosen, command=command, recheck=recheck, settings=overrides, watch=watch)
    click.echo(crawl_summary(report, folder, "newsspider browse" + _data(folder, "data")))
    for sentence in attention(report):
        click.echo(sentence, err=True)
    return 1 if faulty else report.exit_code


def _settings(pairs: tuple[str, ...]) -> dict[str, str]:
    settings = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{pair!r} is not NAME=VALUE", param_hint="-s")
        settings[name.strip()] = value.strip()
    return settings


def _data(folder: Path, default: str) -> str:
    """The option for this folder, as it is typed; nothing for the command's default."""
    return "" if str(folder) == default else f" --data {shlex.quote(str(folder))}"


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|URL|-...")
@data_option()
@click.option("--url", help="The address of a page that can't say it itself (a bare file).")
@click.option("--content-type", help="Its Content-Type, for instance 'text/html; charset=big5'.")
@click.option("--explain", is_flag=True, help="Show instead what each block was taken for, and why.")
@click.option("--html", is_flag=True, help="Explain one page as a page with its regions coloured.")
@exits
def split(
    inputs: tuple[str, ...],
    folder: Path,
    url: str | None,
    content_type: str | None,
    explain: bool,
    html: bool,
) -> int:
    """Split pages into records: JSON Lines on stdout, one object a page.

    Takes .html, .txt, .warc and .warc.gz files, addresses, and - for standard input. With --explain, --url also
    chooses a page of a WARC file.

    \b
    Example:
        newsspider split page.html --url https://news.example/2026/story
        newsspider split --explain page.html
        newsspider split --explain --html page.html > explained.html
    """
    from newsspider.runs.splitting import Form, split_inputs

    form = Form.HTML if html else Form.TABLE if explain else Form.RECORDS
    return split_inputs(inputs, url=url, content_type=content_type, folder=folder, form=form)


@main.command("import")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER...")
@data_option()
@click.option("--source", metavar="ID", help="The source that all is of; else the one of each page's site.")
@click.option("--in-place", is_flag=True, help="Leave WARC files where they are, and read them there.")
@click.option("--base", metavar="ADDRESS", help="Where saved pages stood that don't say their address.")
@workers_option
@exits
def import_(
    inputs: tuple[Path, ...],
    folder: Path,
    source: str | None,
    in_place: bool,
    base: str | None,
    workers: int | None,
) -> int:
    """Take WARC and WACZ files of other crawlers, and folders of saved HTML pages, into the archive.

    An import that was stopped or killed is simply run again: nothing is stored twice.

    \b
    Example:
        newsspider import crawl-00000.warc.gz saved-pages/
    """
    from newsspider.runs.display import import_summary, watch_steps
    from newsspider.runs.importing import import_files

    command = " ".join(["import", *map(str, inputs)])
    report = import_files(
        folder, inputs, command=command, source=source, in_place=in_place, base=base, workers=workers, watch=watch_steps
    )  # fmt: skip
    for fault in report.faults:
        click.echo(f"Error: {fault}", err=True)
    click.echo(import_summary(report, folder, "newsspider browse" + _data(folder, "data")))
    return report.exit_code


@main.command()
@data_option()
@click.option("--changed", is_flag=True, help="Say what would be other, with samples, and replace nothing.")
@workers_option
@exits
def rebuild(folder: Path, changed: bool, workers: int | None) -> int:
    """Make the database again from the WARC files, by today's splitter.

    The old one is replaced when the new one is whole, also while it is being browsed.

    \b
    Example:
        newsspider rebuild --changed
        newsspider rebuild
    """
    from newsspider.runs.display import rebuild_summary, watch_steps
    from newsspider.runs.rebuilding import rebuild as run

    command = "rebuild --changed" if changed else "rebuild"
    report = run(folder, command=command, changed=changed, workers=workers, watch=watch_steps)
    for fault in report.faults:
        click.echo(f"Error: {fault}", err=True)
    for note in report.notes:
        click.echo(f"Note: {note}", err=True)
    click.echo(rebuild_summary(report, folder, "newsspider rebuild" + _data(folder, "data")))
    return report.exit_code


@main.command()
@data_option()
@click.option("-o", "--output", default="-", show_default=True, metavar="PATH", help="-: standard output.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "parquet", "text"]),
    help="Default: by the suffix of the output, else csv.",
)
@click.option(
    "--table",
    type=click.Choice(["articles", "links", "tickers", "revisions", "captures"]),
    default="articles",
    show_default=True,
)
@click.option(
    "--source", "sources", multiple=True, metavar="ID", help="Articles of this source (or several)."
)
@click.option(
    "--since", metavar="DAY", help="Published on this day or later (YYYY-MM-DD, the source's zone)."
)
@click.option("--until", metavar="DAY", help="Published on this day or earlier.")
@click.option("--language", metavar="CODE", help="Language of the text, for instance km.")
@click.option("--place", help="Place of the dateline, whatever its accents and case.")
@click.option("--search", metavar="WORDS", help='As in the search box: all words, word*, "a phrase", OR.')
@click.option("--per", type=click.Choice(["day", "source", "article"]), help="Of text: a folder of files.")
@click.option("--excel", is_flag=True, help="Of csv: so that Excel sees that it is UTF-8.")
@click.option(
    "--columns", "only_columns", is_flag=True, help="Print what the columns mean, and nothing else."
)
@exits
def export(
    folder: Path,
    output: str,
    form: str | None,
    table: str,
    sources: tuple[str, ...],
    since: str | None,
    until: str | None,
    language: str | None,
    place: str | None,
    search: str | None,
    per: str | None,
    excel: bool,
    only_columns: bool,
) -> int:
    """Write articles, or another table, as CSV, JSON Lines, Parquet or plain text.

    Without filters all of them; with several those that fit all. A crawl may be writing at the same time. The
    output is replaced when the new one is whole.

    \b
    Example:
        newsspider export --output articles.csv --since 2026-11-01 --search "flood* OR storm"
        newsspider export --output corpus --per day --language km
        newsspider export --table tickers --columns
    """
    from newsspider.exports.rows import Filters
    from newsspider.runs.exporting.wanted import Wanted, columns

    filters = Filters(sources, since, until, language, place, search)
    wanted = Wanted.asked(form, table, output, filters, per, excel)
    if only_columns:
        click.echo(columns(wanted))
        return 0
    from newsspider.runs.display import watch_steps
    from newsspider.runs.exporting.run import export as run

    report = run(folder, wanted, watch_steps)
    click.echo(report, err=True)
    return report.exit_code


@main.command()
@data_option()
@click.option("--repair", is_flag=True, help="Mend what can be mended without losing anything.")
@click.option("--json", "as_data", is_flag=True, help="Print the findings as one JSON object.")
@exits
def check(folder: Path, repair: bool, as_data: bool) -> int:
    """Is the archive whole? Checks the database, the search index and every record of the WARC files.

    A crawl may be writing at the same time; a repair needs the archive for itself.

    \b
    Exit codes: 0 whole, 1 something is wrong.

    \b
    Example:
        newsspider check
        newsspider check --repair
    """
    from newsspider.runs.checking.run import check as run
    from newsspider.runs.checking.words import as_json, in_words
    from newsspider.runs.display import watch_steps

    report = run(folder, repair=repair, watch=watch_steps)
    command = "newsspider check --repair" + _data(folder, "data")
    click.echo(as_json(report, folder) if as_data else in_words(report, folder, command))
    return report.exit_code


@main.command()
@click.argument("dest", type=click.Path(path_type=Path), metavar="DEST")
@data_option()
@exits
def backup(dest: Path, folder: Path) -> int:
    """Copy the archive to a folder, as an archive of its own. A crawl may be writing at the same time.

    Only what is new travels. A backup that was stopped or killed is simply run again; the former one stays whole.

    \b
    Example:
        newsspider backup /mnt/backup/news
        newsspider check --data /mnt/backup/news
    """
    from newsspider.runs.backup import backup as run
    from newsspider.runs.backup import backup_summary
    from newsspider.runs.display import watch_steps

    report = run(folder, dest, watch=watch_steps)
    for fault in report.faults:
        click.echo(f"Error: {fault}", err=True)
    click.echo(backup_summary(report, dest, "newsspider check" + _data(dest, "data")))
    return report.exit_code


@main.command()
@data_option()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True, help="0: any free one.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser, too.")
@exits
def browse(folder: Path, host: str, port: int, open_browser: bool) -> int:
    """Serve the archive in Datasette. A crawl may be writing at the same time.

    \b
    Example:
        newsspider browse --port 8001
    """
    from newsspider.browse.serve import serve

    made_by = "newsspider crawl" + _data(folder, "data")
    return serve(folder / "archive.db", made_by=made_by, host=host, port=port, open_browser=open_browser)


@main.command()
@data_option("newsspider-demo")
@click.option("--browse", "browsing", is_flag=True, help="Serve the archive that the demo made.")
@click.option("--port", default=8001, show_default=True, help="For --browse; 0: any free one.")
@exits
def demo(folder: Path, browsing: bool, port: int) -> int:
    """Crawl a small invented newspaper, bundled and served on this machine, and show what came of it.

    Needs no network. Run it, then browse what it made:

    \b
    Example:
        newsspider demo
        newsspider demo --browse
    """
    if browsing:
        from newsspider.browse.serve import serve

        return serve(
            folder / "archive.db", made_by="newsspider demo" + _data(folder, "newsspider-demo"), port=port
        )
    from newsspider.runs.demo import run
    from newsspider.runs.display import demo_summary, watch

    report = run(folder, watch=watch)
    click.echo(demo_summary(report, folder, "newsspider demo --browse" + _data(folder, "newsspider-demo")))
    return report.exit_code


if __name__ == "__main__":
    main()
