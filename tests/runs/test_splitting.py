"""``newsspider split``: inputs of every kind in, JSON Lines and one line an error out."""

import gzip
import io
import json
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from newsspider.archive import WarcWriter
from newsspider.errors import NewsspiderError, UsageError
from newsspider.records import Capture
from newsspider.runs.splitting import split_inputs

KEYS = [
    *(
        "url",
        "canonical_url",
        "kind",
        "flags",
        "headline",
        "kicker",
        "summary",
        "authors",
        "published",
        "modified",
    ),
    *("dateline", "body", "asides", "ticker", "related", "section", "tags", "language", "image"),
    *("split_version", "provenance"),
]


def html(number: int, link: str = "/other") -> str:
    story = "".join(
        f"<p>In paragraph {n} of an invented story nothing much happens, again.</p>" for n in range(9)
    )
    return (
        f"<!DOCTYPE html><html><head><title>Story number {number}</title></head><body><article>"
        f"<h1>Story number {number}</h1>{story}"
        f"<p>Also read: <a href='{link}'>Another story altogether</a></p>"
        "<div class='promo'>Chosen by layout</div></article></body></html>"
    )


TEXT = "A headline in plain text\n\nPHNOM PENH, May 18: The first paragraph of it.\n\nThe second one of it.\n"


@dataclass
class Done:
    code: int
    records: list[dict[str, Any]]
    errors: list[str]

    @property
    def headlines(self) -> list[str]:
        return [record["headline"] for record in self.records]


def split(*inputs: object, **options: Any) -> Done:
    out, err = io.BytesIO(), io.StringIO()
    code = split_inputs([str(given) for given in inputs], out=out, err=err, **options)
    assert out.getvalue().endswith(b"\n") or not out.getvalue()
    return Done(code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue().splitlines())


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def warc(folder: Path, count: int = 3, content_type: bytes = b"text/html; charset=utf-8") -> Path:
    writer = WarcWriter(folder, "test", "newsspider/test")
    at = datetime(2026, 11, 25, tzinfo=UTC)
    headers = ((b"Content-Type", content_type), (b"Content-Encoding", b"gzip"))
    for number in range(count):
        body = gzip.compress(html(number).encode())
        writer.append([Capture(f"https://news.example/{number}?utm_source=x", at, 200, (), headers, body)])
    writer.close()
    return next(folder.glob("test-*.warc.gz"))


def test_a_page_of_html_gives_a_record_with_all_keys_in_order(tmp_path: Path) -> None:
    done = split(write(tmp_path / "a.html", html(1)))
    assert (done.code, done.errors, done.headlines) == (0, [], ["Story number 1"])
    assert list(done.records[0]) == KEYS
    assert done.records[0]["url"] is None


def test_a_page_of_text_is_text_by_its_suffix(tmp_path: Path) -> None:
    done = split(write(tmp_path / "a.txt", TEXT))
    assert (done.code, done.headlines) == (0, ["A headline in plain text"])
    assert done.records[0]["dateline"]["place"] == "PHNOM PENH"


def test_pages_of_a_warc_file_come_in_order_with_their_addresses_as_they_stand_there(tmp_path: Path) -> None:
    done = split(warc(tmp_path))
    assert (done.code, done.errors) == (0, [])
    assert done.headlines == [f"Story number {n}" for n in range(3)]
    assert [r["url"] for r in done.records] == [f"https://news.example/{n}?utm_source=x" for n in range(3)]


def test_several_inputs_are_split_in_turn_whatever_one_of_them_is(tmp_path: Path) -> None:
    done = split(
        write(tmp_path / "a.html", html(7)),
        tmp_path / "missing.html",
        tmp_path,
        write(tmp_path / "empty.html", " \n"),
        write(tmp_path / "picture.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        write(tmp_path / "paper.pdf", b"%PDF-1.7 of sorts"),
        write(tmp_path / "cut.html.gz", gzip.compress(html(1).encode())[:-9]),
        write(tmp_path / "no.warc.gz", b""),
        warc(tmp_path, 1),
    )
    assert (done.code, done.headlines) == (1, ["Story number 7", "Story number 0"])
    places = [
        "missing.html",
        str(tmp_path),
        "empty.html",
        "picture.html",
        "paper.pdf",
        "cut.html.gz",
        "no.warc.gz",
    ]
    assert len(done.errors) == len(places)
    for line, place in zip(done.errors, places, strict=True):
        assert line.startswith("Error: ")
        assert f"{place}: " in line


def test_address_and_type_of_a_bare_file_can_be_given(tmp_path: Path) -> None:
    page = html(1).replace("Story number", "東京 Nummer").encode("utf-16-le")
    done = split(
        write(tmp_path / "a", page),
        url="https://News.example/2026/story?utm_source=x",
        content_type="text/html; charset=utf-16le",
    )
    assert (done.code, done.headlines) == (0, ["東京 Nummer 1"])
    assert done.records[0]["url"] == "https://News.example/2026/story?utm_source=x"
    assert done.records[0]["related"] == [
        {"text": "Another story altogether", "url": "https://News.example/other"}
    ]


@pytest.mark.parametrize(
    ("inputs", "url"),
    [
        (("a", "b"), "https://news.example/"),
        (("https://news.example/",), "https://news.example/"),
        (("a",), "news.example"),
        (("a",), "https:///"),
        (("-", "-"), None),
    ],
)
def test_arguments_that_cannot_be_meant_are_refused(inputs: tuple[str, ...], url: str | None) -> None:
    with pytest.raises(UsageError):
        split(*inputs, url=url)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["as it is", "packed"])
@pytest.mark.parametrize("kind", ["html", "text", "warc"])
def test_what_comes_on_standard_input_is_told_by_its_content(
    kind: str, pack: type[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = gzip.decompress(warc(tmp_path, 1).read_bytes())
    data, headline = {
        "html": (html(1).encode(), "Story number 1"),
        "text": (TEXT.encode(), "A headline in plain text"),
        "warc": (stored, "Story number 0"),
    }[kind]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(pack(data))))
    done = split("-")
    assert (done.code, done.headlines) == (0, [headline])


def test_a_cut_warc_file_gives_what_stands_before_the_cut_and_one_line(tmp_path: Path) -> None:
    path = warc(tmp_path)
    path.write_bytes(path.read_bytes()[:-600])
    done = split(path)
    assert (done.code, done.headlines) == (1, ["Story number 0", "Story number 1"])
    assert len(done.errors) == 1
    assert f"{path}: cut off in the record of https://news.example/2" in done.errors[0]


def test_an_oddity_of_a_warc_file_is_a_warning(tmp_path: Path) -> None:
    path = warc(tmp_path)
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())))
    done = split(path, url="https://news.example/")
    assert (done.code, len(done.records), len(done.errors)) == (0, 3, 2)
    assert all(line.startswith(f"Warning: {path}: ") for line in done.errors)


def test_an_error_line_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    done = split(tmp_path / "a\x1b]0;title\x07\nb")
    assert len(done.errors) == 1
    assert done.errors[0].isprintable()


def test_an_address_that_is_no_utf_8_still_gives_json(tmp_path: Path) -> None:
    """Python passes such bytes of a command line on as halves of surrogate pairs."""
    done = split(write(tmp_path / "a.html", html(1)), url="https://news.example/\udcff")
    assert (done.code, done.records[0]["url"]) == (0, "https://news.example/\udcff")


def test_an_output_that_takes_no_more_is_said_to_be_so(tmp_path: Path) -> None:
    page = str(write(tmp_path / "a.html", html(1)))
    with (
        Path("/dev/full").open("wb", buffering=0) as full,
        pytest.raises(NewsspiderError, match="standard out"),
    ):
        split_inputs([page], out=full, err=io.StringIO())
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as gone:
        assert split_inputs([page], out=gone, err=io.StringIO()) == 1


def test_layouts_of_a_source_are_used_for_pages_of_its_site(tmp_path: Path) -> None:
    layout = '[[layout]]\nvalid_until = 2026-11-24\nheadline = "title"\n[[layout]]\nkicker = "div.promo"\n'
    (tmp_path / "sources").mkdir()
    write(tmp_path / "sources" / "example.toml", f'home = "https://news.example/"\n{layout}')
    done = split(warc(tmp_path, 1), folder=tmp_path)
    assert done.records[0]["kicker"] == "Chosen by layout"
    page = write(tmp_path / "a.html", html(1))
    assert (
        split(page, folder=tmp_path, url="https://www.news.example/a").records[0]["kicker"]
        == "Chosen by layout"
    )
    assert split(page, folder=tmp_path, url="https://other.example/a").records[0]["kicker"] is None
    write(tmp_path / "sources" / "faulty.toml", "home = 1")
    assert split(page, folder=tmp_path).code == 0  # no address, no source
    done = split(page, folder=tmp_path, url="https://www.news.example/a")
    assert (done.code, done.records[0]["kicker"]) == (1, "Chosen by layout")
    assert done.errors == [f"Error: {tmp_path / 'sources' / 'faulty.toml'}: home: 1 must be text"]


def test_a_page_is_split_from_its_address(site: Any, tmp_path: Path) -> None:
    site.pages["/story"] = html(5, "other")
    (tmp_path / "sources").mkdir()
    write(tmp_path / "sources" / "local.toml", f'home = "{site.url}/"\n[fetch]\ndelay = 0.01\n')
    done = split(f"{site.url}/story", f"{site.url}/missing", folder=tmp_path)
    assert (done.code, done.headlines) == (1, ["Story number 5"])
    assert done.records[0]["url"] == f"{site.url}/story"
    assert done.records[0]["related"][0]["url"] == f"{site.url}/other"
    assert done.errors == [f"Error: {site.url}/missing: answers 404 Not Found"]
