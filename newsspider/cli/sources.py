"""The commands about sources: make one, check their files and sites, list them with their last night."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from newsspider.cli.common import Commands, data_option, exits, main, typed_data

json_option = click.option("--json", "as_data", is_flag=True, help="Print one JSON object.")


@main.group(cls=Commands, invoke_without_command=True)
@data_option()
@json_option
@click.pass_context
def sources(ctx: click.Context, folder: Path, as_data: bool) -> None:
    """Make, check and list sources. Without a command: list.

    \b
    Example:
        newsspider sources
        newsspider sources new https://www.example.com/
        newsspider sources check --live
    """
    if ctx.invoked_subcommand is None:
        ctx.exit(_list(folder, as_data))
    for name, given in ctx.params.items():
        if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            option = "--data" if given is folder else "--json"
            raise click.UsageError(
                f"{option} stands after the command: sources {ctx.invoked_subcommand} {option} .."
            )


@sources.command("list")
@data_option()
@json_option
@exits
def list_(folder: Path, as_data: bool) -> int:
    """The sources with name, home page, language and what their last night brought.

    \b
    Example:
        newsspider sources list
    """
    return _list(folder, as_data)


def _list(folder: Path, as_data: bool) -> int:
    from newsspider.runs.sourcing.nights import list_sources
    from newsspider.runs.sourcing.words import list_json, list_summary

    listed, faulty = list_sources(folder)
    next_line = "newsspider sources new https://www.example.com/" + typed_data(folder, "data")
    click.echo(
        list_json(listed, faulty.faults if faulty else ()) if as_data else list_summary(listed, next_line)
    )
    if faulty:
        click.echo(f"Error: {faulty}", err=True)
    return 1 if faulty else 0


@sources.command()
@click.argument("url")
@data_option()
@click.option("--id", "name", metavar="ID", help="The source's ID; default: by the site's name or host.")
@click.option(
    "--delay",
    type=click.FloatRange(0, 86400),
    default=2.0,
    show_default=True,
    help="Seconds between requests.",
)
@exits
def new(url: str, folder: Path, name: str | None, delay: float) -> int:
    """Look at a site and write its source file, DIR/sources/ID.toml.

    Looks at home page, robots.txt, feeds and sitemaps, and tries five articles, with some twenty requests. Shows how
    articles are found, what the splitter got, and what is missing. A file that is there already is never changed.

    \b
    Exit codes: 0 written, 1 nothing was found that names articles (or the site can't be had), 2 usage.

    \b
    Example:
        newsspider sources new https://www.example.com/
    """
    from newsspider.runs.sourcing.making import new_source
    from newsspider.runs.sourcing.words import made_summary

    with _shown() as tell:
        made = new_source(folder, url, name=name, delay=delay, tell=tell)
    click.echo(made_summary(made, f"newsspider crawl {made.look.source.id}" + typed_data(folder, "data")))
    if made.file is None:
        click.echo(
            f"Error: {url}: nothing that was looked at names an article; no file was written", err=True
        )
        return 1
    return 0


@sources.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@data_option()
@click.option("--live", is_flag=True, help="Look at the sites, too: some ten requests each.")
@json_option
@exits
def check(ids: tuple[str, ...], folder: Path, live: bool, as_data: bool) -> int:
    """Are the source files sound and, with --live, do feeds, sitemaps, patterns and selectors still work?

    With IDs it also reads pages of the archive again: where a layout's selector or a field stopped being found, it shows
    the last good page and the first bad one side by side, and the [[layout]] that the new pages need.

    \b
    Exit codes: 0 no fault, 1 a file has a fault, a selector or field stopped, or a site does not work as it says, 2 usage.

    \b
    Example:
        newsspider sources check
        newsspider sources check eacnews
        newsspider sources check eacnews --live
    """
    from newsspider.runs.sourcing.checking import check_files, check_sites
    from newsspider.runs.sourcing.words import check_json, checked_summary, files_summary
    from newsspider.runs.turns.looking import look_back, still_red
    from newsspider.runs.turns.words import still_red_summary, turns_summary

    files, checked = check_files(folder, ids), []
    looked = {source.id: look_back(folder, source) for source in (files.sources if ids else ())}
    red = [
        reason
        for source in (files.sources if ids else ())
        for reason in still_red(folder, source, looked[source.id])
    ]
    turned = [turn for turns in looked.values() for turn in turns]
    if not as_data:
        click.echo(files_summary(files, changed=bool(turned)))
        for turns in filter(None, looked.values()):
            click.echo("\n" + turns_summary(turns))
        if red:
            click.echo("\n" + still_red_summary(red))
    with _shown() as tell:
        for one in check_sites(files.sources if live else (), tell):
            checked.append(one)
            if not as_data:
                click.echo("\n" + checked_summary(one))
    if as_data:
        click.echo(check_json(files, turned, checked, folder, red))
    stopped = any(one.is_fault for one in turned) or any(one.bad for one in red)
    return 1 if files.faults or stopped or not all(one.is_sound for one in checked) else 0


@contextmanager
def _shown() -> Iterator[Callable[[str], None]]:
    """What is being asked for, on stderr, if that is a terminal."""
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda url: None
        return
    with console.status("") as status:
        yield lambda url: status.update(Text(f"asking for {url}", no_wrap=True, overflow="ellipsis"))
