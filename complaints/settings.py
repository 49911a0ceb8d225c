"""What differs from one installation to the next, read from the environment.

Everything has a working default, so nothing need be set to try Amends. Each field below is
the environment variable of its name with AMENDS_ before it: `database_url` is
AMENDS_DATABASE_URL. What we owe customers is not here but in `policy.yml`.
"""

import os
import secrets
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """The settings in force; `Settings()` reads the environment each time it is called.

    The secrets are made once, on the first start, and kept in `var/secrets`, readable by
    nobody else. Set them in the environment when several machines must share them.
    """

    model_config = SettingsConfigDict(env_prefix="AMENDS_", env_ignore_empty=True, frozen=True)

    var: Path = Field(ROOT / "var", description="database, logs, secrets, the demo shop's books")
    database_url: str = Field("", description="SQLAlchemy's form; SQLite in `var` when empty")
    policy_path: Path = Field(ROOT / "policy.yml", description="what we owe")

    orders_url: str | None = Field(None, description="the shop's order API; none: the demo shop")
    orders_token: SecretStr | None = Field(None, description="sent to the order API as a bearer")

    front_port: int = Field(8080, description="where customers' browsers come in")
    rasa_port: int = Field(5005, description="where Rasa listens, on loopback")
    actions_port: int = Field(5055, description="where the action server listens, on loopback")
    rasa_url: str = Field("", description="Rasa's address; loopback and `rasa_port` when empty")

    session_secret: SecretStr = Field(SecretStr(""), description="signs customers' sessions")
    customer_token_secret: SecretStr = Field(
        SecretStr(""), description="shared with the host site, which vouches for its customers"
    )
    rasa_token: SecretStr = Field(SecretStr(""), description="opens Rasa's API")
    action_secret: SecretStr = Field(SecretStr(""), description="opens the action server")

    def model_post_init(self, _context: object) -> None:
        var = self.var.resolve()
        derived = {
            "var": var,
            "database_url": self.database_url or f"sqlite:///{var / 'amends.db'}",
            "rasa_url": self.rasa_url or f"http://127.0.0.1:{self.rasa_port}",
        }
        missing = [name for name in SECRETS if not getattr(self, name).get_secret_value()]
        if missing:
            kept = _kept_secrets(var / "secrets")
            derived |= {name: SecretStr(kept[name]) for name in missing}
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    @property
    def demo_shop_file(self) -> Path:
        """Where the demo shop keeps what it was instructed to do."""
        return self.var / "demo-shop.json"


SECRETS = ("session_secret", "customer_token_secret", "rasa_token", "action_secret")


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
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    kept = dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line)
    absent = [name for name in SECRETS if not kept.get(name)]
    if absent:
        raise ValueError(
            f"{file} has no {', '.join(absent)}; delete the file and new secrets are made "
            "(customers then start new sessions), or set them as AMENDS_… variables"
        )
    return kept
