"""The channels that notices go through, as ``DIR/notices.toml`` names them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newsspider import tomlfile
from newsspider.errors import NoticesError

FILE = "notices.toml"
_PORTS = {"starttls": 587, "tls": 465, "none": 25}  # RFC 6409, RFC 8314, RFC 5321


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that messages are posted to as JSON. ``name`` stands for it: the address itself is a secret."""

    name: str
    url: str
    text_only: bool = False  # of the JSON object the key text alone


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server that takes messages for people."""

    to: tuple[str, ...]
    sender: str
    host: str
    port: int
    security: str  # starttls, tls or none
    user: str | None = None
    password: str | None = None
    name: str = "mail"


Channel = Webhook | Mail


def load(folder: Path) -> tuple[tuple[Channel, ...], NoticesError | None]:
    """The channels of a data folder that are described without a fault, and what is wrong with its file. Neither, where
    there is no such file.
    """
    path = folder / FILE
    if not path.exists():
        return (), None
    try:
        data = tomlfile.read(path)
    except ValueError as error:
        return (), NoticesError(str(path), (str(error),))
    reader = tomlfile.Reader(_hint)
    top = reader.table(data, "", {"webhook": tomlfile.anything, "mail": tomlfile.anything})
    channels: list[Channel] = list(_webhooks(top.get("webhook", []), reader))
    if "mail" in top and (mail := _mail(top["mail"], reader)):
        channels.append(mail)
    if not top and not reader.faults:
        reader.faults.append("names no channel: write [[webhook]] or [mail]")
    return tuple(channels), NoticesError(str(path), tuple(reader.faults)) if reader.faults else None


def _hint(key: str) -> str | None:
    """Where a key belongs that is unknown in its table."""
    if key in _WEBHOOK:
        return "it belongs under [[webhook]]"
    return "it belongs under [mail]" if key in _MAIL else None


def _webhooks(data: Any, reader: tomlfile.Reader) -> Iterator[Webhook]:
    if not isinstance(data, list):
        reader.faults.append("webhook: must be written [[webhook]], one table for each")
        return
    taken = {"mail"}
    for number, table in enumerate(data, 1):
        where, before = f"webhook {number}: ", len(reader.faults)
        values = reader.table(table, where, _WEBHOOK)
        url = _one_of("url", values, reader, where, before)
        name = values.get("name") or urlsplit(url or "").hostname or ""
        if name in taken and len(reader.faults) == before:
            reader.faults.append(f"{where}name: {name!r} is taken, give it another: name = '..'")
        taken.add(name)
        if url and len(reader.faults) == before:
            yield Webhook(name, url, values.get("text_only", False))


def _mail(data: Any, reader: tomlfile.Reader) -> Mail | None:
    before = len(reader.faults)
    values = reader.table(data, "mail.", _MAIL)
    if len(reader.faults) == before:
        missing = [key for key in ("to", "from", "host") if key not in values]
        reader.faults += [f"mail.{key}: missing, it is needed" for key in missing]
    password = None
    if "user" in values:
        password = _one_of("password", values, reader, "mail.", before)
    elif {"password", "password_env"} & values.keys():
        reader.faults.append("mail.user: missing, a password is of a user")
    security = values.get("security", "starttls")
    if password and security == "none" and not _is_here(values.get("host", "")):
        reader.faults.append(
            "mail.security: 'none' sends the password readable for all, take starttls or tls"
        )
    if len(reader.faults) > before:
        return None
    port = values.get("port", _PORTS[security])
    return Mail(values["to"], values["from"], values["host"], port, security, values.get("user"), password)


def _one_of(key: str, values: dict[str, Any], reader: tomlfile.Reader, where: str, before: int) -> str | None:
    """The value of a key, or of the environment variable that ``KEY_env`` names."""
    given = [name for name in (key, f"{key}_env") if name in values]
    if len(given) == 1:
        return str(values[given[0]])
    if len(reader.faults) == before:
        found = "missing, give it or" if not given else "is given twice, here and in"
        reader.faults.append(f"{where}{key}: {found} {key}_env = 'NAME' of an environment variable")
    return None


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


# ---- what a value must be ----------------------------------------------------------------------------------
def _hook(value: Any) -> str:
    url = tomlfile.address(value)
    if "@" in urlsplit(url).netloc:
        raise ValueError("must hold no user name and password")
    return url


def _of_environment(check: tomlfile.Check) -> tomlfile.Check:
    def read(value: Any) -> Any:
        found = os.environ.get(tomlfile.text(value), "").strip()
        if not found:
            raise ValueError("names an environment variable that is not set")
        try:
            return check(found)
        except ValueError as error:
            raise ValueError(f"names an environment variable whose value {error}") from None

    return read


def _mailbox(value: Any) -> str:
    text = tomlfile.text(value)
    if not re.fullmatch(r"[^\s@<>()\",;:\\]+@[^\s@<>()\",;:\\]+", text):
        raise ValueError("must be a mail address such as me@example.com")
    return text


def _mailboxes(value: Any) -> tuple[str, ...]:
    found: tuple[str, ...] = tomlfile.list_of(_mailbox)(value)
    if not found:
        raise ValueError("must name a mail address")
    return found


def _host(value: Any) -> str:
    text = tomlfile.text(value)
    if not re.fullmatch(r"[\w.-]+|[\da-fA-F:.]+", text):
        raise ValueError("must be the name of a host such as 'smtp.example.com', the port stands in port")
    return text


def _security(value: Any) -> str:
    if value not in _PORTS:
        raise ValueError("must be 'starttls', 'tls' or 'none'")
    return str(value)


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


_WEBHOOK: dict[str, tomlfile.Check] = {
    "name": tomlfile.text,
    "url": _hook,
    "url_env": _of_environment(_hook),
    "text_only": _truth,
}
_MAIL: dict[str, tomlfile.Check] = {
    "to": _mailboxes,
    "from": _mailbox,
    "host": _host,
    "port": tomlfile.number(1, 65535, whole=True),
    "user": tomlfile.text,
    "password": tomlfile.text,
    "password_env": _of_environment(tomlfile.text),
    "security": _security,
}
