"""Every way in which a request can fail has a word."""

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from newsspider.fetch.refusals import Refused, explain
from newsspider.records import Outcome


@pytest.mark.parametrize(
    ("error", "outcome", "reason"),
    [
        (Refused("private_address"), Outcome.REFUSED, "private_address"),
        (Refused("retry_after", Outcome.FAILED), Outcome.FAILED, "retry_after"),
        (IgnoreRequest("Forbidden by robots.txt"), Outcome.REFUSED, "robots"),
        (IgnoreRequest("max redirections reached"), Outcome.REFUSED, "too_many_redirects"),
        (DownloadCancelledError(), Outcome.REFUSED, "too_large"),
        (DownloadTimeoutError(), Outcome.FAILED, "timeout"),
        (CannotResolveHostError(), Outcome.FAILED, "unknown_host"),
        (DownloadConnectionRefusedError(), Outcome.FAILED, "connection_refused"),
        (ResponseDataLossError(), Outcome.FAILED, "cut_off"),
        (ValueError("what is this"), Outcome.FAILED, "ValueError"),
    ],
)
def test_an_error_becomes_an_outcome_and_a_reason(error: Exception, outcome: Outcome, reason: str) -> None:
    assert explain(error) == (outcome, reason)
