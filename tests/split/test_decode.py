"""Bytes to text, as browsers decide it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsspider.split.decode import decode

RUSSIAN = "Совет утвердил план нового рынка на берегу реки, и никто не возразил. " * 8
CHINESE = "市议会批准了河边新市场的计划，没有人反对。" * 8


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("ក្រុង".encode(), "text/html; charset=utf-8", "ក្រុង"),
        ("\ufeffété".encode(), "text/html; charset=iso-8859-1", "été"),
        ("été".encode("utf-16"), None, "été"),
        ("caf\xe9 “x”".encode("cp1252"), "text/html; charset=iso-8859-1", "café “x”"),
        (b'<meta charset="gb2312">' + "䶮市".encode("gb18030"), None, '<meta charset="gb2312">䶮市'),
        (b'<meta charset="utf-16">' + "été".encode(), None, '<meta charset="utf-16">été'),
        ("été".encode(), "text/html; charset=nonsense", "été"),
    ],
)
def test_declarations(body: bytes, content_type: str | None, text: str) -> None:
    assert decode(body, content_type)[0] == text


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (CHINESE, "gb18030")])
def test_an_undeclared_legacy_encoding_is_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_a_declared_utf_8_that_the_bytes_contradict_is_not_believed() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "text/html; charset=utf-8")[0] == RUSSIAN


def test_a_single_broken_byte_does_not_change_the_encoding() -> None:
    assert decode("étude ".encode() * 50 + b"\xff", "text/html; charset=utf-8") == (
        "étude " * 50 + "\ufffd",
        "utf-8",
    )


@pytest.mark.parametrize(
    "label", ["hex", "base64", "rot13", "zlib", "idna", "punycode", "undefined", "utf-7"]
)
def test_a_codec_that_is_no_text_encoding_is_not_believed(label: str) -> None:
    assert decode("ក្រុង été".encode(), f"text/html; charset={label}") == ("ក្រុង été", "utf-8")


@given(st.binary(max_size=400))
def test_any_bytes_become_text(body: bytes) -> None:
    assert isinstance(decode(body)[0], str)
