"""Makes and closes the accounts of people who answer, in a terminal.

`python -m complaints.accounts add ines "Ines Duarte" lead` makes one; it asks for the password,
so that none stands in a shell's history.
"""

import argparse
import getpass
import sys

from complaints.clock import open_clock
from complaints.errors import AmendsError, NotFound
from complaints.people import People, Role
from complaints.settings import Settings
from complaints.store import Store


def main(arguments: list[str]) -> int:
    """Makes an account, or closes one; 1 when that is refused, with the reason."""
    parser = argparse.ArgumentParser(prog="python -m complaints.accounts", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="make an account; asks for the password")
    add.add_argument("sign_in")
    add.add_argument("name", help="as customers read it")
    add.add_argument("role", nargs="?", choices=list(Role), default=Role.AGENT)
    leave = verbs.add_parser("leave", help="close an account")
    leave.add_argument("sign_in")
    sign_out = verbs.add_parser("sign-out", help="end every session somebody has, at once")
    sign_out.add_argument("sign_in")
    asked = parser.parse_args(arguments)
    settings = Settings()
    people = People(Store(settings.database_url), open_clock(settings.clock_file))
    try:
        if asked.verb == "leave":
            people.leave(asked.sign_in)
        elif asked.verb == "sign-out":
            people.end_sessions(asked.sign_in, "command")
        else:
            # From a pipe where there is no terminal to ask on.
            password = (
                getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
            )
            people.add(asked.sign_in, asked.name, password, Role(asked.role))
    except (AmendsError, NotFound) as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
