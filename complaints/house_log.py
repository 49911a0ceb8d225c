"""The house log: what people did that is about no single case, such as taking a report away."""

from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from complaints.store import Base, Moment


class HouseEntry(Base):
    """Who did what, when. What is about a case stands in the case's own log."""

    __tablename__ = "house_log"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(100))
    verb: Mapped[str] = mapped_column(String(40))
    detail: Mapped[dict] = mapped_column(JSON, default=dict)
