"""What differs from one installation to the next, read from the environment.

Everything has a working default, so nothing need be set to try Amends. Each field below is
the environment variable of its name with AMENDS_ before it: `database_url` is
AMENDS_DATABASE_URL. What we owe customers is not here but in `policy.yml`.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """The settings in force; `Settings()` reads the environment each time it is called.

    The secrets are made once, on the first start, and kept in `var/secrets`, readable by
    nobody else. Set them in the environment when several machines must share them.
    """

    model_config = SettingsConfigDict(
        env_prefix="AMENDS_", env_ignore_empty=True, frozen=True,
        hide_input_in_errors=True,  # what stands in an error stands in logs, secrets too
    )  # fmt: skip

    var: Path = Field(
        default=ROOT / "var", description="database, logs, secrets, the demo shop's books"
    )
    database_url: str = Field(
        default="", description="SQLAlchemy's form; SQLite in `var` when empty"
    )
    policy_file: Path = Field(default=ROOT / "policy.yml", description="what we owe")
    words_file: Path = Field(default=ROOT / "domain.yml", description="what we say")

    orders_url: str | None = Field(
        default=None, description="the shop's order API; none: the demo shop"
    )
    orders_token: str | None = Field(default=None, repr=False, description="opens the order API")

    shop_secret: str = Field(
        default="", repr=False, description="signs what the shop tells us; none: it is asked only"
    )
    shop_look_minutes: int = Field(
        default=0, ge=0,
        description="how often the shop is asked after each thing it has to do; "
        "0: a real shop every 30, the demo shop every 2",
    )  # fmt: skip

    front_port: int = Field(default=8080, description="where customers' browsers come in")
    rasa_port: int = Field(default=5005, description="where Rasa listens, on loopback")
    actions_port: int = Field(
        default=5055, description="where the action server listens, on loopback"
    )
    rasa_url: str = Field(
        default="", description="Rasa's address; loopback and `rasa_port` when empty"
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="sites that embed the chat, as https://shop.example, between spaces"
    )

    told_of_handoffs: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="who is told of each handoff: slack, email, webhook, between spaces"
    )

    slack_bot_token: str = Field(
        default="", repr=False, description="xoxb-…; Slack is off without it, see docs/slack.md"
    )
    slack_signing_secret: str = Field(
        default="", repr=False, description="what Slack signs its requests with"
    )
    slack_channel: str = Field(
        default="", description="id of the channel where people are told of handoffs, as C0123ABCD"
    )
    slack_people: Annotated[dict[str, str], NoDecode] = Field(
        default={},
        description="who is who: Slack's member id = sign-in name, as U012AB=ines U3=omar",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="Slack's API; elsewhere only in tests"
    )
    webhook_url: str = Field(
        default="", description="told of each handoff, see docs/handoff.md; none: no webhook"
    )
    webhook_secret: str = Field(default="", repr=False, description="signs what the webhook gets")
    smtp_url: str = Field(
        default="", repr=False,
        description="smtp[s]://user:password@host:port; without it mail is laid into `var/mail`",
    )  # fmt: skip
    mail_from: str = Field(default="amends@localhost", description="who our mail is from")
    mail_to: str = Field(
        default="complaints@localhost", description="the help desk's address, told of handoffs"
    )
    public_url: str = Field(
        default="",
        description="the front door as customers reach it, in links we e-mail; on this machine when empty",
    )
    desk_url: str = Field(
        default="", description="the desk as people reach it; on this machine when empty"
    )

    clock_file: Path | None = Field(
        default=None, description="seconds ahead of the real time, for rehearsals; none: real time"
    )

    session_secret: str = Field(default="", repr=False, description="signs customers' sessions")
    host_secret: str = Field(default="", repr=False, description="the host site vouches with it")
    rasa_token: str = Field(default="", repr=False, description="opens Rasa's API")
    action_secret: str = Field(default="", repr=False, description="opens the action server")

    @field_validator("allowed_origins", "told_of_handoffs", mode="before")
    @classmethod
    def _split(cls, several: object) -> object:
        return several.replace(",", " ").split() if isinstance(several, str) else several

    @field_validator("slack_people", mode="before")
    @classmethod
    def _who_is_who(cls, pairs: object) -> object:
        if not isinstance(pairs, str):
            return pairs
        told = [pair.partition("=") for pair in pairs.replace(",", " ").split()]
        if wrong := [who for who, _, sign_in in told if not who or not sign_in]:
            raise ValueError(f"{', '.join(wrong)} is nobody; write U012AB=ines for each person")
        return {who: sign_in for who, _, sign_in in told}

    @field_validator("told_of_handoffs")
    @classmethod
    def _known(cls, transports: tuple[str, ...]) -> tuple[str, ...]:
        if strange := set(transports) - {"slack", "email", "webhook"}:
            raise ValueError(
                f"{', '.join(sorted(strange))} tells nobody; write slack, email, webhook"
            )
        return transports

    def model_post_init(self, _context: object) -> None:
        var = self.var.resolve()
        found: dict[str, object] = {
            "var": var,
            "database_url": self.database_url or f"sqlite:///{var / 'amends.db'}",
            "rasa_url": self.rasa_url or f"http://127.0.0.1:{self.rasa_port}",
            "shop_look_minutes": self.shop_look_minutes or (30 if self.orders_url else 2),
            "public_url": (self.public_url or f"http://127.0.0.1:{self.front_port}").rstrip("/"),
            "desk_url": (self.desk_url or f"http://127.0.0.1:{self.front_port}/desk").rstrip("/"),
        }
        if any(not getattr(self, name) for name in SECRETS):
            kept = _kept_secrets(var / "secrets")
            found |= {name: getattr(self, name) or kept[name] for name in SECRETS}
        for name, value in found.items():
            object.__setattr__(self, name, value)  # nobody else may change them: frozen
        self._demand_ways_out()

    def _demand_ways_out(self) -> None:
        """Whoever is to be told of handoffs must be reachable: else each would be given up."""
        for transport, needs, where in WAYS_OUT:
            absent = [name for name in needs if not getattr(self, name)]
            if absent and transport in self.told_of_handoffs:
                names = " and ".join(f"AMENDS_{name.upper()}" for name in absent)
                raise ValueError(
                    f"AMENDS_TOLD_OF_HANDOFFS names {transport}, which cannot be told without"
                    f" {names}; set that as {where} says, or take {transport} out"
                )
        if self.webhook_url and not self.webhook_secret:
            raise ValueError(
                "AMENDS_WEBHOOK_URL is set without AMENDS_WEBHOOK_SECRET; set both: what is not"
                " signed, anybody could tell"
            )

    @property
    def has_slack(self) -> bool:
        """Whether Slack may come in, and is told anything."""
        return bool(self.slack_bot_token and self.slack_signing_secret)

    @property
    def demo_shop_file(self) -> Path:
        """Where the demo shop keeps what it was instructed to do."""
        return self.var / "demo-shop.json"


# Who can be told of handoffs, what that needs, and where it is described; mail has a folder.
WAYS_OUT = (
    ("slack", ("slack_bot_token", "slack_signing_secret", "slack_channel"), "docs/slack.md"),
    ("webhook", ("webhook_url", "webhook_secret"), "docs/handoff.md"),
)
SECRETS = ("session_secret", "host_secret", "rasa_token", "action_secret")


def _kept_secrets(file: Path) -> dict[str, str]:
    """The secrets in `file`, one `name=value` a line; written first when it is not there.

    Written aside and linked into place: of several processes that start at once, one wins
    and all read the same, and nobody ever reads half a file.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as lines:
            lines.writelines(f"{name}={secrets.token_urlsafe(32)}\n" for name in SECRETS)
        with suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    kept = dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    if absent := [name for name in SECRETS if not kept.get(name)]:
        raise ValueError(
            f"{file} has no {', '.join(absent)}; delete the file and new secrets are made "
            "(customers then start new sessions), or set them as AMENDS_… variables"
        )
    return kept
