"""`python -m room run|train|…`: Rasa's command line with our defaults.

Rasa's endpoints.yml knows `${NAME}` but no default for it, and refuses to start when one is
missing. The defaults stand here, so that `rasa` needs nothing exported to run on one machine.
"""

import os
import warnings
from pathlib import Path

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

    rasa()


if __name__ == "__main__":
    main()
