"""Imports every file that declares a table, so that migrations and tests see them all."""

from complaints import (  # noqa: F401
    case,
    conversation,
    handoff,
    house_log,
    looking,
    outbox,
    people,
    photo,
    thread,
)
