"""The version of the splitter: raised whenever the same page may come out otherwise."""

SPLIT_VERSION = "5"
