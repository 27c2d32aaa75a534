"""The commands that crawl, and the one that tells of crawls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    from newsspider.runs.crawl import Report


_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def _seconds(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    """A length of time as it is typed: ``3h``, ``90m``, ``1h30m``, ``45s``. Raises ``click.BadParameter``."""
    if value is None:
        return None
    text = value.strip().lower().replace(" ", "")
    parts = re.findall(r"(\d+(?:\.\d+)?)([dhms])", text)
    if not parts or "".join(map("".join, parts)) != text:
        raise click.BadParameter(f"{value!r} is no length of time such as 3h, 90m or 1h30m")
    return sum(float(count) * _UNITS[unit] for count, unit in parts)


limit_option = click.option(
    "--time-limit",
    "seconds",
    callback=_seconds,
    metavar="TIME",
    help="After so long (3h, 90m) nothing new is asked for; what is due stays due.",
)


@main.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@data_option()
@click.option("--recheck", is_flag=True, help="Look at every known article again, whatever its schedule.")
@click.option(
    "--since", type=DAY, metavar="DAY", help="Articles that feeds and sitemaps date to this day or later."
)
@click.option("--until", type=DAY, metavar="DAY", help="The same, to this day or earlier.")
@limit_option
@setting_option
@verbose_option
@exits
def crawl(
    sources: tuple[str, ...],
    folder: Path,
    recheck: bool,
    since: datetime | None,
    until: datetime | None,
    seconds: float | None,
    settings: tuple[str, ...],
    verbose: bool,
) -> int:
    """Crawl sources (all of DIR/sources when none is named) into the archive of a folder.

    A crawl that was stopped or killed is simply run again: what is stored stays, what is not is fetched. Days
    (--since, --until) are those that feeds and sitemaps give; an article that none of them dates is taken.

    \b
    Exit codes: 0 fine, 1 failed, 2 usage, 3 finished but a source is red.

    \b
    Example:
        newsspider crawl eacnews
        newsspider crawl --since 2026-11-01 --until 2026-11-07
    """
    from newsspider.runs.crawl import totals
    from newsspider.runs.display import crawl_summary

    options = {"--recheck": recheck, "--since": since, "--until": until}
    typed = [
        f"{name} {value:%Y-%m-%d}" if isinstance(value, datetime) else name
        for name, value in options.items()
        if value
    ]
    report, code = _crawl(
        folder, sources, " ".join(["crawl", *sources, *typed]), settings, verbose,
        recheck=recheck, window=window_of(since, until), seconds=seconds,
    )  # fmt: skip
    next_line = "newsspider browse" + typed_data(folder, "data")
    click.echo(crawl_summary(report, totals(folder), folder, next_line))
    tell(report)
    return code


def _crawl(
    folder: Path,
    sources: tuple[str, ...],
    command: str,
    settings: tuple[str, ...],
    verbose: bool,
    group: str | None = None,
    **how: Any,
) -> tuple[Report, int]:
    """The report of a crawl, and its exit code. A faulty source file among others does not stop those: nobody may be
    there to mend it tonight.
    """
    from newsspider.runs.crawl import crawl as run
    from newsspider.runs.display import watch
    from newsspider.source import in_group, sound_sources

    chosen, faulty = sound_sources(folder / "sources", sources or None)
    if faulty and (sources or not chosen):
        raise faulty
    if faulty:
        click.echo(f"Error: {faulty}", err=True)
    if group is not None:
        chosen = in_group(chosen, group)
    overrides = {"LOG_LEVEL": "INFO" if verbose else "WARNING", **scrapy_settings(settings)}
    report = run(folder, chosen, command=command, settings=overrides, watch=watch, **how)
    return report, 1 if faulty else report.exit_code


@main.command()
@data_option()
@click.option("--group", metavar="NAME", help="The sources with this name in their groups; else all.")
@limit_option
@click.option("--json", "as_data", is_flag=True, help="Print the report as one JSON object.")
@click.option(
    "--install-systemd",
    is_flag=True,
    help="Print a systemd service and timer for this folder, and how to use them.",
)
@click.option("--install-cron", is_flag=True, help="Print a crontab line for this folder.")
@click.option(
    "--install-github", is_flag=True, help="Print a GitHub Actions workflow that keeps its archive."
)
@setting_option
@verbose_option
@exits
def nightly(
    folder: Path,
    group: str | None,
    seconds: float | None,
    as_data: bool,
    install_systemd: bool,
    install_cron: bool,
    install_github: bool,
    settings: tuple[str, ...],
    verbose: bool,
) -> int:
    """Crawl all sources, as a schedule does it: nobody watches, and the report says all.

    The report goes to stdout; why a source is red and what else is worth a look to stderr, so that a scheduler
    that mails what it finds there mails only that. Whom DIR/notices.toml names is told by webhook or e-mail when a
    source's state changes.

    \b
    Exit codes: 0 fine, 1 failed (or another run holds the archive), 2 usage, 3 finished but a source is red.

    \b
    Example:
        newsspider nightly --time-limit 3h
        newsspider nightly --install-systemd
    """
    from newsspider.runs import nights

    if install_systemd or install_cron or install_github:
        from newsspider.runs.crawl import check_settings
        from newsspider.runs.schedules import PUBLIC, Kind, schedule

        kind = Kind.SYSTEMD if install_systemd else Kind.CRON if install_cron else Kind.GITHUB
        overrides = scrapy_settings(settings)
        check_settings(overrides)
        click.echo(schedule(kind, folder, group, seconds, overrides))
        if kind is Kind.GITHUB:
            _note([PUBLIC])
        return 0
    from newsspider.runs.notices.telling import Telling

    telling = Telling(folder)
    if telling.fault:
        click.echo(f"Error: {telling.fault}", err=True)
    _note(telling.before())
    command = " ".join(["nightly", *(["--group", group] if group else [])])
    try:
        report, code = _crawl(folder, (), command, settings, verbose, group, seconds=seconds)
    except click.ClickException:
        raise
    except Exception as error:
        _note(telling.failed(error))
        raise
    report = replace(report, night=nights.with_contact(telling.after(report.night)))
    click.echo(nights.as_json(report.night, code) if as_data else nights.in_words(report.night))
    tell(report)
    return code


def _note(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        click.echo(f"Note: {sentence}", err=True)


@main.command()
@data_option()
@click.option("--test", is_flag=True, help="Send a test message through every channel now.")
@click.option("-n", "count", type=click.IntRange(1, 10000), default=20, show_default=True, help="How many.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@exits
def notices(folder: Path, test: bool, count: int, as_data: bool) -> int:
    """The last notices of sources whose state changed, and whether they were delivered.

    nightly sends them, through the webhooks and the mail server that DIR/notices.toml names.

    \b
    Exit codes: 0 fine, 1 that file has a fault, or a test message was not delivered (to all).

    \b
    Example:
        newsspider notices --test
        newsspider notices
    """
    from newsspider.runs.notices import telling

    if test:
        answers = telling.test(folder)
        for name, answer in answers.items():
            click.echo(f"{name}: {answer.fault or 'delivered'}", err=bool(answer.fault))
        return 1 if any(answer.fault for answer in answers.values()) else 0
    told = telling.told(folder, count)
    click.echo(telling.told_as_json(told) if as_data else telling.told_in_words(told))
    if fault := telling.Telling(folder).fault:
        click.echo(f"Error: {fault}", err=True)
    return 1 if fault else 0


@main.command()
@click.argument("crawl", type=int, required=False, metavar="[CRAWL]")
@data_option()
@click.option("-n", "count", type=click.IntRange(1, 10000), default=14, show_default=True, help="How many.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@exits
def runs(crawl: int | None, folder: Path, count: int, as_data: bool) -> int:
    """The last crawls; for one, by its number, what it did at every source.

    \b
    Example:
        newsspider runs
        newsspider runs 12
    """
    from newsspider.runs import nights

    if crawl is None:
        last = nights.last(folder, count)
        click.echo(nights.as_json(last) if as_data else nights.list_in_words(last))
        return 0
    night = nights.one(folder, crawl)
    click.echo(nights.as_json(night) if as_data else nights.in_words(night))
    for sentence in () if as_data else nights.attention(night):
        click.echo(sentence)
    return 0


@main.command()
@data_option("newsspider-demo")
@click.option("--browse", "browsing", is_flag=True, help="Serve the archive that the demo made.")
@click.option("--port", default=8001, show_default=True, help="For --browse; 0: any free one.")
@exits
def demo(folder: Path, browsing: bool, port: int) -> int:
    """Crawl a small invented newspaper, bundled and served on this machine, and once more when its late edition is out, and
    show what came of it.

    Needs no network. Run it, then browse what it made:

    \b
    Example:
        newsspider demo
        newsspider demo --browse
    """
    if browsing:
        from newsspider.browse.serve import serve

        return serve(
            folder / "archive.db",
            made_by="newsspider demo" + typed_data(folder, "newsspider-demo"),
            port=port,
        )
    from newsspider.runs.crawl import totals
    from newsspider.runs.demo import run
    from newsspider.runs.display import demo_summary, watch

    reports = run(folder, watch=watch)
    click.echo(
        demo_summary(
            reports,
            totals(folder),
            folder,
            "newsspider demo --browse" + typed_data(folder, "newsspider-demo"),
        )
    )
    return reports[-1].exit_code
