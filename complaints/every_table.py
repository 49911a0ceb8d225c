"""Imports every file that declares a table, so that migrations and tests see them all."""

from complaints import case, conversation, handoff, looking, outbox, people, photo, thread  # noqa: F401
