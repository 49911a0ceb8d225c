"""`python -m complaints.report` prints the report of the last 30 days, or `--from` a day `--to` another."""

import argparse
import sys

from sqlalchemy.exc import OperationalError, ProgrammingError

from complaints.casebook import open_casebook
from complaints.clock import open_clock
from complaints.errors import AmendsError
from complaints.report import Period
from complaints.report.in_words import in_words
from complaints.settings import Settings


def main(arguments: list[str]) -> int:
    """Prints it; 1 when it cannot be made, with the reason."""
    parser = argparse.ArgumentParser(prog="python -m complaints.report", description=__doc__)
    parser.add_argument("--from", dest="first", default="", help="its first day, as 2026-11-01")
    parser.add_argument("--to", dest="last", default="", help="its last day; today when left out")
    asked = parser.parse_args(arguments)
    settings = Settings()
    try:
        casebook = open_casebook(settings, open_clock(settings.clock_file))
        now = casebook.clock.now()
        period = Period.read(asked.first, asked.last, casebook.policy.calendar, now)
        print(in_words(casebook.report(period)))
    except AmendsError as refused:
        print(refused, file=sys.stderr)
        return 1
    except (OperationalError, ProgrammingError) as trouble:
        print(
            f"The books of this house cannot be read ({trouble.orig}). "
            "`make run` makes them, and brings old ones up to date.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
