"""The Scrapy project's settings; all else is set by the add-on (``newsspider.fetch.addon``), below what
stands here.
"""

import os

BOT_NAME = "newsspider"
SPIDER_MODULES = ["newsspider.spiders"]
NEWSPIDER_MODULE = "newsspider.spiders"
SPIDER_LOADER_CLASS = "newsspider.spiders.loader.SourceSpiderLoader"
ADDONS = {"newsspider.fetch.addon.NewsspiderAddon": 0}

NEWSSPIDER_DATA = os.environ.get("NEWSSPIDER_DATA", "data")  # the folder of sources and archive
