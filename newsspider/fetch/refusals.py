"""Why a request did not lead to a page: one word for each, as the reports count them."""

from __future__ import annotations

from datetime import datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from newsspider.records import Outcome


class Refused(IgnoreRequest):
    """Raised by our middlewares for a request that is not to be made; ``reason`` is the word that is counted."""

    def __init__(
        self, reason: str, outcome: Outcome = Outcome.REFUSED, until: datetime | None = None
    ) -> None:
        self.reason = reason
        self.outcome = outcome
        self.until = until  # not to be asked again before then
        super().__init__(reason)


_REASONS: tuple[tuple[type[BaseException], Outcome, str], ...] = (
    (
        DownloadCancelledError,
        Outcome.REFUSED,
        "too_large",
    ),  # the one cause for which Scrapy cancels a download
    (UnsupportedURLSchemeError, Outcome.REFUSED, "scheme"),
    (DownloadTimeoutError, Outcome.FAILED, "timeout"),
    (CannotResolveHostError, Outcome.FAILED, "unknown_host"),
    (DownloadConnectionRefusedError, Outcome.FAILED, "connection_refused"),
    (ResponseDataLossError, Outcome.FAILED, "cut_off"),
    (DownloadFailedError, Outcome.FAILED, "connection_failed"),
    (OSError, Outcome.FAILED, "connection_failed"),
)


def explain(error: BaseException | None) -> tuple[Outcome, str]:
    """The outcome and the reason that a failed request is counted under."""
    if isinstance(error, Refused):
        return error.outcome, error.reason
    if isinstance(error, IgnoreRequest):
        return Outcome.REFUSED, "robots" if "robots.txt" in str(error) else "too_many_redirects"
    for kind, outcome, reason in _REASONS:
        if isinstance(error, kind):
            return outcome, reason
    return Outcome.FAILED, type(error).__name__
