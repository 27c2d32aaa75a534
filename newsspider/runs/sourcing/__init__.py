"""What a site offers, looked at before a crawl: the few requests behind ``newsspider sources``.

An address or a source comes in; a ``Look`` (ways to articles, a few of them tried) goes out, and from it come the
source's file, tables and remarks. Nothing is stored here but that file.
"""
