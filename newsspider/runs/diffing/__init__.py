"""``newsspider diff``: what changed in an article, for a terminal, as a page, or for machines.

In come an archive, an article's number or address, and maybe two moments; out goes a text. It must not know how texts are
compared.
"""
