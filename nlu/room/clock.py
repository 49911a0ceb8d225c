"""What day it is for the customer: the only place the room asks."""

import os
from collections.abc import Mapping
from datetime import date
from typing import Any


def today(metadata: Mapping[str, Any] | None = None) -> date:
    """The day the front door says it is where the customer is (`today` of a message's metadata).

    Where nobody says, it is AMENDS_TODAY, which holds it still for tests and benchmarks, or the
    day of this machine. All of them are YYYY-MM-DD.
    """
    told = (metadata or {}).get("today") or os.environ.get("AMENDS_TODAY", "").strip()
    return date.fromisoformat(told) if told else date.today()
