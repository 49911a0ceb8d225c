"""The core of Amends: what a complaint is, what we owe, what we promised.

Knows neither Rasa nor HTTP nor Slack. `Casebook` is the one door.
"""

import structlog

# Its own choice, where rich is installed, prints every local variable below a traceback: customers'
# words and our secrets would stand in the log, and each failure would cost a quarter of a second.
structlog.get_config()["processors"][-1].exception_formatter = structlog.dev.plain_traceback
