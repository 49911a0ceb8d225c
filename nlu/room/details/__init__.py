"""The facts in a message, each in the one spelling everybody downstream expects.

Rules and libraries, nothing trained: a pattern that reads a postcode today reads it tomorrow.
"""

from datetime import date

from room.clock import today
from room.details.choices import find_choices, find_quantities
from room.details.contact import find_emails, find_postcodes, set_cards_aside
from room.details.dates import find_dates
from room.details.items import find_items
from room.details.money import find_money
from room.details.names import find_names
from room.details.orders import (
    find_bare_order_numbers,
    find_booking_codes,
    find_case_references,
    find_dictated_order_numbers,
    find_order_numbers,
)
from room.details.phones import find_phones
from room.details.prices import find_price_beside_date, find_prices, find_spelled_prices
from room.details.reading import Detail, Reading
from room.details.wishes import find_wishes
from room.message import LONGEST_READ

# The surest spellings come first: what they take, the guesses further down cannot take again.
# Beside each, the digits it cannot do without: half of all messages have none.
_FINDERS = (
    (find_emails, 0),
    (set_cards_aside, 13),
    (find_case_references, 4),
    (find_dictated_order_numbers, 0),
    (find_money, 0),
    (find_prices, 1),
    (find_spelled_prices, 0),
    (find_order_numbers, 3),
    (find_booking_codes, 0),
    (find_phones, 7),
    (find_postcodes, 2),
    (find_dates, 0),
    (find_price_beside_date, 3),
    (find_bare_order_numbers, 5),
    (find_names, 0),
    (find_choices, 0),
    (find_quantities, 0),
    (find_wishes, 0),
    (find_items, 0),
)


def details_of(text: str, day: date | None = None) -> list[Detail]:
    """Every detail in the first 2,000 characters of a message, in the order it was said.

    Dates are told from `day`; without one, from today.
    """
    reading = Reading(text[:LONGEST_READ], day or today())
    for find, fewest_digits in _FINDERS:
        if reading.digits >= fewest_digits:
            find(reading)
    return sorted(reading.details, key=lambda detail: (detail.start, detail.end))
