"""Polite hours: when a question of ours is asked, by the shop's calendar and the customer's clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from complaints.policy import Policy
from complaints.promise import BusinessCalendar

POLITE = time(8), time(21)  # on the customer's wall; outside of it a question wakes somebody
WAITS_FOR_THEM = timedelta(days=2)  # no longer: there are shops that are never open by their day


def ask_at(told_at: datetime, policy: Policy, zone: str | None = None) -> datetime:
    """When to ask about what was promised for `told_at`, or came then.

    1. On the working day after it (policy), once it is a later day for the customer too, whose
       `zone` may be days apart from the shop's.
    2. When the shop opens then; within two days rather when it is open by the customer's day.
    """
    calendar, after, zone = policy.calendar, policy.follow_up_after, zone or policy.zone
    if not after.in_days:
        return at_a_polite_hour(calendar.add(told_at, after), calendar, zone)
    # Not calendar.add(): days end at closing time there, and a day would be lost.
    opens, left = told_at, after.count
    while left:
        opens = calendar.next_opening(_day_after(opens, policy.zone))
        left -= calendar.today(opens).weekday() in policy.opening_hours.working_days
    return at_a_polite_hour(max(opens, _day_after(told_at, zone)), calendar, zone)


def at_a_polite_hour(at: datetime, calendar: BusinessCalendar, zone: str) -> datetime:
    """The first open moment from `at` on, by the day of whoever lives in `zone` where one is near."""
    first, theirs = calendar.next_opening(at), ZoneInfo(zone)
    today = first.astimezone(theirs).date()
    for ahead in range(WAITS_FOR_THEM.days + 1):
        begins, ends = (
            datetime.combine(today + timedelta(days=ahead), hour, theirs).astimezone(UTC)
            for hour in POLITE
        )
        opens = calendar.next_opening(max(first, begins))
        if opens < ends and opens <= first + WAITS_FOR_THEM:
            return opens
    return first


def _day_after(at: datetime, zone: str) -> datetime:
    """The first moment that a clock on the wall in `zone` shows a later day."""
    tomorrow = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), ZoneInfo(zone)).astimezone(UTC)
