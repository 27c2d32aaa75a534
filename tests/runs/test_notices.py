"""Notices: the file that says who is told, the words, and their way to real servers on loopback with all that can go wrong."""

from __future__ import annotations

import json
import socket
import ssl
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
from loopback import Answer, Site, served
from mail import PASSWORD, USER, Post, post_office

from newsspider.errors import NoticesError
from newsspider.runs.notices.channels import Mail, Webhook, load
from newsspider.runs.notices.sending import Delivery, send
from newsspider.runs.notices.words import Message, for_webhook, of_notices
from newsspider.store import Notice

MESSAGE = Message("newsspider: លំហ is red", "Red:\n\nលំហ, since yesterday", {"event": "state"})
RED = Notice(
    1, "red", "hook", 12, "daily", "Daily <!channel>", "https://daily.example/", "2026-11-24T02:30:00Z",
    ("daily: articles 0, expected at least 10",), "https://daily.example/a", "2026-11-24T05:00:00Z", None, None,
)  # fmt: skip


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority for certificates that this process trusts."""
    made = trustme.CA()
    made.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return made


# ---- the file ----------------------------------------------------------------------------------------------
def write(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "notices.toml").write_text(text, "utf-8")
    return folder


def test_without_a_file_nobody_is_told(tmp_path: Path) -> None:
    assert load(tmp_path) == ((), None)


def test_secrets_come_from_the_file_or_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOK", "https://hooks.example/secret")
    monkeypatch.setenv("PASS", PASSWORD)
    text = (
        '[[webhook]]\nurl_env = "HOOK"\n[[webhook]]\nname = "chat"\nurl = "https://hooks.example/b"\ntext_only = true\n'
        '[mail]\nto = ["me@example.com"]\nfrom = "spider@example.com"\nhost = "smtp.example.com"\nuser = "me"\n'
        'password_env = "PASS"\n'
    )
    mail = Mail(
        ("me@example.com",), "spider@example.com", "smtp.example.com", 587, "starttls", "me", PASSWORD
    )
    assert load(write(tmp_path, text)) == (
        (Webhook("hooks.example", "https://hooks.example/secret"), Webhook("chat", "https://hooks.example/b", True), mail),
        None,
    )  # fmt: skip


def test_the_examples_of_the_readme_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSSPIDER_SMTP_PASSWORD", PASSWORD)
    text = (Path(__file__).parents[2] / "README.md").read_text("utf-8").partition("**Be told.**")[2]
    blocks = {kind: text.partition(f"```{kind}\n")[2].partition("```")[0] for kind in ("toml", "json")}
    channels, fault = load(write(tmp_path, blocks["toml"]))
    assert ([channel.name for channel in channels], fault) == (["hooks.example.com", "mail"], None)
    told, made = (
        json.loads(blocks["json"]),
        of_notices([RED, replace(RED, source=None, kind="killed")], tmp_path),
    )
    real = json.loads(for_webhook(made, text_only=False))
    for shown, sent in ((told, real), *((told[key][0], real[key][0]) for key in ("sources", "runs"))):
        assert sorted(shown) == sorted(sent)


FAULTS = {
    "webhook = 3": "webhook: must be written [[webhook]], one table for each",
    '[[webhook]]\nurl = "hooks.example/x"': "must be an address that begins with http:// or https://",
    '[[webhook]]\nurl = "https://me:secret@hooks.example/x"': "must hold no user name and password",
    '[[webhook]]\nurl_env = "NOT_THERE"': "webhook 1: url_env: 'NOT_THERE' names an environment variable that is not set",
    "[[webhook]]": "webhook 1: url: missing, give it or url_env = 'NAME' of an environment variable",
    '[[webhook]]\nurl = "https://a.example/"\nurl_env = "HOOK"': "webhook 1: url: is given twice",
    '[[webhook]]\nurl_env = "OTHER"': "names an environment variable whose value must be an address",
    '[[webhook]]\nurl = "https://a.example/1"\n[[webhook]]\nurl = "https://a.example/2"': "name: 'a.example' is taken",
    '[[webhook]]\nurl = "https://a.example/1"\nhost = "a"': "webhook 1: host: unknown key, it belongs under [mail]",
    '[mial]\nto = "x"': "mial: unknown key, did you mean 'mail'?",
    "[mail]": "mail.host: missing, it is needed",
    '[mail]\nto = "me@example.com"': "mail.to: 'me@example.com' must be a list",
    '[mail]\nto = ["me at example"]': "must be a mail address such as me@example.com",
    '[mail]\nsecurity = "ssl"': "mail.security: 'ssl' must be 'starttls', 'tls' or 'none'",
    '[mail]\nto = ["a@b"]\nfrom = "a@b"\nhost = "h"\npassword = "x"': "mail.user: missing, a password is of a user",
    '[mail]\nto = ["a@b"]\nfrom = "a@b"\nhost = "h"\nuser = "x"': "mail.password: missing, give it or password_env",
    '[mail]\nto = ["a@b"]\nfrom = "a@b"\nhost = "h"\nuser = "x"\npassword = "x"\nsecurity = "none"': "readable for all",
    "": "names no channel: write [[webhook]] or [mail]",
    "[mail": "is no TOML",
}  # fmt: skip


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_named_with_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("HOOK", "https://hooks.example/secret")
    monkeypatch.setenv("OTHER", "hooks.example")
    channels, fault = load(write(tmp_path, text))
    assert isinstance(fault, NoticesError)
    assert FAULTS[text] in str(fault)
    assert len(channels) <= 1  # those that have none are used all the same


# ---- webhooks ----------------------------------------------------------------------------------------------
def posted(url: str, seconds: float = 10) -> Delivery:
    return send([(Webhook("hook", url), MESSAGE)], seconds)["hook"]


def test_a_message_is_posted_as_json(site: Site) -> None:
    site.pages["/hook"] = Answer("ok")
    assert posted(f"{site.url}/hook?key=1") == Delivery(True)
    (asked,) = site.asked
    assert (asked.method, asked.headers["content-type"]) == ("POST", "application/json")
    assert json.loads(asked.sent)["text"] == f"{MESSAGE.subject}\n\n{MESSAGE.text}"


ANSWERS = {
    404: (Answer("no_service\n", 404), "answers 404 Not Found (no_service)"),
    500: (Answer("", 500), "answers 500 Internal Server Error"),
    307: (
        Answer("", 307, {"Location": "/other"}),
        "answers 307 Temporary Redirect (a redirect: put the address",
    ),
    302: (Answer("", 302, {"Location": "/other"}), "answers 302 Found (a redirect: put the address"),
}


@pytest.mark.parametrize("status", ANSWERS)
def test_an_answer_that_is_no_yes_is_told_in_a_line(site: Site, status: int) -> None:
    site.pages["/hook"], words = ANSWERS[status]
    answer = posted(f"{site.url}/hook")
    assert not answer.delivered
    assert (answer.fault or "").startswith(words)
    assert site.paths() == ["/hook"]


def test_a_server_that_does_not_answer_is_given_up_in_time(site: Site) -> None:
    site.pages["/hook"] = Answer(seconds=3600)
    assert posted(f"{site.url}/hook", 0.3).fault == "takes longer than 0 seconds"


def test_a_server_that_is_not_there_or_speaks_otherwise_is_told(site: Site) -> None:
    assert "Connection refused" in (posted(f"http://127.0.0.1:{closed_port()}/").fault or "")
    assert "can't be reached ([SSL" in (posted(f"https://127.0.0.1:{site.server.server_port}/").fault or "")
    assert posted("https://no-such-host.invalid/").fault == "there is no such host"


@pytest.mark.parametrize("trusted", [True, False])
def test_a_webhook_over_tls_needs_a_certificate_that_is_trusted(authority: trustme.CA, trusted: bool) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (authority if trusted else trustme.CA()).issue_cert("127.0.0.1").configure_cert(context)
    site = Site()
    site.pages["/hook"] = Answer("ok")
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    with served(site):
        answer = posted(f"https://127.0.0.1:{site.server.server_port}/hook")
    assert answer.delivered is trusted
    assert trusted or (answer.fault or "").startswith("its certificate can't be trusted")


def test_a_channel_that_hangs_costs_the_others_nothing(site: Site) -> None:
    site.pages |= {"/slow": Answer(seconds=3600), "/quick": Answer("ok")}
    channels = [Webhook(name, f"{site.url}/{name}") for name in ("slow", "quick")]
    answers = send([(channel, MESSAGE) for channel in channels], 2)
    assert {name: answer.delivered for name, answer in answers.items()} == {"slow": False, "quick": True}


# ---- mail --------------------------------------------------------------------------------------------------
def mailed(post: Post, **how: Any) -> Delivery:
    mail = Mail(("me@example.com", "you@example.com"), "spider@example.com", "127.0.0.1", post.port, "none")
    return send([(replace(mail, **how), MESSAGE)], 10)["mail"]


def test_an_email_says_what_happened_and_that_no_person_wrote_it(post: Post) -> None:
    assert mailed(post) == Delivery(True)
    (made,) = post.messages
    assert post.taken == [["me@example.com", "you@example.com"]]
    assert (made["Subject"], made["From"]) == (MESSAGE.subject, "spider@example.com")
    assert made["Auto-Submitted"] == "auto-generated"
    assert made["Message-ID"].endswith("@example.com>")
    assert parsedate_to_datetime(made["Date"]).tzinfo
    assert made.get_content().splitlines() == MESSAGE.text.splitlines()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_over_tls_with_a_login(authority: trustme.CA, security: str) -> None:
    with post_office(security, authority) as post:
        assert mailed(post, security=security, user=USER, password=PASSWORD) == Delivery(True)
        assert post.messages
        fault = mailed(post, security=security, user=USER, password="another").fault
        assert fault == "answers 535 5.7.8 Authentication credentials invalid"


def test_a_certificate_of_nobody_is_not_trusted() -> None:
    with post_office("starttls", trustme.CA()) as post:
        answer = mailed(post, security="starttls", user=USER, password=PASSWORD)
    assert "its certificate can't be trusted" in (answer.fault or "")


def test_no_password_goes_to_a_server_without_tls(post: Post) -> None:
    answer = mailed(post, security="starttls", user=USER, password=PASSWORD)
    assert answer == Delivery(False, "STARTTLS extension not supported by server.")


def test_of_two_people_one_that_is_refused_is_told_of(post: Post) -> None:
    post.refuses = ("you@example.com",)
    answer = mailed(post)
    words = "refuses you@example.com (550 5.1.1 There is no such person); the others get it"
    assert answer == Delivery(True, words)
    assert post.taken == [["me@example.com"]]
    post.refuses = ("me@example.com", "you@example.com")
    assert not mailed(post).delivered


def test_a_mail_that_was_taken_is_delivered_however_the_server_parts(post: Post) -> None:
    post.farewell = "421 4.3.2 No time"
    assert mailed(post) == Delivery(True)


# ---- words -------------------------------------------------------------------------------------------------
def test_a_message_names_source_reason_page_and_where_to_see_more(tmp_path: Path) -> None:
    well = replace(RED, source="other", kind="well", reasons=(), page=None)
    message = of_notices([RED, well], tmp_path)
    assert message.subject == "newsspider: daily is red, other is well again"
    for words in ("since 2026-11-24 02:30 UTC", "articles 0, expected at least 10", "https://daily.example/a",
                  f"newsspider runs 12 --data {tmp_path}"):  # fmt: skip
        assert words in message.text
    assert [source["state"] for source in message.data["sources"]] == ["red", "well"]


def test_many_sources_are_counted_in_the_subject_and_all_in_the_text(tmp_path: Path) -> None:
    some = [replace(RED, source=f"daily{n}") for n in range(50)]
    message = of_notices(some, tmp_path)
    assert message.subject == "newsspider: 50 sources are red"
    assert message.text.count("expected at least 10") == 50
    made = json.loads(for_webhook(message, text_only=False))
    assert (len(made["content"]), len(made["sources"])) == (2000, 50)
    assert len(made["text"]) <= 10_000


def test_what_a_page_says_calls_nobody_in_a_chat(tmp_path: Path) -> None:
    made = json.loads(for_webhook(of_notices([RED], tmp_path), text_only=False))
    assert "<" not in made["text"] + made["content"]
    assert made["allowed_mentions"] == {"parse": []}
    assert made["sources"][0]["name"] == "Daily <!channel>"


def test_a_service_that_takes_no_other_key_gets_the_text_alone(tmp_path: Path) -> None:
    assert list(json.loads(for_webhook(of_notices([RED], tmp_path), text_only=True))) == ["text"]


def test_a_message_keeps_the_lines_of_what_went_wrong(tmp_path: Path) -> None:
    made = of_notices((), tmp_path, "sources:\n  a.toml: no home\n  b.toml: delai\x1b")
    assert "The nightly run failed: sources:\n  a.toml: no home\n  b.toml: delai \n" in made.text


def test_well_again_tells_of_the_red_nights_that_could_not_be_told(tmp_path: Path) -> None:
    made = of_notices([replace(RED, kind="well", untold=True)], tmp_path)
    assert (
        "was red since 2026-11-24 02:30 UTC, is well again\n    articles 0, expected at least 10" in made.text
    )
