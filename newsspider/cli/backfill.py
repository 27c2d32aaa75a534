"""The command that fetches a source's past."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsspider.cli.common import (
    DAY,
    data_option,
    exits,
    main,
    scrapy_settings,
    setting_option,
    tell,
    typed_data,
    verbose_option,
    window_of,
)

if TYPE_CHECKING:
    from newsspider.records import Window


@main.command()
@click.argument("source", metavar="SOURCE")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|FOLDER]...")
@data_option()
@click.option("--from-sitemaps", is_flag=True, help="All that the site's sitemaps name, however old.")
@click.option("--wayback", is_flag=True, help="What the Wayback Machine (web.archive.org) has captured.")
@click.option(
    "--cc-news", is_flag=True, help="What WARC files of Common Crawl News (FILES) hold of the site."
)
@click.option("--since", type=DAY, metavar="DAY", help="From this day on (YYYY-MM-DD, the source's zone).")
@click.option("--until", type=DAY, metavar="DAY", help="Up to this day.")
@click.option("--versions", is_flag=True, help="Wayback: every version, not the first capture alone.")
@click.option("--pages", type=click.IntRange(1), metavar="N", help="Wayback: no more than N pages now.")
@setting_option
@verbose_option
@exits
def backfill(
    source: str,
    files: tuple[Path, ...],
    folder: Path,
    from_sitemaps: bool,
    wayback: bool,
    cc_news: bool,
    since: datetime | None,
    until: datetime | None,
    versions: bool,
    pages: int | None,
    settings: tuple[str, ...],
    verbose: bool,
) -> int:
    """Fill up a source's past: from its sitemaps, from the Wayback Machine, or from Common Crawl News.

    The days are those that sitemaps give, or those of the captures. One that was stopped or killed is simply run again:
    it goes on where it was, and nothing is fetched or stored twice.

    \b
    Exit codes: 0 fine, 1 failed (a service gives no answer any more, a file can't be read), 2 usage,
    3 with --from-sitemaps: finished but the source is red.

    \b
    Example:
        newsspider backfill eacnews --from-sitemaps --since 2024-01-01
        newsspider backfill eacnews --wayback --until 2023-12-31 --pages 500
        newsspider backfill eacnews --cc-news CC-NEWS-20261101000000-00001.warc.gz
    """
    if [from_sitemaps, wayback, cc_news].count(True) != 1:
        raise click.UsageError("Name one of --from-sitemaps, --wayback and --cc-news.")
    if bool(files) != cc_news:
        raise click.UsageError("--cc-news takes files, and nothing else does.")
    if (versions or pages) and not wayback:
        raise click.UsageError("--versions and --pages belong to --wayback.")
    window = window_of(since, until)
    if from_sitemaps:
        return _sitemaps(folder, source, window, settings, verbose)
    return _other_archives(folder, source, files, window, versions, pages, settings)


def _sitemaps(folder: Path, source: str, window: Window, settings: tuple[str, ...], verbose: bool) -> int:
    from newsspider.runs.backfill.sitemaps import backfill_sitemaps
    from newsspider.runs.crawl import totals
    from newsspider.runs.display import crawl_summary, watch

    overrides = {"LOG_LEVEL": "INFO" if verbose else "WARNING", **scrapy_settings(settings)}
    report = backfill_sitemaps(folder, source, window, command=_typed(), settings=overrides, watch=watch)
    next_line = "newsspider browse" + typed_data(folder, "data")
    click.echo(crawl_summary(report, totals(folder), folder, next_line))
    tell(report)
    return report.exit_code


def _other_archives(
    folder: Path,
    source: str,
    files: tuple[Path, ...],
    window: Window,
    versions: bool,
    pages: int | None,
    settings: tuple[str, ...],
) -> int:
    from newsspider.runs.backfill.ccnews import backfill_ccnews
    from newsspider.runs.backfill.wayback import backfill_wayback
    from newsspider.runs.crawl import check_settings
    from newsspider.runs.display import backfill_summary, watch_steps

    overrides = scrapy_settings(settings)
    check_settings(overrides)
    if files:
        report = backfill_ccnews(
            folder, source, files, window, command=_typed(), settings=overrides, watch=watch_steps
        )
    else:
        report = backfill_wayback(
            folder, source, window, command=_typed(), versions=versions, pages=pages, settings=overrides, watch=watch_steps
        )  # fmt: skip
    for fault in report.faults:
        click.echo(f"Error: {fault}", err=True)
    click.echo(backfill_summary(report, folder, "newsspider browse" + typed_data(folder, "data")))
    return report.exit_code


def _typed() -> str:
    """The command as it was given, for the archive's list of runs."""
    given = click.get_current_context().params
    words = ["backfill", given["source"], *map(str, given["files"])]
    for name in ("from_sitemaps", "wayback", "cc_news", "versions"):
        words += [f"--{name.replace('_', '-')}"] if given[name] else []
    for name in ("since", "until"):
        words += [f"--{name}", f"{given[name]:%Y-%m-%d}"] if given[name] else []
    return " ".join([*words, *(["--pages", str(given["pages"])] if given["pages"] else [])])
