"""``newsspider split --explain``: the table for a terminal and the page with the regions coloured."""

from __future__ import annotations

import io
from pathlib import Path

from newsspider.runs.splitting import Form, split_inputs

STORY = "".join(
    f"<p>In paragraph {n} of an invented story nothing much happens, again.</p>" for n in range(9)
)
EVIL = "<p>&lt;script&gt;alert(1)&lt;/script&gt; was said.</p>"
PAGE = f"<title>A quiet day</title><article><h1>A quiet day</h1>{STORY}{EVIL}</article>"
MENU = "".join(f"<li><a href='/{n}'>Menu {n}</a></li>" for n in range(30))


def shown(form: Form, *pages: str, folder: Path) -> tuple[int, str, str]:
    paths = []
    for number, page in enumerate(pages):
        paths.append(folder / f"{number}.html")
        paths[-1].write_text(page)
    out, err = io.BytesIO(), io.StringIO()
    code = split_inputs([str(path) for path in paths], form=form, out=out, err=err)
    return code, out.getvalue().decode(), err.getvalue()


def test_the_table_has_a_line_for_each_block_and_counts_long_menus(tmp_path: Path) -> None:
    code, table, _ = shown(Form.TABLE, f"<ul>{MENU}</ul>" + PAGE, folder=tmp_path)
    assert code == 0
    assert "30 blocks far from the article's text" in table
    assert sum(" body " in line for line in table.splitlines()) >= 9
    assert "headline       A quiet day" in table


def test_several_pages_make_several_tables_and_only_one_html_page(tmp_path: Path) -> None:
    assert shown(Form.TABLE, PAGE, PAGE, folder=tmp_path)[1].count("A block is body from") == 2
    code, page, err = shown(Form.HTML, PAGE, PAGE, folder=tmp_path)
    assert (code, page.count("<!doctype html>")) == (1, 1)
    assert "holds more than the one page that --html shows" in err


def test_the_html_page_escapes_what_it_shows_and_allows_no_script(tmp_path: Path) -> None:
    _, page, _ = shown(Form.HTML, PAGE, folder=tmp_path)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "default-src 'none'" in page
