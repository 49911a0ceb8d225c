"""The facts in a message, each in the one spelling everybody downstream expects.

Rules and libraries, nothing trained: a pattern that reads a postcode today reads it tomorrow.
"""

from room.clock import today
from room.details.choices import find_choices, find_quantities
from room.details.contact import find_emails, find_phones, find_postcodes, set_cards_aside
from room.details.dates import find_dates
from room.details.items import find_items
from room.details.money import find_money
from room.details.names import find_names
from room.details.orders import find_bare_order_numbers, find_case_references, find_order_numbers
from room.details.reading import Detail, Reading
from room.details.wishes import find_wishes
from room.message import LONGEST_READ

# The surest spellings come first: what they take, the guesses further down cannot take again.
_FINDERS = (
    find_emails,
    set_cards_aside,
    find_case_references,
    find_money,
    find_order_numbers,
    find_phones,
    find_postcodes,
    find_dates,
    find_bare_order_numbers,
    find_names,
    find_choices,
    find_quantities,
    find_wishes,
    find_items,
)


def details_of(text: str) -> list[Detail]:
    """Every detail in the first 2,000 characters of a message, in the order it was said."""
    reading = Reading(text[:LONGEST_READ], today())
    for find in _FINDERS:
        find(reading)
    return sorted(reading.details, key=lambda detail: (detail.start, detail.end))
