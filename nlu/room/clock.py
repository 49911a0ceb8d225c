"""What day it is for the customer: the only place the room asks."""

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

SHOP_ZONE = ZoneInfo("Europe/London")


def today() -> date:
    """Today in London; AMENDS_TODAY (YYYY-MM-DD) holds it still for tests and rehearsals."""
    held = os.environ.get("AMENDS_TODAY", "").strip()
    return date.fromisoformat(held) if held else datetime.now(SHOP_ZONE).date()
