"""Which addresses may be asked."""

import pytest
from scrapy import Request

from newsspider.fetch.guard import AddressGuard
from newsspider.fetch.refusals import Refused

PRIVATE = (
    "http://127.0.0.1/",
    "http://10.1.2.3/x",
    "http://169.254.169.254/latest",
    "http://[::1]/",
    "http://localhost:8/",
)


def page(url: str, allow: object) -> Request:
    return Request(url, meta={"exchanges": [], "allow_private": allow})


@pytest.mark.parametrize("url", PRIVATE)
async def test_local_addresses_are_refused(url: str) -> None:
    with pytest.raises(Refused, match="private_address"):
        await AddressGuard(5, 2000).process_request(page(url, False))


@pytest.mark.parametrize("url", PRIVATE)
async def test_a_source_can_allow_them_all(url: str) -> None:
    await AddressGuard(5, 2000).process_request(page(url, True))


async def test_a_source_can_allow_single_hosts() -> None:
    guard = AddressGuard(5, 2000)
    await guard.process_request(page("http://127.0.0.1:8000/a", ("127.0.0.1:8000",)))
    with pytest.raises(Refused):
        await guard.process_request(page("http://127.0.0.1:9000/a", ("127.0.0.1:8000",)))


async def test_public_addresses_pass_and_overlong_ones_do_not() -> None:
    guard = AddressGuard(5, 100)
    await guard.process_request(page("http://93.184.216.34/story", False))
    with pytest.raises(Refused, match="long_url"):
        await guard.process_request(page("http://93.184.216.34/" + "x" * 200, False))
