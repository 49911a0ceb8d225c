"""Why something was not sent, as far as it changes what is done next."""

from datetime import timedelta

from complaints.errors import AmendsError


class Undeliverable(AmendsError):
    """It will never be sent as it stands; a person must look."""


class Later(AmendsError):
    """Not now; `after` is how long to wait at least."""

    def __init__(self, why: str, after: timedelta = timedelta(0)) -> None:
        super().__init__(why)
        self.after = after


class Away(Later):
    """Nobody there can be asked just now; what else waits for the same door need not try."""
