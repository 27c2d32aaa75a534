"""``newsspider split``: pages from files, WARC files, addresses and standard input; records as JSON Lines."""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

from newsspider import clock
from newsspider.addresses import absolute, same_site
from newsspider.archive import Readable, read_records
from newsspider.coding import TooLarge, decode_body
from newsspider.errors import NewsspiderError, PageError, SourceError, UsageError
from newsspider.fetch.limits import LIMITS
from newsspider.source import Fetch, Source, sound_sources
from newsspider.split import split_page, warm_up

if TYPE_CHECKING:
    from newsspider.runs.visit import Visitor

_MAX_PAGE = int(LIMITS["NEWSSPIDER_MAX_DECODED"][0])
_HEAD = 4096  # bytes that are looked at to tell what a file is
_GZIP = b"\x1f\x8b"
_TYPES = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml"}
_MARKS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16, the only text with zeros in it


class Form(StrEnum):
    """What is printed of a page: its record, or how the record came about, as a table or as a page."""

    RECORDS = "records"
    TABLE = "table"
    HTML = "html"


def split_inputs(
    inputs: Sequence[str],
    *,
    url: str | None = None,
    content_type: str | None = None,
    folder: Path | None = None,
    form: Form = Form.RECORDS,
    out: BinaryIO | None = None,
    err: TextIO | None = None,
) -> int:
    """Print a record for each page of the inputs, in order, a line of JSON each; returns the exit code. ``form``:
    what is printed instead.

    ``inputs``: paths (HTML, plain text, WARC, each also packed with gzip), addresses, ``-`` for standard
    input. What a file is, its content says; only between HTML and text its suffix decides. ``url`` and
    ``content_type``: of a bare file, which can't say them itself; of a WARC file ``url`` is the page that is to be
    explained. ``folder``: where ``sources/*.toml`` may
    be; a source's layouts are used for pages of its site. What fails is one line on ``err`` each, and the
    exit code is then 1. Raises ``UsageError`` where the arguments can't be meant so, ``SourceError`` for a
    faulty source file, ``NewsspiderError`` where the output can't be written.
    """
    _check(inputs, url)
    warm_up()
    run = _Run(url, content_type, _Sources(folder), form, out or sys.stdout.buffer, err or sys.stderr)
    try:
        for given in inputs:
            run.split(given)
    except OSError as error:  # of the output; what inputs raise is told by then
        if out is None:  # what waits there must not fail once more at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # whoever reads us has enough
            return 1
        raise NewsspiderError("standard output", f"can't be written ({error.strerror})") from error
    return 1 if run.failed else 0


def _check(inputs: Sequence[str], url: str | None) -> None:
    if inputs.count("-") > 1:
        raise UsageError("-", "standard input is given twice", "it can be read once only")
    if url is None:
        return
    if len(inputs) != 1 or _is_address(inputs[0]):
        raise UsageError("--url", "is the address of a single bare file", "give that file alone")
    if not _is_address(url) or absolute(None, url) is None:
        raise UsageError("--url", f"{url!r} is no http or https address")


def _is_address(given: str) -> bool:
    return given.lower().startswith(("http://", "https://"))


class _Sources:
    """The sources of a folder, read when the first page with an address comes."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder / "sources" if folder else None
        self._sources: list[Source] | None = None
        self._error: SourceError | None = None

    def of(self, url: str | None) -> Source | None:
        """The source that an address is of; if several share the site, the one whose home it stands under."""
        if url is None or self._folder is None:
            return None
        if self._sources is None:
            some = any(self._folder.glob("*.toml"))
            self._sources, self._error = sound_sources(self._folder) if some else ([], None)
        mine = [source for source in self._sources if same_site(source.home, url)]
        return max(mine, key=lambda source: len(source.home) * url.startswith(source.home), default=None)

    def faults(self) -> list[PageError]:
        """What is wrong with files of the folder, told once: their pages are split without them."""
        error, self._error = self._error, None
        return [PageError(error.where, fault) for fault in error.faults] if error else []

    def delay(self, url: str) -> float:
        """Seconds between requests to the site of an address."""
        source = self.of(url)
        return (source.fetch if source else Fetch()).delay


class _Run:
    """One call of the command: where its output goes, and whether anything failed."""

    def __init__(
        self,
        url: str | None,
        content_type: str | None,
        sources: _Sources,
        form: Form,
        out: BinaryIO,
        err: TextIO,
    ) -> None:
        self.failed = False
        self._form = form
        self._pages = 0
        self._url = url
        self._content_type = content_type
        self._sources = sources
        self._out = out
        self._err = err
        self._visitor: Visitor | None = None
        self._written = _WRITERS[form]()

    def split(self, given: str) -> None:
        """Split all pages of one input."""
        try:
            for page in self._printed(given):
                self._out.write(page)
        except PageError as error:
            self._tell(error)
        self._out.flush()

    def _tell(self, error: NewsspiderError, lost: bool = True) -> None:
        """One line; what it quotes can't write to the terminal."""
        self._out.flush()
        self.failed |= lost
        text = f"{'Error' if lost else 'Warning'}: {error}"
        line = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
        print(line.encode("utf-8", "replace").decode(), file=self._err, flush=True)

    # ---- inputs ------------------------------------------------------------------------------------------
    def _printed(self, given: str) -> Iterator[bytes]:
        if _is_address(given):
            yield from self._visit(given)
            return
        path = Path(given)
        try:
            if given == "-":
                yield from self._read(sys.stdin.buffer, "standard input", None)
            else:
                with path.open("rb") as file:
                    yield from self._read(file, given, _TYPES.get(path.suffix.lower()))
        except OSError as error:
            cure = "name the files in it" if path.is_dir() else ""
            raise PageError(given, f"can't be read ({error.strerror})", cure) from error

    def _visit(self, url: str) -> Iterator[bytes]:
        from newsspider.runs.visit import Visitor  # brings the crawl side in

        self._visitor = self._visitor or Visitor(self._sources.delay)
        page = self._visitor.fetch(url)
        yield from self._page(page.body, page.url, page.content_type, page.fetched_at)

    def _read(self, file: Readable, name: str, content_type: str | None) -> Iterator[bytes]:
        head = file.read(_HEAD)
        whole = _Joined(head, file)
        if _is_warc(head, name):
            yield from self._warc(whole, name)
        else:
            page = _bare(whole, name, check=self._content_type is None)
            yield from self._page(page, self._url, self._content_type or content_type, None, name)

    def _warc(self, file: Readable, name: str) -> Iterator[bytes]:
        if self._url is not None and self._form is Form.RECORDS:
            odd = PageError(name, "the pages of a WARC file have addresses of their own", "--url is not used")
            self._tell(odd, lost=False)
        before = self._pages
        for record in read_records(file, name=name, pages_only=True, report=self._tell):
            if self._form is Form.RECORDS or self._url in (None, record.url):
                yield from self._page(record.payload, record.url, record.content_type, record.date, name)
        if self._form is not Form.RECORDS and self._url and self._pages == before:
            raise PageError(name, f"holds no page of {self._url}", "give the address as the file has it")

    def _page(
        self, page: bytes, url: str | None, content_type: str | None, at: datetime | None, name: str = ""
    ) -> Iterator[bytes]:
        source = self._sources.of(url)
        for fault in self._sources.faults():
            self._tell(fault)
        layout = source.layout_at((at or clock.now()).date()) if source else None
        self._pages += 1
        if self._form is Form.HTML and self._pages > 1:
            cure = (
                "name one with --url ADDRESS" if self._url is None else "the first of this address was shown"
            )
            raise PageError(name or url or "input", "holds more than the one page that --html shows", cure)
        try:
            yield self._written(
                page,
                url,
                content_type=content_type,
                fetched_at=at,
                layouts=(layout,) if layout else (),
                language=source.language if source else None,
            )
        except Exception as error:  # a fault of ours: the other pages are still split
            self._tell(PageError(url or name, f"can't be split ({type(error).__name__}: {error})"))


def _records() -> Callable[..., bytes]:
    encode = json.JSONEncoder(ensure_ascii=False).encode

    def written(*args: Any, **kwargs: Any) -> bytes:
        record = split_page(*args, **kwargs).as_dict()
        try:
            return encode(record).encode() + b"\n"
        except UnicodeEncodeError:  # an address from a command line that is no UTF-8
            return json.dumps(record).encode() + b"\n"

    return written


def _explained(html: bool) -> Callable[..., bytes]:
    from newsspider.runs.explaining import as_html, as_text  # who wants records only need not load this
    from newsspider.split.explain import explain_page

    show = as_html if html else as_text
    return lambda *args, **kwargs: show(explain_page(*args, **kwargs)).encode("utf-8", "replace")


_WRITERS: dict[Form, Callable[[], Callable[..., bytes]]] = {
    Form.RECORDS: _records,
    Form.TABLE: lambda: _explained(html=False),
    Form.HTML: lambda: _explained(html=True),
}


class _Joined:
    """A file whose first bytes were read already."""

    def __init__(self, head: bytes, file: Readable) -> None:
        self._head = head
        self._file = file

    def read(self, count: int, /) -> bytes:
        """Up to so many bytes; fewer only at the end."""
        data, self._head = self._head[:count], self._head[count:]
        return data + self._file.read(count - len(data)) if len(data) < count else data


def _is_warc(head: bytes, name: str) -> bool:
    """By its first record; an empty or damaged file by its name."""
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, _HEAD)
        except zlib.error:
            head = b""
    return head.lstrip(b"\r\n").startswith(b"WARC/") or name.lower().endswith((".warc", ".warc.gz"))


def _bare(file: Readable, name: str, *, check: bool) -> bytes:
    """The page in a file of its own, unpacked."""
    data = file.read(_MAX_PAGE + 1)
    try:
        data, complete = decode_body(data, "gzip" if data.startswith(_GZIP) else None, _MAX_PAGE)
    except TooLarge:
        raise PageError(name, f"is larger than {_MAX_PAGE} bytes") from None
    if not complete:
        raise PageError(name, "is damaged or cut off", "unpack it to see how much of it is there")
    if not data.strip():
        raise PageError(name, "is empty")
    head = data[:1024]
    if check and (head.startswith(b"%PDF-") or (b"\x00" in head and not head.startswith(_MARKS))):
        raise PageError(name, "is neither HTML nor plain text", "if it is, say so with --content-type")
    return data
