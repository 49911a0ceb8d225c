"""`python -m room run|train|…`: Rasa's command line with our defaults.

Rasa's endpoints.yml knows `${NAME}` but no default for it, and refuses to start when one is
missing. The defaults stand here, so that `rasa` needs nothing exported to run on one machine.
"""

import os
import warnings
from pathlib import Path
from typing import Any

DEFAULTS = {
    "AMENDS_ACTIONS_URL": "http://127.0.0.1:5055/webhook",
    "AMENDS_TRACKER_URL": "sqlite:///var/tracker.db",
    # Nobody is told that this runs; TensorFlow, which nothing here uses, keeps quiet.
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "SQLALCHEMY_WARN_20": "0",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    # Nothing is fetched from a model hub, whatever a library would like to do.
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    # A lock must outlive the slowest turn (design.md).
    "TICKET_LOCK_LIFETIME": "120",
    "OMP_NUM_THREADS": "1",
}


def main() -> None:
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    # Rasa's libraries are of 2023 and say so on every start; there is nothing to do about it here.
    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.simplefilter("ignore", FutureWarning)
    Path("var").mkdir(exist_ok=True)  # where the tracker's SQLite file is

    from rasa.__main__ import main as rasa

    spare_each_turn_what_is_needed_once()
    rasa()


def spare_each_turn_what_is_needed_once() -> None:
    """Four habits of Rasa 3.6.21 and its libraries that took most of what a turn cost.

    1. Before an action's answer is compared with its schema, the schema itself is proved right.
       It is a constant of Rasa's; the answer is compared as before.
    2. SQLite waits for the disk three times for each turn. With a log written ahead it need not:
       a power cut could take the last turns of what is a memory aid; the cases are elsewhere.
    3. It is opened and closed for each of them. SQLAlchemy 2 keeps the connection, and so do we.
    4. For each event of the conversation all kinds of event are gone through to find its own.
    """
    from functools import lru_cache

    from jsonschema import Draft202012Validator
    from rasa.shared.core.events import Event
    from sqlalchemy import event
    from sqlalchemy.dialects.sqlite import pysqlite
    from sqlalchemy.engine import Engine
    from sqlalchemy.pool import QueuePool, SingletonThreadPool

    Draft202012Validator.check_schema = staticmethod(lambda schema: None)
    pysqlite.dialect.get_pool_class = staticmethod(
        lambda url: QueuePool if url.database else SingletonThreadPool
    )
    Event.resolve_by_type = staticmethod(lru_cache(Event.resolve_by_type))

    @event.listens_for(Engine, "connect")
    def write_ahead(connection: Any, _record: Any) -> None:
        if type(connection).__module__ == "sqlite3":
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")


if __name__ == "__main__":
    main()
