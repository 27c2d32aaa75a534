"""Addresses made canonical, in this one place: which two mean the same page, which pages are of one site.

Everything here takes addresses as pages wrote them and never raises. These functions run on every link of
every page, so what most addresses look like is told by one pattern, and only the others are taken apart.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract

# Parameters that say where a reader came from and never which page is meant, by the documentation of those
# who made them: campaigns of Google Analytics and Ads (utm_*, gclid ..), Matomo (mtm_*, pk_*), Piano (at_*,
# xtor), Adobe (s_cid), Webtrekk (wt_mc), Comscore (ns_*), Baidu Tongji (hm*); clicks of Microsoft, Meta, X,
# TikTok, Pinterest, Yandex, LinkedIn; recipients of Mailchimp, HubSpot, Marketo, Omeda, Vero; where Yahoo's
# consent page sent the reader from.
_TRACKING = (
    r"utm_\w+|mtm_\w+|pk_(?:campaign|kwd|keyword|source|medium|content|cid)|itm_(?:campaign|medium|source|content|term)"
    r"|gclid|gclsrc|dclid|gbraid|wbraid|gad_source|gad_campaignid|srsltid|_ga|_gl|xtor|s_cid|cmpid|wt_z?mc"
    r"|at_(?:campaign|medium|custom\d+|link\w*|ptr\w*|format|creation|variant|bbc_team)"
    r"|ns_(?:campaign|mchannel|source|linkname|fee)|hm(?:sr|pl|cu|kw|ci)|msclkid|fbclid|fb_(?:action_\w+|source|ref)"
    r"|igshid|igsh|mibextid|twclid|__twitter_impression|ttclid|epik|yclid|ysclid|_openstat|li_fat_id|mc_[ce]id"
    r"|_hsenc|_hsmi|__hs\w+|hsctatracking|mkt_tok|oly_(?:anon|enc)_id|vero_(?:id|conv)|guccounter|guce_referrer(?:_sig)?"
)
# Session identifiers under the names that Java servlets, PHP and ASP give them: each visit has another one.
_SESSION = r"jsessionid|phpsessid|aspsessionid\w*"
_DROPPED = re.compile(f"{_TRACKING}|{_SESSION}", re.IGNORECASE)
# The same page for phones and printers: AMP (amp.dev, and the systems that make it), Arc, Joomla, TYPO3, Blogger's m=1.
_VARIANT = re.compile(
    r"amp(?:=(?:1|true)?)?|outputtype=amp|print(?:able|er|view|version)?=(?:1|y|yes|true)|view=print|tmpl=component|m=1",
    re.IGNORECASE,
)
_AMP_PATH = re.compile(r"(?<=[^/])(?:/amp)+/?$")  # behind the page's own path
# AMP caches hold copies under the page's address (amp.dev, "AMP Cache URL format"); s: over https.
_AMP_CACHE = re.compile(
    r"https?://(?:[\w-]+\.cdn\.ampproject\.org/[cv]|(?:www\.)?google\.[a-z.]{2,6}/amp)/(s/)?([^/?#]+\.[^?#]*)"
)
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)

_HOST = r"https?://((?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*)"
_PLAIN_START = re.compile(_HOST + r"(?=[/?#]|$)")  # a host name in lower case, without a port
_PLAIN_CANONICAL = re.compile(_HOST + r"/[!$&-:=@-~]*")  # canonical as it is: no query, escape, parameter
_PLAIN_ABSOLUTE = re.compile(_HOST + r"(?:[/?][!-\[\]-~]*)?")
_PLAIN_PATH = re.compile(r"/(?![/.])(?:[!-.0-\[\]-~]|/(?!\.))*")  # from the root, without dot segments

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b\ufeff]")
_UNSAFE = re.compile(r"[^!#-;=?-~]")  # blanks, quotation marks, angle brackets, all that is not ASCII
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = {
    "%2D": "-",
    "%2E": ".",
    "%5F": "_",
    "%7E": "~",
}  # the rest may complete an escape
_BAD_HOST = re.compile(r"[\x00-\x20\"#%/<>?@\\^`{|}\x7f]")
_PORTS = {"http": "80", "https": "443"}
_LONGEST = 8192  # characters: what is longer is data, no address


def canonical(url: str) -> str:
    """The same address as all its variants have it.

    Scheme and host in lower case (the host in ASCII), no user name, no default port, no fragment, no tracking parameters
    or session identifiers, no mark of a version for phones or printers, an empty path as ``/``, percent escapes written
    one way (RFC 3986 6.2.2). What might name another page stays: other parameters and their order, the path's case, a
    slash at its end, ``www.``. An address that can't be parsed comes back unchanged.
    """
    if len(url) > _LONGEST or (
        _PLAIN_CANONICAL.fullmatch(url) and "/amp" not in url and ".ampproject." not in url
    ):
        return url
    return _canonical(url)


@lru_cache(maxsize=16384)
def _canonical(url: str) -> str:
    cached = _AMP_CACHE.match(url.strip())
    if cached:
        return _canonical(f"http{'s' if cached[1] else ''}://{cached[2]}")
    try:
        parts = urlsplit(url.strip())
        host = _host(parts)
    except ValueError:
        return url
    if parts.scheme not in _PORTS or not host:
        return url
    path, query = _escaped(parts.path), _escaped(parts.query)
    if ";" in path:
        path = _SESSION_IN_PATH.sub("", path)
    path = _AMP_PATH.sub(lambda match: "/" if match[0].endswith("/") else "", path)
    if query and (_DROPPED.search(query) or _VARIANT.search(query)):
        query = "&".join(piece for piece in query.split("&") if piece and not _is_dropped(piece))
    return urlunsplit((parts.scheme, host, path or "/", query, ""))


def _is_dropped(piece: str) -> bool:
    """Whether a parameter of a query does not say which page is meant."""
    return bool(_DROPPED.fullmatch(piece.partition("=")[0]) or _VARIANT.fullmatch(piece))


def parts_of(url: str) -> SplitResult:
    """The parts of an address; all empty where it can't be parsed (``http://[x``)."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def _escaped(text: str) -> str:
    """With escapes, in capitals, for what can't stand in an address as it is; without needless ones."""
    if _UNSAFE.search(text):
        text = _UNSAFE.sub(lambda match: quote(match.group(), safe="", errors="replace"), text)
    return _ESCAPE.sub(_escape, text) if "%" in text else text


def _escape(match: re.Match[str]) -> str:
    escape = match.group().upper()
    return _UNRESERVED.get(escape, escape)


def _host(parts: SplitResult) -> str:
    """Host and port as they belong into a canonical address; ValueError where one of them is none."""
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        host = _ascii_host(host)
    if _BAD_HOST.search(host):
        raise ValueError(host)
    if ":" in host:
        host = f"[{host}]"
    port = str(parts.port) if parts.port is not None else ""
    return f"{host}:{port}" if port and port != _PORTS.get(parts.scheme) else host


@lru_cache(maxsize=1024)
def _ascii_host(host: str) -> str:
    """A host with other letters as browsers ask for it (Unicode UTS 46); ValueError where it can't be."""
    import idna  # loaded when the first such host comes

    return idna.encode(host, uts46=True).decode("ascii")  # its errors are ValueErrors


def site(url: str) -> str:
    """The registered domain of an address; ``host:port`` for IP addresses and localhost; "" for no address.

    By the Public Suffix List as it comes with tldextract (nothing is asked over the network), its part for
    hosting services included: two blogs of one service are two sites. Of a name under no known suffix the
    last two labels count, as the list's algorithm says.
    """
    plain = _PLAIN_START.match(url)
    if plain:
        return _site(plain[1], plain[1])
    try:
        parts = urlsplit(url)
        return _site((parts.hostname or "").rstrip("."), _host(parts))
    except ValueError:
        return ""


@lru_cache(maxsize=16384)
def _site(host: str, with_port: str) -> str:
    host = host if host.isascii() else _ascii_host(host)
    labels = host.split(".")
    if labels[-1] == "localhost" or _is_ip(host):
        return with_port
    return _domains()(host).top_domain_under_public_suffix or ".".join(labels[-2:])


def is_known_host(host: str) -> bool:
    """Whether a name can be that of a host: an IP address, or a name under a known public suffix or one that is reserved
    for tests and examples (RFC 6761).
    """
    last = host.lower().rpartition(".")[2]
    if last == "localhost" or ("." in host and last in ("test", "example")) or _is_ip(host):
        return True
    return bool(_domains()(host).top_domain_under_public_suffix)


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1)
def _domains() -> TLDExtract:
    from tldextract import TLDExtract  # a quarter of a second: not before the first site is asked for

    return TLDExtract(
        suffix_list_urls=(), cache_dir=None, fallback_to_snapshot=True, include_psl_private_domains=True
    )


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one registered domain."""
    first = site(one)
    return bool(first) and first == site(other)


def absolute(base: str | None, href: str) -> str | None:
    """The address that a link means on the page ``base``; None for what is no page (``mailto:``, ``#top``).

    Without a base only absolute links have an address. Control characters that crept in are taken out, blanks
    inside are escaped, backslashes of the path are slashes (WHATWG URL, 4.4).
    """
    if len(href) > _LONGEST:
        return None
    if _PLAIN_ABSOLUTE.fullmatch(href):
        return href
    if base and _PLAIN_PATH.fullmatch(href):
        root = _root(base)
        return root + href if root else None
    return _joined(base, _CONTROL.sub("", href).strip(" \u00a0"))


@lru_cache(maxsize=64)
def _root(base: str) -> str | None:
    """An address's scheme, host and port: what a path from the root is put behind."""
    joined = _joined(base, "/")
    return joined[:-1] if joined else None


def _joined(base: str | None, href: str) -> str | None:
    if not href or href[0] == "#":
        return None
    if "\\" in href:
        path, mark, rest = href.partition("?")
        href = path.replace("\\", "/") + mark + rest
    try:
        joined = urljoin(base, href) if base else href
        parts = urlsplit(joined)
        if parts.scheme not in _PORTS or not _host(parts):
            return None
    except ValueError:
        return None
    return joined.replace(" ", "%20")
