"""Reads how much kindness a case and a customer may have, and how much people may add."""

from __future__ import annotations

from complaints.money import Money, is_currency
from complaints.policy import Authority, GoodwillLimits
from complaints.policy_file.text import Section


def read_goodwill(section: Section) -> GoodwillLimits:
    section.allow("currency", "per_case", "per_customer_per_year", "invitation")
    currency = _currency(section)
    per_case = _limit(section, "per_case", "25.00", currency)
    per_year = _limit(section, "per_customer_per_year", "60.00", currency)
    if per_case and per_year and per_case > per_year:
        section.refuse(
            f"a case may have {per_case.amount} goodwill, but a customer only {per_year.amount} "
            f"in a whole year (line {section.line_of('per_customer_per_year')}); "
            "write no more for one case than for the year.",
            "per_case",
        )
    value = section.value("invitation")
    invitation = value.money(currency) if value else None
    if invitation and per_case and invitation > per_case:
        section.refuse(
            f"an invitation back is {invitation.amount}, but a case may have at most "
            f"{per_case.amount} goodwill (line {section.line_of('per_case')}).",
            "invitation",
        )
    return GoodwillLimits(per_case, per_year, invitation)


def read_authority(section: Section, currency: str) -> Authority:
    section.allow("agent", "lead", "manager")
    authority = Authority(
        agent=_limit(section, "agent", "50.00", currency),
        lead=_limit(section, "lead", "250.00", currency),
        manager=_limit(section, "manager", "2000.00", currency),
    )
    for junior, senior in (("agent", "lead"), ("lead", "manager")):
        less, more = authority.of(junior), authority.of(senior)
        if less and more and less > more:
            section.refuse(
                f"{'an' if junior == 'agent' else 'a'} {junior} may give {less.amount}, but a "
                f"{senior} only {more.amount} (line {section.line_of(senior)}); whoever decides "
                "over others needs at least as much.",
                junior,
            )
    return authority


def _currency(section: Section) -> str:
    section.demand("currency", "GBP")
    value = section.value("currency")
    if value is not None and is_currency(value.text):
        return value.text
    if value is not None:
        value.refuse(f"'{value.text}' is not a currency; write its three letters, such as GBP.")
    return "GBP"


def _limit(section: Section, key: str, example: str, currency: str) -> Money:
    section.demand(key, example)
    value = section.value(key)
    return (value.money(currency) if value else None) or Money.zero(currency)
