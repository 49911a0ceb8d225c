"""Books as report_cases.yml has them: cases, promises, handoffs and scores that stand as if they had happened."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from complaints.case import Case, PromiseRow
from complaints.conversation import Conversation, Message
from complaints.follow_up import FollowUp
from complaints.handoff import Handoff
from complaints.store import Store

COUNTED = yaml.safe_load((Path(__file__).parent / "report_cases.yml").read_text("utf-8"))
LONDON = ZoneInfo("Europe/London")


def london(at: Any) -> datetime | None:
    """ "2026-03-29 03:30" as the clock on the wall in London."""
    if at is None:
        return None
    read = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
    return read.replace(tzinfo=LONDON).astimezone(UTC)


def write_books(store: Store, books: dict[str, Any] = COUNTED) -> None:
    with store.transaction() as session:
        for reference, told in books["cases"].items():
            told = dict(told)
            times = {f"{name}_at": london(told.pop(name, None))
                     for name in ("received", "acknowledged", "closed")}  # fmt: skip
            created = {"visitor": reference, "channel": "website"}
            session.add(Conversation(id=reference, created_at=times["received_at"], **created))
            session.flush()
            session.add(
                Case(
                    reference=reference, conversation_id=reference, channel="website",
                    policy_version="1", **times, **told,
                )
            )  # fmt: skip
        session.flush()
        for reference, author, at in books.get("messages", ()):
            session.add(
                Message(conversation_id=reference, author=author, text="…", created_at=london(at))
            )
        numbers = [_promise(session, *told) for told in books.get("promises", ())]
        for reference, made, taken, reason in books.get("handoffs", ()):
            session.add(
                Handoff(
                    conversation_id=reference, case_reference=reference, promise_id=numbers[0],
                    reason=reason, silences=reason != "promised", summary={},
                    made_at=london(made), taken_at=london(taken), ended_at=london(taken or made),
                )
            )  # fmt: skip
        # Each was asked about a promise of its own; which one, no figure tells.
        asked = zip(numbers, books.get("scores", ()), strict=False)
        for number, (reference, given, outcome, treatment, words) in asked:
            scored_at = london(given)
            asked_at = (scored_at or london("2026-03-26 10:00")) - timedelta(days=2)
            session.add(
                FollowUp(
                    case_reference=reference, promise_id=number, channels=["website"],
                    asked_at=asked_at, scores_asked_at=asked_at, scored_at=scored_at,
                    outcome_score=outcome, treatment_score=treatment, words=words,
                )
            )  # fmt: skip


def _promise(session, reference, owner, made, planned, told, by_the, state, settled, because=None):
    row = PromiseRow(
        case_reference=reference, kind="put_right", owner=owner, made_at=london(made),
        planned_at=london(planned), due_at=london(told), by_the_day=by_the == "day", state=state,
        settled_at=london(settled), moved_because=because,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.id
