"""The desk: where people answer. `uvicorn desk:app` runs it by itself, without Rasa.

In the house it is mounted at /desk of the front door (`server.py`).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.applications import Starlette


def __getattr__(name: str) -> "Starlette":
    # Made when uvicorn asks for it, so that importing this package opens no database.
    if name != "app":
        raise AttributeError(f"desk has no {name}")
    from desk.alone import desk_alone

    return desk_alone()
