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
    """Four habits of Rasa 3.6.21 and its libraries that took much of what a turn cost.

    1. Before an action's answer is compared with its schema, the schema itself is proved right.
       It is a constant of Rasa's; the answer is compared as before.
    2. For each event of the conversation all kinds of event are gone through to find its own.
    3. The parts that read a message and decide are run by a scheduler for many machines. One after
       the other, in the order they need each other, needs none.
    4. For each call of an action a connection is opened and closed. One that is kept does for all.
    """
    from functools import lru_cache

    import dask
    import dask.core
    from jsonschema import Draft202012Validator
    from rasa.shared.core.events import Event
    from rasa.utils.endpoints import EndpointConfig

    Draft202012Validator.check_schema = staticmethod(lambda schema: None)
    Event.resolve_by_type = staticmethod(lru_cache(Event.resolve_by_type))
    dask.get = dask.core.get
    EndpointConfig.session = _on_kept_connections


def _on_kept_connections(endpoint: Any) -> Any:
    """A client for one call, as Rasa wants it; the connections below outlive it.

    They are kept for 15 seconds (aiohttp), and the action server closes none sooner.
    """
    import aiohttp
    from rasa.utils.endpoints import DEFAULT_REQUEST_TIMEOUT

    if not hasattr(endpoint, "kept_connections"):
        endpoint.kept_connections = aiohttp.TCPConnector()
    signed = endpoint.basic_auth
    return aiohttp.ClientSession(
        headers=endpoint.headers,
        auth=aiohttp.BasicAuth(signed["username"], signed["password"]) if signed else None,
        timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
        connector=endpoint.kept_connections,
        connector_owner=False,
    )


if __name__ == "__main__":
    main()
