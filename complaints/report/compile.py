"""Compiling the report: a handful of queries, each about the period and no more."""

from datetime import datetime

from sqlalchemy.orm import Session

from complaints.policy import Policy
from complaints.report.cases import case_tables
from complaints.report.figure import Report
from complaints.report.period import Period
from complaints.report.promises import promise_tables
from complaints.report.scores import score_tables, scores
from complaints.report.times import time_table


def compile_report(session: Session, policy: Policy, period: Period, now: datetime) -> Report:
    """Every figure of the period, as the books stand at `now`."""
    promises, kept, by_category, by_owner = promise_tables(session, policy, period, now)
    satisfaction, spread = score_tables(scores(session, period))
    times = time_table(session, period)
    cases = case_tables(session, policy, period)
    tables = (promises, kept, times, satisfaction, by_category, by_owner, spread, *cases)
    return Report(period, now, tables)
