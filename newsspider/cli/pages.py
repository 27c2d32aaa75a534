"""The command that splits pages."""

from __future__ import annotations

from pathlib import Path

import click

from newsspider.cli.common import data_option, exits, main


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
