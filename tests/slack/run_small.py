"""`python -m srmbot …` with the small folder as the built-in one, and with the TIMEOUTS that it is given."""

import os
import sys
from pathlib import Path

from srmbot.cli import main
from srmbot.knowledge import load
from srmbot.slack.serve import socket, socket_mode

load.built_in = lambda: Path(__file__).parents[1] / "small_knowledge"
if given := os.environ.get("TIMEOUTS"):
    timeouts = socket_mode.Timeouts(*map(float, given.split()))
    socket.Timeouts = lambda: timeouts
sys.exit(main())
