"""A day is found however it is named, and one that is needed is told from one that was.

It is Sunday, 22 November 2026.
"""

from reading_table import table

test_dates = table(
    "date",
    [
        ("it came yesterday", ["2026-11-21"]),
        ("ordered two weeks ago", ["2026-11-08"]),
        ("I bought it last monday", ["2026-11-16"]),
        ("it was due on friday", ["2026-11-20"]),
        ("it was supposed to arrive by friday", ["2026-11-20"]),
        ("on 3rd November", ["2026-11-03"]),
        ("15 th june 2026", ["2026-06-15"]),
        ("nov 3", ["2026-11-03"]),
        ("03/11/2026", ["2026-11-03"]),
        ("11/25/2025", ["2025-11-25"]),
        ("2026-11-03", ["2026-11-03"]),
        ("I ordered on the 14th", ["2026-11-14"]),
        ("a couple of days ago", ["2026-11-20"]),
        ("last month", ["2026-10-22"]),
        ("it may be broken", []),
        ("the sun is shining", []),
        ("it sat there for days", []),
        ("the second time", []),
        ("march on, soldier", []),
        ("3 of 5 arrived", []),
        ("order 10-11-12345", []),
        ("on the 3rd November", ["2026-11-03"]),
        ("it was due the 17th August", ["2026-08-17"]),
        ("the twenty-first of october", ["2026-10-21"]),
        ("october the eighth", ["2026-10-08"]),
        ("I was away from the 27th to the 9th of October", ["2026-09-27", "2026-10-09"]),
        ("I can't be in on friday", ["2026-11-27"]),
        ("my mother arrives on wednesday", ["2026-11-25"]),
        ("I paid by 15 november", ["2026-11-15"]),
        ("I want to report a charge on 20 november", ["2026-11-20"]),
        ("mondays delivery never came", ["2026-11-16"]),
        ("do you deliver on sundays", []),
        ("from your black friday sale", []),
        ("10/10 service", []),
        ("the second may be broken", []),
        ("it fell apart in two days", []),
        ("three faults in a month", []),
    ],
)

test_deadlines = table(
    "deadline",
    [
        ("I've got people coming saturday!!", ["2026-11-28"]),
        ("need it by friday", ["2026-11-27"]),
        ("can you send it by sat", ["2026-11-28"]),
        ("I need it for the weekend", ["2026-11-28"]),
        ("before christmas please", ["2026-12-25"]),
        ("the wedding is on the 28th", ["2026-11-28"]),
        ("we need it by tomorrow", ["2026-11-23"]),
        ("it was promised by monday", []),
        ("you said it would be here before friday", []),
        ("the party was on saturday", []),
        ("I ordered it on saturday", []),
        ("I need it by the end of the year", ["2026-12-31"]),
        ("can it come before the 3rd of december", ["2026-12-03"]),
        ("it worked fine till tuesday", []),
        ("what happened over the weekend", []),
    ],
)
