"""The sitemaps that a robots.txt names."""

from __future__ import annotations

import re

from newsspider.addresses import absolute, canonical

_LINE = re.compile(r"^[ \t\ufeff]*site-?map[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_MOST = 500  # sitemaps; a site that has more puts them into an index


def robots_sitemaps(text: str, url: str) -> list[str]:
    """Addresses of the sitemaps in a robots.txt, in its order, each once; ``url`` is the file's own.

    The rule is of sitemaps.org; it stands outside the groups of RFC 9309 and counts wherever it is written.
    """
    found = (absolute(url, match[1]) for match in _LINE.finditer(text.replace("\r", "\n")))
    return list(dict.fromkeys(canonical(address) for address in found if address))[:_MOST]
