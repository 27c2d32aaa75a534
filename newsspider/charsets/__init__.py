"""Bytes of a page to text: what its encoding is, by its declarations or by the bytes themselves.

In come bytes and a Content-Type, out go the text and the encoding's name. It must not know of markup beyond the
declarations at a page's head.
"""
