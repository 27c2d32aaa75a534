"""An analyst's ways through an archive in a real browser, clicked as a person does."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from loopback import Site
from playwright.sync_api import expect
from warcio.archiveiterator import ArchiveIterator

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page
    from watching import Watch

QUARTER = "River Ferry Fares to Fall by a Quarter"
SHIP = "ميناء الشرق يستقبل أول سفينة حاويات تعمل بالميثانول"
ATOM = "{http://www.w3.org/2005/Atom}"
expect.set_options(timeout=20_000)  # a busy machine may be slow to answer


@pytest.fixture(params=[False], ids=["without-scripts"])
def tab(request: pytest.FixtureRequest, watch: Watch, varied: str) -> Page:
    """A watched tab with the front page. No page of ours has a script; Datasette's are to do with and without theirs."""
    return watch.tab(f"{varied}/front", java_script_enabled=request.param)


WITH_SCRIPTS = pytest.mark.parametrize("tab", [True], ids=["with-scripts"], indirect=True)
BOTH = pytest.mark.parametrize("tab", [True, False], ids=["with-scripts", "without-scripts"], indirect=True)


def shows(tab: Page, heading: str) -> None:
    """A page with that heading comes."""
    expect(tab.get_by_role("heading", level=1)).to_have_text(heading)


def follow(tab: Page | Locator, name: str) -> None:
    """Click on the first link of that name."""
    tab.get_by_role("link", name=name).first.click()


def rows(tab: Page, count: int) -> list[str]:
    """The headlines of Datasette's table, which has so many rows."""
    expect(tab.locator("td.col-headline")).to_have_count(count)
    return tab.locator("td.col-headline").all_inner_texts()


def saved(tab: Page, link: Locator) -> Path:
    with tab.expect_download() as download:
        link.click()
    return Path(download.value.path())


def opened(tab: Page, link: Locator) -> str:
    """The text of a file that a link leads to."""
    path = link.get_attribute("href")
    answer = tab.request.get(tab.evaluate("new URL(document.baseURI).origin") + str(path))
    assert answer.ok
    return answer.text()


def test_from_the_front_page_to_a_day_and_an_article(tab: Page) -> None:
    news = tab.get_by_role("region", name="Newest by source")
    expect(news.locator(".ns-src")).to_have_count(7)
    follow(tab, "Sun 22 Nov")
    day = tab.get_by_role("region", name="22 November 2026 by source")
    expect(day.locator(".ns-src h3")).to_have_count(5)
    expect(day).not_to_contain_text("古城墙修复工程完成")
    follow(day, SHIP)
    shows(tab, SHIP)
    assert tab.locator("h1").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert tab.locator("article").get_attribute("dir") == "rtl"
    expect(tab.locator(".ns-art-head")).to_contain_text("gone from the site")
    tab.go_back()
    tab.get_by_label("Another day").fill("2026-11-23")
    tab.get_by_role("button", name="Show").click()
    expect(tab.locator(".ns-src h3")).to_have_count(3)


FACTS = {
    "Phnom Penh": 2,
    "22 Nov 2026, 19:02 +07:00": 8,
    "Chea Rattana": 2,
    "Transport": 2,
    "MRP": 1,
    "English": 6,
}


@WITH_SCRIPTS
def test_an_articles_facts_lead_to_lists_and_back(tab: Page) -> None:
    follow(tab, QUARTER)
    for fact, count in FACTS.items():
        facts = tab.get_by_role("complementary", name="Facts of this article")
        facts.get_by_role("link", name=fact, exact=True).click()
        rows(tab, count)
        tab.locator("td.col-headline").get_by_role("link", name=QUARTER).click()
        shows(tab, QUARTER)


def test_the_ticker_on_an_article_and_its_related_links_lead_to_archived_articles(tab: Page) -> None:
    follow(tab, QUARTER)
    strip = tab.get_by_role("region", name="Ticker")
    follow(strip, "Night Ferry to Run Until Bridge Opens")
    shows(tab, "Night Ferry to Run Until the Bridge Opens")
    tab.go_back()
    related = tab.get_by_role("region", name="Related links on the page")
    expect(related.locator("li", has_text="Fare tables")).to_contain_text("not archived")
    follow(related, "Salt growers ask for a later start")
    shows(tab, "Kampot Salt Growers Ask for Later Start to Season")
    follow(tab, "1 article")  # that links here
    expect(tab.locator("tbody tr")).to_have_count(1)


def test_an_edit_leads_to_what_was_there_before(tab: Page) -> None:
    changed = tab.get_by_role("region", name="Edited silently")
    expect(changed.locator("li", has_text="headline, body").locator("ins")).to_have_text("Quarter")
    follow(changed, "headline, body")
    revisions = tab.locator("#revisions")
    expect(revisions.locator("del")).to_have_text(["Fifth", "fifth"])
    expect(revisions.locator("ins")).to_have_text(["Quarter", "quarter"])
    expect(revisions).to_contain_text("silent")
    follow(revisions, "as it was before")
    shows(tab, "River Ferry Fares to Fall by a Fifth")
    expect(tab.locator(".ns-body")).to_contain_text("fall by a fifth")
    follow(tab, "The article as it is now")
    shows(tab, QUARTER)


def test_a_diff_in_a_script_from_right_to_left(tab: Page) -> None:
    follow(tab, "הנמל נפתח מחדש אחרי הערפל")
    changed = tab.locator("#revisions dd[lang=he]")
    assert [changed.locator(mark).inner_text() for mark in ("del", "ins")] == ["שש", "שבע"]
    assert changed.evaluate("e => [e.lang, getComputedStyle(e).direction]") == ["he", "rtl"]


def test_a_capture_leads_to_the_archived_page_and_its_record(tab: Page, live_site: Site) -> None:
    """The page stands in its sandbox and asks nothing of the site that it loads from; an independent reader reads the record."""
    follow(tab, QUARTER)
    follow(tab.locator("#captures tbody tr").last, "the page")
    tab.wait_for_load_state("networkidle")
    frame = tab.frame_locator("iframe.ns-sandbox")
    expect(frame.locator("h1")).to_have_text("River Ferry Fares to Fall by a Fifth")
    assert frame.locator("img").evaluate("e => e.naturalWidth") == 0
    assert frame.locator("body").evaluate("e => e.ownerDocument.title") != "ran"
    assert live_site.paths() == []
    with saved(tab, tab.get_by_role("link", name="WARC record")).open("rb") as file:
        record = next(iter(ArchiveIterator(file)))
        assert record.rec_headers["WARC-Target-URI"] == "https://courier.example/ferry"
        assert b"fall by a fifth" in record.content_stream().read()
    follow(tab, "Later capture")
    expect(frame.locator("h1")).to_contain_text("Fall by a Quarter")


def test_the_tickers_lead_to_a_timeline_that_can_be_chosen_from(tab: Page) -> None:
    follow(tab, "Tickers")
    follow(tab, "Mekong Courier")
    shows(tab, "Ticker of Mekong Courier")
    entries = tab.locator(".ns-tl > li")
    expect(entries).to_have_count(3)
    salt = entries.filter(has_text="Much Later")
    expect(salt.locator("ins").first).to_have_text("a Much")
    expect(salt.locator("circle")).to_have_count(1)
    tab.get_by_label("Show").select_option("never an article")
    tab.get_by_label("From").fill("2026-11-22")
    tab.get_by_role("button", name="Show").click()
    expect(entries.locator(".ns-hl")).to_have_text(["Regatta Put Off by a Week"])
    tab.get_by_label("Source").select_option("الميناء اليوم")
    tab.get_by_role("button", name="Show").click()
    expect(tab.locator("h1")).to_contain_text("الميناء اليوم")
    assert entries.locator(".ns-hl").evaluate_all("all => all.map(e => getComputedStyle(e).direction)") == [
        "rtl"
    ]
    tab.go_back()
    tab.go_back()
    follow(salt, "Article, 22 Nov 15:30")
    facts = tab.get_by_role("complementary", name="Facts of this article")
    follow(facts, "Salt Growers Ask for a Much Later Start")
    shows(tab, "Ticker of Mekong Courier")
    assert "#entry-" in tab.url


SEARCHES = {'"night ferry"': 2, "flood*": 1, "北京": 2, "古城墙": 1, "กรุงเทพ": 1, "ភ្នំពេញ": 1, "سفينة": 1, "ספינות": 1,
            "fares; (fall": 1}  # fmt: skip


def test_a_search_in_any_script_marks_what_it_found_and_leads_there(tab: Page) -> None:
    hits = tab.locator(".ns-hits > li")
    for typed, count in SEARCHES.items():
        tab.get_by_role("searchbox").fill(typed)
        tab.keyboard.press("Enter")
        expect(tab).to_have_title(f"Search: {typed}, {count} article{'' if count == 1 else 's'}")
        expect(hits).to_have_count(count)
        mark = hits.first.locator("mark").first
        assert mark.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
        headline = hits.first.locator(".ns-hl a")
        said = headline.inner_text()
        headline.click()
        shows(tab, said)
        follow(tab, "Search")


def test_a_search_is_narrowed_by_every_facet_and_kept_as_a_feed(tab: Page) -> None:
    tab.get_by_role("searchbox").fill("ferry OR 北京")
    tab.get_by_role("button", name="Search").click()
    hits = tab.locator(".ns-hits > li")
    expect(hits).to_have_count(5)
    facets = tab.get_by_role("region", name="Narrow down")
    for name, left in (
        ("English", 3),
        ("Phnom Penh", 2),
        ("Tom Aldous", 2),
        ("Mekong Courier", 2),
        ("23 Nov 2026", 1),
    ):
        facets.get_by_role("link", name=name, exact=True).click()
        expect(hits).to_have_count(left)
    feed = ET.fromstring(opened(tab, tab.get_by_role("link", name="Keep as Atom feed")))
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [
        hits.locator(".ns-hl").inner_text()
    ]
    assert feed.findtext(f"{ATOM}entry/{ATOM}link[@href]") is not None
    tab.locator(".ns-chosen a", has_text="Day").click()
    expect(hits).to_have_count(2)
    facets.get_by_label("from").fill("2026-11-24")
    facets.get_by_role("button", name="Set days").click()
    expect(tab.locator("main")).to_contain_text("Nothing holds")
    follow(tab, "The same words in the whole archive")
    expect(hits).to_have_count(5)


def test_where_nothing_is_found_another_word_is_offered(tab: Page) -> None:
    tab.get_by_role("searchbox").fill("fery")
    tab.get_by_role("button", name="Search").click()
    expect(tab.locator("main")).to_contain_text("Nothing holds fery")
    tab.get_by_role("table").get_by_role("link", name="ferry").click()
    expect(tab.locator(".ns-hits > li")).to_have_count(3)


@WITH_SCRIPTS
def test_the_search_box_of_the_table_finds_the_same(tab: Page) -> None:
    follow(tab, "Articles")
    for typed in ("北京", "กรุงเทพ", "ភ្នំពេញ", '"night ferry"'):
        tab.locator("input#_search, input[type=search][name=_search]").fill(typed)
        tab.keyboard.press("Enter")
        tab.wait_for_function(
            "typed => new URLSearchParams(location.search).get('_search') == typed", arg=typed
        )
        found = rows(tab, SEARCHES[typed])
    tab.locator("td.col-headline a").first.click()
    shows(tab, found[0])


def test_a_place_leads_to_its_articles_however_it_is_written(tab: Page) -> None:
    follow(tab, "Places")
    expect(tab.locator("svg.ns-map").first.locator("circle")).to_have_count(7)
    expect(tab.get_by_role("region", name="Names that fit several places")).to_contain_text("Springfield")
    tab.get_by_role("row").get_by_role("link", name="Phnom Penh").click()
    assert "ស្ពានថ្មី" in "".join(rows(tab, 3))
    tab.go_back()
    tab.get_by_label("Source").select_option("ដំណឹងទន្លេ")
    tab.get_by_role("button", name="Show").click()
    expect(tab.locator("svg.ns-map").first.locator("circle")).to_have_count(1)
    follow(tab.get_by_role("row").last, "Phnom Penh")
    rows(tab, 1)


@BOTH
def test_a_query_with_parameters_gives_rows_csv_and_a_feed(tab: Page) -> None:
    follow(tab, "Queries")
    follow(tab, "Changed headlines")
    changed = tab.locator("td.ns-c-change")
    expect(changed).to_have_text(["River Ferry Fares to Fall by a FifthQuarter"])
    tab.get_by_label("From", exact=True).fill("2026-11-24")
    tab.get_by_role("button", name="Show").click()
    expect(changed).to_have_count(0)
    tab.get_by_label("From", exact=True).fill("2026-11-23")
    tab.get_by_label("Source").select_option("Mekong Courier")
    tab.get_by_role("button", name="Show").click()
    expect(changed).to_have_count(1)
    [row] = csv.DictReader(io.StringIO(opened(tab, tab.get_by_role("link", name="CSV"))))
    assert (row["source"], row["new_headline"]) == ("courier", QUARTER)
    feed = ET.fromstring(opened(tab, tab.get_by_role("link", name="Keep as Atom feed")))
    assert len(feed.findall(f"{ATOM}entry")) == 1
    follow(tab, "In Datasette, with its SQL")
    expect(tab.locator("td.col-former_headline")).to_have_text(["River Ferry Fares to Fall by a Fifth"])
    tab.locator("td.col-article a").click()
    shows(tab, QUARTER)


def test_a_red_source_leads_to_its_last_good_and_first_bad_page(tab: Page) -> None:
    alert = tab.locator(".ns-alert")
    expect(alert).to_contain_text("articles 1, expected at least 4")
    follow(tab, "Sources")
    first = tab.locator(".ns-sources > li").first
    expect(first.get_by_role("img", name="2 good, 1 red (24 Nov)")).to_be_visible()
    follow(first, "Mekong Courier")
    expect(tab.get_by_role("img", name="headline, share of the articles over time")).to_be_visible()
    follow(tab, "Last good page")
    shows(tab, "Night Ferry to Run Until the Bridge Opens")
    tab.go_back()
    follow(tab, "First bad page")
    shows(tab, "Kampot Salt Growers Ask for Later Start to Season")
    expect(tab.locator("#captures")).to_contain_text("500")


def focused(tab: Page) -> Any:
    """What has the focus: its tag, its words, and whether a reader sees that."""
    return tab.evaluate(
        """() => {const e = document.activeElement, s = getComputedStyle(e);
        return [e.tagName, e.innerText.trim(), s.outlineStyle != "none" && e.getBoundingClientRect().width > 1]}"""
    )


def test_the_first_key_skips_to_the_content(watch: Watch, varied: str) -> None:
    tab = watch.tab(f"{varied}/front")
    tab.keyboard.press("Tab")
    assert focused(tab) == ["A", "Skip to content", True]
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_tab_key_goes_through_a_page_as_it_is_read(watch: Watch, varied: str) -> None:
    """Crumbs, navigation, search box, its button; then what is there to be followed, each with a visible focus."""
    tab = watch.tab(f"{varied}/front")
    way = []
    for _ in range(18):
        tab.keyboard.press("Tab")
        way.append(focused(tab))
    names = [name or tag for tag, name, _ in way]
    head = "Skip to content,home,archive,Front page,Search,Articles,Tickers,Places,Sources,Tables,Queries"
    mast = "12 articles,7 sources,finished,INPUT,Search,Mekong Courier,newest"
    assert names == [*head.split(","), *mast.split(",")]
    assert all(seen for _, _, seen in way), way


@pytest.mark.parametrize("path", ["front", "tickers/courier"])
def test_the_numbers_of_a_chart_are_opened_by_key(watch: Watch, varied: str, path: str) -> None:
    tab = watch.tab(f"{varied}/{path}", java_script_enabled=True)
    details = tab.locator("details", has_text="The numbers as a table")
    expect(details.get_by_role("table")).to_be_hidden()
    while focused(tab)[1] != "The numbers as a table":
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(details.get_by_role("table")).to_be_visible()
    assert details.locator("tbody tr").count() >= 3


PHONE = ("front", "front?day=2026-11-23", "search", "search?q=ferry+OR+北京+OR+سفينة", "search?q=fery+nowhere&source=courier",
         "articles/2", "articles/6", "articles/2?state=0", "captures/3/page", "tickers", "tickers/courier", "places", "health",
         "health/courier", "articles/99")  # fmt: skip


def test_a_phone_has_no_sideways_scroll(watch: Watch, varied: str) -> None:
    tab = watch.tab(f"{varied}/front", may_say="404", viewport={"width": 320, "height": 640})
    for path in PHONE:
        tab.goto(f"{varied}/{path}")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, path
