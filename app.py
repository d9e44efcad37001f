"""For the Slack CLI, which starts an app by its app.py: `slack run`."""

import sys

from srmbot.cli import main

if __name__ == "__main__":
    sys.exit(main(["serve", "--socket"]))
