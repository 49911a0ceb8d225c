"""Imports every file that declares a table, so that migrations and tests see them all."""

from complaints import (  # noqa: F401
    case,
    conversation,
    fulfilment,
    handoff,
    looking,
    outbox,
    people,
    photo,
    thread,
)
