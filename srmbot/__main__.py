"""`python -m srmbot`: the command line."""

import sys

from srmbot.cli import main

sys.exit(main())
