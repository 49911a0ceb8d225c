"""Imports every file that declares a table, so that migrations and tests see them all."""

from complaints import (  # noqa: F401
    case,
    conversation,
    follow_up,
    fulfilment,
    handoff,
    house_log,
    letter,
    looking,
    outbox,
    people,
    photo,
    thread,
)
