"""Local time: a time as the clock of the customer who reads it shows it (R18).

Their browser or Slack says which clock that is; where nobody says, it is the shop's. Whoever
reads it by another clock than the shop's is told so: "today by 3:30 pm your time". People at the
desk read the shop's clock, and a day that the shop names (delivered on …) stays the day it is.
"""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import get_timezone_location
from sqlalchemy import update

from complaints.case import Case
from complaints.conversation import Conversation
from complaints.policy import Policy
from complaints.promise import Due, date_in_words, moment_in_words, time_in_words
from complaints.store import Store


def keep(store: Store, conversation: Conversation, timezone: str | None) -> None:
    """Notes the customer's time zone, a name of the IANA database; any other name is passed over.

    The latest stays right: who travels reads the clock of the place they are in.
    """
    if timezone == conversation.timezone or timezone not in _known():
        return
    theirs = Case.conversation_id == conversation.id
    with store.transaction() as session:
        of = update(Conversation).where(Conversation.id == conversation.id)
        session.execute(of.values(timezone=timezone))
        session.execute(update(Case).where(theirs).values(timezone=timezone))


def zone_of(whose: Case | Conversation, policy: Policy) -> str:
    """The zone of whoever complains: theirs, else the shop's."""
    return whose.timezone or policy.zone


def today(whose: Case | Conversation, policy: Policy, at: datetime) -> date:
    """What day it was for the customer."""
    return at.astimezone(ZoneInfo(zone_of(whose, policy))).date()


def day(when: datetime | date, whose: Case | Conversation, policy: Policy, now: datetime) -> str:
    """ "Friday 27 November" where the customer is; a day that the shop names stays that day."""
    return date_in_words(when, zone_of(whose, policy), now)


def moment(at: datetime, whose: Case | Conversation, policy: Policy, now: datetime) -> str:
    """ "today by 3:30 pm", or "today by 4:30 pm your time"."""
    zone = zone_of(whose, policy)
    return moment_in_words(at, zone, now) + _your_time(at, zone, policy)


def told(due: Due, whose: Case | Conversation, policy: Policy, now: datetime) -> str:
    """ "Friday 27 November", or as `moment` says it."""
    tell = day if due.by_the_day else moment
    return tell(due.told_at, whose, policy, now)


def has_passed(due: Due, whose: Case | Conversation, policy: Policy, now: datetime) -> bool:
    """Whether it is over for the customer: "by Friday" holds until their Friday ends."""
    if due.by_the_day:
        return today(whose, policy, now) > today(whose, policy, due.told_at)
    return now > due.told_at


def by(due: Due, whose: Case | Conversation, policy: Policy, now: datetime) -> str:
    """ "by Friday 27 November", or as `moment` says it."""
    said = told(due, whose, policy, now)
    return f"by {said}" if due.by_the_day else said


def opening_hours(whose: Case | Conversation, policy: Policy, now: datetime) -> dict[str, str]:
    """The opening hours in words, and until when we are open, or from when again."""
    calendar, zone = policy.calendar, zone_of(whose, policy)
    opens = calendar.next_opening(now)
    here = _your_time(opens, zone, policy)
    said = {
        "hours": "; ".join(
            f"{days}, {time_in_words(opening)} to {time_in_words(closing)}"
            for days, (opening, closing) in policy.opening_hours.spans()
        )
    }
    if here:
        said["hours"] += f", {get_timezone_location(policy.zone, 'en_GB', return_city=True)} time"
    said["opens"] = f"{date_in_words(opens, zone, now)} at {_clock(opens, zone)}{here}"
    if calendar.is_open(now):
        closes = calendar.next_closing(now)
        said["closes"] = f"{_clock(closes, zone)}{_your_time(closes, zone, policy)}"
    return said


def _clock(at: datetime, zone: str) -> str:
    return time_in_words(at.astimezone(ZoneInfo(zone)).time())


def _your_time(at: datetime, zone: str, policy: Policy) -> str:
    """Said only where the two clocks differ at that time."""
    theirs, shops = at.astimezone(ZoneInfo(zone)), at.astimezone(policy.calendar.timezone)
    return " your time" if theirs.utcoffset() != shops.utcoffset() else ""


@lru_cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())
