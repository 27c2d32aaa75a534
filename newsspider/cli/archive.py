"""The commands that work on an archive: import, rebuild, export, check, backup, browse."""

from __future__ import annotations

from pathlib import Path

import click

from newsspider.cli.common import data_option, exits, main, typed_data, workers_option


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
    for note in report.notes:
        click.echo(f"Note: {note}", err=True)
    click.echo(import_summary(report, folder, "newsspider browse" + typed_data(folder, "data")))
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
    click.echo(rebuild_summary(report, folder, "newsspider rebuild" + typed_data(folder, "data")))
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
@click.option("--place", help="Place of the dateline, as written there, whatever its accents and case.")
@click.option(
    "--search", metavar="WORDS", help='As in the search box: all words, word*, "a phrase", OR, -word.'
)
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
    command = "newsspider check --repair" + typed_data(folder, "data")
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
    click.echo(backup_summary(report, dest, "newsspider check" + typed_data(dest, "data")))
    return report.exit_code


@main.command()
@data_option()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; by default, this machine alone."
)
@click.option("--port", default=8001, show_default=True, help="0: any free one.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser, too.")
@click.option("--public", is_flag=True, help="Serve it to others, who are asked for a password.")
@click.option(
    "--password-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --public: its text is the password.",
)
@exits
def browse(
    folder: Path, host: str, port: int, open_browser: bool, public: bool, password_file: Path | None
) -> int:
    """Serve the archive in Datasette. A crawl may be writing at the same time.

    Only this machine is served, unless --public says otherwise. Its visitors are asked for a password: that of
    --password-file, else of the environment variable NEWSSPIDER_PASSWORD, else a new one, which is printed. Texts are under
    copyright of their publishers: give it to people who may read them. Put a server with HTTPS in front, or the password
    can be read on the way.

    \b
    Example:
        newsspider browse --port 8001
        newsspider browse --public --host 0.0.0.0 --password-file password.txt
    """
    from newsspider.browse import door
    from newsspider.browse.serve import serve

    if password_file is not None and not public:
        raise click.UsageError("--password-file goes with --public")
    password = None
    if public:
        password, new = door.password(password_file)
        click.echo(
            "Whoever has the password can read, search and copy all of it; the texts are under copyright of their publishers.\n"
            "Over plain HTTP the password can be read on the way: put a server with HTTPS in front.",
            err=True,
        )
        if new:
            click.echo(f"Password: {password} (user name: any)", err=True)
    made_by = "newsspider crawl" + typed_data(folder, "data")
    return serve(
        folder / "archive.db",
        made_by=made_by,
        host=host,
        port=port,
        open_browser=open_browser,
        password=password,
    )


@main.command()
@click.argument("article", metavar="ARTICLE")
@data_option()
@click.option(
    "--from", "first", metavar="STATE", help="Only what is other since: a state's number, or a time."
)
@click.option("--to", "last", metavar="STATE", help="Until: a state's number, or a time.")
@click.option("--html", metavar="FILE", help="Write a page that stands alone. -: standard output.")
@click.option("--json", "as_data", is_flag=True, help="Print one JSON object.")
@click.option("--width", type=click.IntRange(min=40), help="Columns; default: the terminal's, at most 100.")
@exits
def diff(
    article: str,
    folder: Path,
    first: str | None,
    last: str | None,
    html: str | None,
    as_data: bool,
    width: int | None,
) -> int:
    """Show what changed in an article: the words that went and came at each change, the oldest change first.

    ARTICLE is its number (as in the browser's addresses) or its address. Words that went stand in [- -], words that
    came in {+ +}, on a terminal in colour (NO_COLOR: without). State 0 is the first that was seen, state 1 the one
    behind change 1; a time is YYYY-MM-DD or YYYY-MM-DDTHH:MM, in the source's zone.

    \b
    Example:
        newsspider diff 42
        newsspider diff https://www.example.com/news/1 --html changes.html
        newsspider diff 42 --from 2026-11-24 --to 2026-11-26
    """
    from newsspider.runs.diffing.run import show, write_page

    if html is not None and as_data:
        raise click.UsageError("--html and --json exclude each other")
    if html is not None:
        write_page(folder, article, html, first=first, last=last)
    else:
        click.echo(show(folder, article, first=first, last=last, width=width, as_data=as_data))
    return 0
