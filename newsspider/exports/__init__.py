"""Rows of an archive for other programs: CSV, JSON Lines, Parquet and plain text.

In comes an archive's database, and which rows are wanted; out go their columns, with what they mean, and the bytes of a
file, piece by piece. It must not know where these go, be it a file or a browser.
"""
