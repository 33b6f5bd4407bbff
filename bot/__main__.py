"""`python -m bot` is the same as `legpress`."""

import sys

from bot.cli import main

sys.exit(main())
