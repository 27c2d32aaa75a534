"""The next page of a list, by its address."""

import pytest

from newsspider.discover import next_page
from newsspider.records import PageLink

SITE = "https://www.news.example"


def following(url: str, *paths: str, text: str = "2") -> str | None:
    found = next_page([PageLink(SITE + path, text, "main") for path in paths], SITE + url)
    return found.removeprefix(SITE) if found else None


@pytest.mark.parametrize(
    ("own", "second"),
    [
        ("/world/", "/world/page/2/"),
        ("/world", "/world/2"),
        ("/world", "/world?page=2"),
        ("/world?lang=en", "/world?lang=en&p=2"),
        ("/welt.html", "/welt-2.html"),
        ("/welt/index.html", "/welt/index_2.html"),
        ("/monde/", "/monde/page-2"),
        ("/nachrichten/", "/nachrichten/seite/2"),
        ("/", "/?paged=2"),
    ],
)
def test_the_second_page_of_a_list_is_found(own: str, second: str) -> None:
    assert following(own, "/sport", second, "/world/7") == second


@pytest.mark.parametrize(
    ("own", "third"),
    [
        ("/world/page/2/", "/world/page/3/"),
        ("/world?page=2", "/world?page=3"),
        ("/welt-9.html", "/welt-10.html"),
    ],
)
def test_behind_a_page_with_a_number_comes_the_next_number(own: str, third: str) -> None:
    assert following(own, "/world", "/world/page/5/", third) == third


def test_lists_end_after_ten_pages_and_where_no_link_leads_on() -> None:
    assert following("/world/page/10/", "/world/page/11/") is None
    assert following("/world/page/2/", "/world/page/1/") is None
    assert following("/world/", "/sport/page/2/", "/world/rain-2-dead-in-the-north") is None


def test_a_link_with_a_headline_is_no_pager() -> None:
    assert (
        following("/world/", "/world/2", text="Two more bridges closed after the flood in the north") is None
    )
