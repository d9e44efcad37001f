"""`python -m srmbot …` with the small folder as the built-in one, and with PATIENCE as it is told."""

import os
import sys
from pathlib import Path

from srmbot.cli import main
from srmbot.knowledge import load
from srmbot.slack import connection, serve

load.built_in = lambda: Path(__file__).parents[1] / "small"
if given := os.environ.get("PATIENCE"):
    patience = connection.Patience(*map(float, given.split()))
    serve.Patience = lambda: patience
sys.exit(main())
