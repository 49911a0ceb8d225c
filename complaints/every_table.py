"""Imports every file that declares a table, so that migrations and tests see them all."""

from complaints import case, conversation, handoff, outbox, photo  # noqa: F401
