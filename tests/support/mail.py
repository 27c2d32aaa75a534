"""A mail server on loopback that notes what it was handed, with the security that a test wants."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Thread
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "newsspider", "an invented secret"


class Post:
    """Takes mail for all but ``refuses``; noted are the messages, and for whom they were taken."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.taken: list[list[str]] = []
        self.refuses: tuple[str, ...] = ()
        self.farewell = "221 Bye"
        self.port = 0

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return "550 5.1.1 There is no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.farewell

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        made: Any = message_from_bytes(bytes(envelope.content or b""), policy=default)
        self.messages.append(made)
        self.taken.append(list(envelope.rcpt_tos))
        return "250 OK"


@contextmanager
def post_office(security: str = "none", authority: trustme.CA | None = None) -> Iterator[Post]:
    """A mail server on 127.0.0.1. With ``starttls`` or ``tls`` it has a certificate of the authority and wants a login."""
    post = Post()
    context = None
    if authority:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
    wants: dict[str, Any] = {"authenticator": _login, "auth_required": True} if context else {}
    if security == "starttls":
        wants |= {"tls_context": context, "require_starttls": True}
    if security == "tls":
        wants["auth_require_tls"] = False  # it does not see that the connection has it
    loop = asyncio.new_event_loop()
    over = {"ssl": context} if security == "tls" else {}
    made = loop.create_server(
        lambda: SMTP(post, hostname="127.0.0.1", loop=loop, **wants), "127.0.0.1", 0, **over
    )
    server = loop.run_until_complete(made)
    post.port = server.sockets[0].getsockname()[1]
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield post
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.close()


def _login(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    given = (data.login, data.password) if isinstance(data, LoginPassword) else None
    return AuthResult(success=given == (USER.encode(), PASSWORD.encode()), handled=False)
