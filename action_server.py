"""The action server: `python action_server.py`. Rasa posts here what it wants done.

rasa_sdk's own (`python -m rasa_sdk`) asks nobody who they are, and leaves child processes
behind when it is killed. This one is rasa_sdk's application in one process, behind a secret.
"""

import hmac
from base64 import b64encode
from urllib.parse import quote

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Request, Sanic, response

from complaints.settings import Settings

NAME = "rasa"


def action_server(secret: str) -> Sanic:
    """Every action in `actions/`, for whoever knows the secret; /health is for everybody."""
    executor = ActionExecutor()
    executor.register_package("actions")
    server = create_app(executor, cors_origins=[])
    wanted = b"Basic " + b64encode(f"{NAME}:{secret}".encode())

    @server.on_request
    async def ask_who(request: Request) -> response.HTTPResponse | None:
        given = request.headers.get("Authorization", "").encode()
        if request.path == "/health" or hmac.compare_digest(given, wanted):
            return None
        return response.json({"error": "this needs the action secret"}, status=401)

    @server.on_request
    async def spare_the_domain(request: Request) -> None:
        # Our actions read domain.yml themselves; sent with each call it would be 60 KB a time.
        # rasa_sdk refuses a call without any, so it finds an empty one.
        if request.path == "/webhook" and isinstance(request.json, dict):
            request.json.setdefault("domain", {})

    return server


def action_url(settings: Settings) -> str:
    """Where Rasa finds it. The secret is in the URL, which only Rasa's environment holds."""
    secret = quote(settings.action_secret, safe="")
    return f"http://{NAME}:{secret}@127.0.0.1:{settings.actions_port}/webhook"


if __name__ == "__main__":
    settings = Settings()
    action_server(settings.action_secret).run(
        "127.0.0.1", settings.actions_port, single_process=True, access_log=False, motd=False
    )
