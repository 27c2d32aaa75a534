"""Notices: whoever set up the nightly crawl is told when a source's state changes, by webhook and by e-mail.

In come the channels that ``DIR/notices.toml`` names and the states that a crawl wrote; out go messages, and words on those
that could not be delivered. Nothing here stops a crawl, or holds it up for longer than ``sending.SECONDS``.
"""
