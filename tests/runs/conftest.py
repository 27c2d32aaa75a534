"""What tests of runs share: a mail server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from mail import Post, post_office


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server without security."""
    with post_office() as post:
        yield post
