"""What changed in an article: its former states, and the words that went and came from one to the next.

In come an article's row and its revisions, or two texts; out go pieces of text that were kept, went or came. Pure: it
reads no database. It must not know of HTML or of terminals: who shows the pieces, draws them.
"""
