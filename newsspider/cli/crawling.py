"""The commands that crawl."""

from __future__ import annotations

from pathlib import Path

import click

from newsspider.cli.common import data_option, exits, main, scrapy_settings, typed_data


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
    overrides = {"LOG_LEVEL": "INFO" if verbose else "WARNING", **scrapy_settings(settings)}
    command = " ".join(["crawl", *sources, *(["--recheck"] if recheck else [])])
    report = run(folder, chosen, command=command, recheck=recheck, settings=overrides, watch=watch)
    click.echo(crawl_summary(report, folder, "newsspider browse" + typed_data(folder, "data")))
    for sentence in attention(report):
        click.echo(sentence, err=True)
    return 1 if faulty else report.exit_code


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
            folder / "archive.db",
            made_by="newsspider demo" + typed_data(folder, "newsspider-demo"),
            port=port,
        )
    from newsspider.runs.demo import run
    from newsspider.runs.display import demo_summary, watch

    report = run(folder, watch=watch)
    click.echo(
        demo_summary(report, folder, "newsspider demo --browse" + typed_data(folder, "newsspider-demo"))
    )
    return report.exit_code
