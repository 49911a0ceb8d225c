"""The report: how promises were kept, what went wrong and why, for a period of the shop's days.

Each thing counts by its own time: a case by when it was received, a promise by when it was made,
a handoff by when it was handed over, an ending by when it was closed, a score by when it was
given. What a customer withdrew by starting over counts nowhere.
"""

from complaints.report.compile import compile_report
from complaints.report.figure import Column, Figure, Report, Row, Table
from complaints.report.period import Period

__all__ = ["Column", "Figure", "Period", "Report", "Row", "Table", "compile_report"]
