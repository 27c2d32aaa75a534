"""``newsspider check``: is an archive whole? Its database (``store.check``) and its WARC files, in words, and mended
where that loses nothing.

In comes the folder of an archive, out go findings. Checking alone only reads: a crawl may be writing, and what it
writes meanwhile is not called wrong. A repair holds the archive, and looks again at what it found.
"""
