"""Messages on their way: posted to webhooks, handed to a mail server; all at once, and no longer than a set time."""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from http.client import HTTPException
from threading import Thread
from urllib.error import HTTPError
from urllib.request import Request, build_opener

from w3lib.url import safe_url_string

from newsspider import clock
from newsspider.fetch.addon import user_agent
from newsspider.runs.notices.channels import FILE, Channel, Mail, Webhook
from newsspider.runs.notices.words import Message, for_webhook
from newsspider.runs.tables import plain
from newsspider.runs.visit import NoRedirects, why

SECONDS = 30.0  # the longest that all channels together may take
_SAID = 120  # characters of what a server says


@dataclass(frozen=True, slots=True)
class Delivery:
    """Whether a message was taken; ``fault`` says why not, or (it was taken) who of several does not get it."""

    delivered: bool
    fault: str | None = None


def send(messages: Sequence[tuple[Channel, Message]], seconds: float = SECONDS) -> dict[str, Delivery]:
    """Send through each channel its message; by the channels' names what became of it. Never raises for a channel."""
    late = Delivery(False, f"takes longer than {seconds:.0f} seconds")
    found = {channel.name: late for channel, _ in messages}
    answers: dict[str, Delivery] = {}

    def run(channel: Channel, message: Message) -> None:
        answers[channel.name] = _deliver(channel, message, seconds)

    threads = [Thread(target=run, args=pair, daemon=True) for pair in messages]
    end = time.monotonic() + seconds
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    return found | dict(answers)


def _deliver(channel: Channel, message: Message, seconds: float) -> Delivery:
    try:
        if isinstance(channel, Webhook):
            return _post(channel, message, seconds)
        return _mail(channel, message, seconds)
    except smtplib.SMTPException as error:
        return Delivery(False, _of_smtp(error))
    except (HTTPException, OSError, ValueError) as error:
        return Delivery(False, why(error, seconds))


def _post(webhook: Webhook, message: Message, seconds: float) -> Delivery:
    """A redirect is no delivery: a client would follow most of them without the message."""
    headers = {"Content-Type": "application/json", "User-Agent": user_agent()}
    request = Request(safe_url_string(webhook.url), for_webhook(message, webhook.text_only), headers)
    try:
        with build_opener(NoRedirects).open(request, timeout=seconds):
            return Delivery(True)
    except HTTPError as error:
        with error:
            said = _clean(error.read(4 * _SAID))
        if error.headers.get("Location"):
            said = f"a redirect: put the address that it leads to into {FILE}"
        return Delivery(
            False, f"answers {error.code} {error.reason}".rstrip() + (f" ({said})" if said else "")
        )


def _mail(mail: Mail, message: Message, seconds: float) -> Delivery:
    context = ssl.create_default_context()
    # Without a name smtplib asks the DNS for one, which can take longer than all the rest.
    name = socket.gethostname() if "." in socket.gethostname() else "[127.0.0.1]"
    server: smtplib.SMTP
    if mail.security == "tls":
        server = smtplib.SMTP_SSL(mail.host, mail.port, name, timeout=seconds, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, name, timeout=seconds)
    with closing(server):
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user and mail.password:
            server.login(mail.user, mail.password)
        refused = server.send_message(written(mail, message), mail.sender, mail.to)
        with suppress(smtplib.SMTPException, OSError):  # it is taken, however they part
            server.quit()
    return Delivery(True, f"refuses {_refused(refused)}; the others get it" if refused else None)


def written(mail: Mail, message: Message) -> EmailMessage:
    """The e-mail: plain text in UTF-8, marked as no person's (RFC 3834), so that nothing answers it."""
    made = EmailMessage(policy=SMTP)
    made["From"] = mail.sender
    made["To"] = ", ".join(mail.to)
    made["Subject"] = message.subject
    made["Date"] = format_datetime(clock.now())
    made["Message-ID"] = make_msgid("newsspider", mail.sender.rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(message.text, cte="quoted-printable")
    return made


def _of_smtp(error: smtplib.SMTPException) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"refuses {_refused(error.recipients)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"answers {error.smtp_code} {_clean(error.smtp_error)}".rstrip()
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return f"hung up ({_clean(str(error))})"
    return _clean(str(error))


def _refused(recipients: dict[str, tuple[int, bytes]]) -> str:
    """Who was refused, with the server's words."""
    return ", ".join(f"{name} ({code} {_clean(said)})" for name, (code, said) in recipients.items())


def _clean(said: bytes | str | Iterable[int]) -> str:
    """A server's words in one line."""
    text = said if isinstance(said, str) else bytes(said).decode("utf-8", "replace")
    return " ".join(plain(text).split())[:_SAID]
