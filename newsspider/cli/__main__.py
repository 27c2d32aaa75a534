"""``python -m newsspider.cli``."""

from newsspider.cli import main

main()
