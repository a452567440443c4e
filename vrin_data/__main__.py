"""`python -m vrin_data`: everything the screens do to data, for terminals, scripts and schedulers."""

import sys

from vrin_data.cli.commands import main

if __name__ == "__main__":
    sys.exit(main())
