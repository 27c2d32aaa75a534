"""``newsspider export``: rows of an archive as CSV, JSON Lines, Parquet or plain text.

In come an archive, a choice of rows and a target; out goes a file that is whole or none. It must not know of SQL or of
pages.
"""
