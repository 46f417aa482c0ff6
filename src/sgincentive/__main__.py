"""``python -m sgincentive``: the same as the command ``sgincentive``."""

from sgincentive.cli.main import run

run()
