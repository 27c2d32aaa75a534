"""An archived page, made fit to be shown: it runs nothing, and nothing of it asks anything of the live site.

What does that is the policy that it is sent with. What a policy can't forbid is taken out of the text: Chromium opens
connections for ``<link rel=preconnect>``, and for a link that is clicked, before it asks any policy. All else stays as it
was sent, but for its encoding and the size of drawings.
"""

from __future__ import annotations

import re

from newsspider.browse.captured import Sent
from newsspider.charsets.decode import decode

_POLICY = (
    "sandbox",  # no scripts, forms, pop-ups, downloads, no way out of the frame, no refresh
    "default-src 'none'",
    "img-src data:",
    "media-src data:",
    "font-src data:",
    "style-src 'unsafe-inline'",
    "form-action 'none'",
    "frame-ancestors 'self'",
)
HEADERS = {
    "Content-Security-Policy": "; ".join(_POLICY),
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
# Elements that mean nothing to a browser and stand where the others do; a frame's ``srcdoc`` would be a page of its own, a
# frame of a frameset opens a connection, and an animation of a drawing gives a link its address again.
_HARMLESS = {"link": "basefont", "frame": "basefont", "iframe": "template"}
_HARMLESS |= dict.fromkeys(("set", "animate"), "desc")
_HARMFUL = re.compile(rf"<(/?)({'|'.join(_HARMLESS)})(?=[\s/>])", re.IGNORECASE)
# The attribute of links, but not where its value is a place of the same page; not in addresses (``?href=``). Wherever
# markup could hold the attribute it is found: all that may stand before the name of one is looked for, not a whole tag.
_LEADS_OUT = re.compile(r"""(?<![\w?&;:.-])(?:xlink:)?href(?=\s*=(?!\s*["']?#))""", re.IGNORECASE)

# Drawings without their style sheet fill the page. In a layer: whatever the page itself says of them holds.
_DRAWINGS = "<style>@layer newsspider { svg { max-width: 12rem; max-height: 6rem; } }</style>"


def harmless(sent: Sent) -> tuple[str, str]:
    """A page that was sent as HTML or as text, and the Content-Type to send it with. Its links lead nowhere, and say
    where they led.
    """
    text, _ = decode(sent.payload, sent.content_type)
    if sent.form != "html":
        return text, "text/plain; charset=utf-8"
    text = _HARMFUL.sub(lambda match: f"<{match[1]}{_HARMLESS[match[2].lower()]}", text)
    return _LEADS_OUT.sub('href="#" title', text) + _DRAWINGS, "text/html; charset=utf-8"
