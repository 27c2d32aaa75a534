"""Where a site's pages turned into others: a layout's selector or a field that was found stopped being found.

Pages of the archive are read again as the source's file says today, some of each of some crawls; between the last that
were well and the first that were not lies the turn. What comes out is shown side by side, with the lines that the source's
file needs.
"""
