"""Thirty days in one house, with the clock held in the hand: what everybody was told, and when.

Maya's blender comes. Priya's sealing ring slips twice. Ewan has his money back. Leroy waits for
a call that is put off, and put off. Deliver looks every half hour of the day, and every three hours
at night; what it sent is the diary below. A line more, a line less or a line twice fails.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from types import SimpleNamespace

import pytest

from channels.deliver import Deliver
from channels.email import Email
from channels.letter import Letters
from channels.links import Links
from channels.mail_server import MailServer
from complaints.answering import Unanswered
from complaints.conversation import Author, Message
from complaints.follow_up import FollowUpAnswer
from complaints.outbox import Outbox, OutboxMessage
from tests.core import Core, Visitor, leroy, maya_with_offers, words_of_domain

DIARY = """
# Four people complain on a Monday at ten; each has it in writing, and their kindness at once.
Mon 23 Nov 10:00 Maya is written: What we promised you
Mon 23 Nov 10:00 Priya is written: What we promised you
Mon 23 Nov 10:00 Ewan is written: What we promised you
Mon 23 Nov 10:00 the team hears of Leroy: handed_off
Mon 23 Nov 10:00 Leroy is written: What we promised you
Mon 23 Nov 10:00 Maya reads: The voucher for £5.00 that we promised you is here. …
Mon 23 Nov 10:00 Priya reads: The voucher for £5.00 that we promised you is here. …
Mon 23 Nov 10:00 Ewan reads: The voucher for £5.00 that we promised you is here. …
Mon 23 Nov 10:00 Leroy reads: The voucher for £10.00 that we promised you is here. …

# The shop is late with Priya's ring: she hears three days before the date, a lead sees to it.
Mon 23 Nov 10:30 the team hears of Priya: handed_off
Mon 23 Nov 10:30 Priya reads: …the missing part will not be with you by Thursday 26 November, … but by Wednesday 2 December. We had planned too little time … I'm sorry …

# Nobody calls Leroy: the lead is warned while there is time, and he hears each new time before the
# old one has passed. From the third on it is put off by days.
Mon 23 Nov 12:30 the team hears of Leroy: at_risk
Mon 23 Nov 13:30 Leroy reads: …what we promised you today by 2:00 pm will not be done by then, because nobody has been free for it. … The new time is today by 5:30 pm, …
Mon 23 Nov 16:00 the team hears of Leroy: at_risk
Mon 23 Nov 17:00 Leroy reads: What we promised you today by 5:30 pm has to wait once more, … The new time is Tuesday 24 November by 12:30 pm; …
Tue 24 Nov 11:00 the team hears of Leroy: at_risk
Tue 24 Nov 12:00 Leroy reads: What we promised you today by 12:30 pm will not be done by then either, … It is to be done by Friday 27 November; …

# Maya's blender and Ewan's money come earlier than they were told.
Wed 25 Nov 09:00 Maya reads: As far as we can see, your new Vortex blender has reached you. …
Thu 26 Nov 09:00 the team hears of Leroy: at_risk
Thu 26 Nov 09:00 Ewan reads: Your refund of £135.95 has been paid (…).

# The ring is late again: a senior person takes it on, five days before that date. Nobody comes.
Fri 27 Nov 10:00 the team hears of Priya: handed_off
Fri 27 Nov 10:00 Priya reads: …the missing part will not be with you by Wednesday 2 December, and that is the second time. I'm sorry. … you hear from them today by 2:00 pm, …
Fri 27 Nov 12:30 the team hears of Priya: at_risk
Fri 27 Nov 13:30 Priya reads: …nobody here has been free for you yet, so your answer comes not today by 2:00 pm, but today by 5:30 pm. …
Fri 27 Nov 16:00 the team hears of Priya: at_risk
Fri 27 Nov 17:00 Leroy reads: What we promised you by Friday 27 November will not be done by then either, … by Wednesday 2 December; …
Fri 27 Nov 17:00 Priya reads: I have to ask you for patience once more, … not today by 5:30 pm, but Saturday 28 November by 1:30 pm; …
Sat 28 Nov 12:00 the team hears of Priya: at_risk
Sat 28 Nov 13:00 Priya reads: Once more nobody has been free for you, … by Thursday 3 December; …

# Maya's told day was Friday. She says that all is good, and is invited back.
Mon 30 Nov 09:00 Maya is written: Is all well now?
Mon 30 Nov 09:00 Maya reads: This is Amends, … by Friday 27 November. Has it come, and is it right?
Mon 30 Nov 10:00 Maya answers: all_good
Mon 30 Nov 10:30 Maya reads: The voucher for £5.00, to welcome you back, is here. …

# What is still owed to Priya is about to break, and then it does: the truth, and a new answer.
Tue 01 Dec 09:00 the team hears of Priya: at_risk
Tue 01 Dec 09:00 the team hears of Leroy: at_risk
Wed 02 Dec 09:00 the team hears of Priya: at_risk
Wed 02 Dec 09:00 Ewan is written: Is all well now?
Wed 02 Dec 09:00 Ewan reads: This is Amends, … £135.95 back by Tuesday 1 December. Is it there, …
Wed 02 Dec 17:00 Leroy reads: What we promised you by Wednesday 2 December will not be done by then either, … by Monday 7 December; …
Thu 03 Dec 09:00 Priya reads: We told you that the missing part would be with you by Wednesday 2 December, and we haven't kept that. I'm sorry. … you hear from them today by 5:30 pm, …

# It is not right for Ewan: Lena comes, and ends it; and she calls Leroy. How it was Ewan is asked
# on the day after.
Thu 03 Dec 10:00 Ewan answers: not_right
Thu 03 Dec 10:30 the team hears of Ewan: handed_off
Thu 03 Dec 11:30 Ewan reads: Lena Fischer is with you now, a person, …
Thu 03 Dec 11:30 Ewan reads: Lena Fischer has closed case (Ewan). What we agreed stands. …
Thu 03 Dec 17:00 Priya reads: Once more nobody has been free for you, … by Tuesday 8 December; …
Fri 04 Dec 09:00 Ewan is written: How was it for you?
Fri 04 Dec 09:00 Ewan reads: This is Amends, … How did it end for you?
Sat 05 Dec 10:00 the team hears of Priya: at_risk

# The ring comes all the same. While a person still owes Priya a word, no script asks after it.
Mon 07 Dec 09:00 Priya reads: As far as we can see, the missing part has reached you. …
Tue 08 Dec 09:00 Leroy is written: Is all well now?
Tue 08 Dec 09:00 Leroy reads: This is Amends, … One of us was to call you by Monday 7 December. Did we speak, and is all well now?

# Lena writes to her, and gives it back: now she is asked, with a sorry for the wait.
Tue 08 Dec 10:30 Priya is written: Is all well now?
Tue 08 Dec 10:30 Priya reads: Lena Fischer is with you now, a person, …
Tue 08 Dec 10:30 Priya reads: This is Amends, … It took us longer than we had told you, and I'm sorry that you had to wait. … by Wednesday 2 December. Has it come, and is it right?
"""


class Diary:
    """One worker in one house, and everything that anybody was told by it, in order."""

    def __init__(self, core: Core, mail: Path) -> None:
        self.core = core
        self.lines: list[str] = []
        self.names: dict[str, str] = {}
        self._read_up_to = 0
        core.tell = ("email",)
        core.restart()
        house = SimpleNamespace(
            store=core.store, clock=core.clock, words=words_of_domain(), casebook=core.casebook,
            conversations=core.conversations, orders=core.shop,
            outbox=Outbox(core.store, core.clock),
            unanswered=Unanswered(core.store, core.clock), reception=None,
            settings=SimpleNamespace(shop_look_minutes=2),
        )  # fmt: skip
        server, sender = MailServer("", mail), "Amends <amends@shop.example>"
        email = Email(
            server, sender, "team@shop.example", "http://desk", "Europe/London", core.clock
        )
        letters = Letters(
            server, sender, Links("s" * 32, "http://care.example", core.clock), core.casebook
        )
        self.deliver = Deliver(house)
        self.deliver.sends_by("email", self._noting("the team", email.send))
        self.deliver.sends_by("letter", self._noting("letter", letters.send))

    def knows(self, name: str, visitor: Visitor) -> Visitor:
        self.names[visitor.id] = self.names[visitor.case.reference] = name
        return visitor

    async def until(self, when: datetime) -> None:
        clock = self.core.clock
        while clock.now() < when:
            is_open = self.core.policy.calendar.is_open(clock.now())
            ahead = timedelta(minutes=30)
            if not is_open:
                opens = self.core.policy.calendar.next_opening(clock.now())
                ahead = min(timedelta(hours=3), opens - clock.now())
            clock.advance(min(ahead, when - clock.now()))
            await self.look()

    async def look(self) -> None:
        assert await self.deliver.look()
        for said in self.core.rows(Message, author=Author.NOTICE):
            if said.id > self._read_up_to:
                self._read_up_to = said.id
                self._write(f"{self.names[said.conversation_id]} reads: {said.text}")

    def answers(self, visitor: Visitor, answer: FollowUpAnswer) -> None:
        asked = self.core.casebook.asked_of(visitor.case.reference)
        name = self.names[visitor.id]
        self._write(f"{name} answers: {answer}")
        self.core.casebook.answer_follow_up(asked.id, answer, f"tap:{name}")

    def _noting(
        self, who: str, send: Callable[[OutboxMessage], None]
    ) -> Callable[[OutboxMessage], None]:
        def sends(row: OutboxMessage) -> None:
            send(row)
            name = self.names[row.case_reference]
            if who == "letter":
                self._write(f"{name} is written: {row.payload['subject']}")
            else:
                self._write(f"{who} hears of {name}: {row.payload['event']}")

        return sends

    def _write(self, line: str) -> None:
        text = line
        for reference, name in self.names.items():
            text = text.replace(reference, f"({name})")
        self.lines.append(f"{self.core.clock.now():%a %d %b %H:%M} {text}")


def at(day: int, hour: int = 10, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def diary(core: Core, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diary:
    monkeypatch.setattr("channels.shop.monotonic", lambda: 0.0)  # however busy this machine is
    return Diary(core, tmp_path)


async def test_in_thirty_days_everybody_is_told_everything_once_and_in_time(
    core: Core, diary: Diary
) -> None:
    maya = diary.knows("Maya", maya_with_offers(core))
    maya.presses("replacement")
    priya = diary.knows("Priya", priya_with_offers(core))
    priya.presses("resend_part")
    ewan = diary.knows("Ewan", ewan_with_offers(core))
    ewan.presses("full_refund")
    called = leroy(core, "a call from your manager", "call_back", phone="07700 900321")
    diary.knows("Leroy", called).presses("call_back")

    await diary.look()
    core.shop.delay(f"{priya.case.reference}:resend_part", 4)
    await diary.until(at(27, 9, 30))
    core.shop.delay(f"{priya.case.reference}:resend_part", 7)
    await diary.until(at(30, 10))
    diary.answers(maya, FollowUpAnswer.ALL_GOOD)
    await diary.until(at(3, 10, month=12))
    diary.answers(ewan, FollowUpAnswer.NOT_RIGHT)
    await diary.until(at(3, 11, month=12))
    lena = core.person("Lena Fischer", "lead")
    core.casebook.take_over(ewan.case.reference, lena, "take")
    core.casebook.reply(ewan.case.reference, lena, "It is on its way to your new card.", "reply")
    core.casebook.close(ewan.case.reference, lena, "upheld", "paid again", "card", "close")
    core.casebook.keep_promise(
        called.case.reference, lena, called.promises["call_back"].id, "called"
    )
    await diary.until(at(8, 10, month=12))
    core.casebook.take_over(priya.case.reference, lena, "take-priya")
    core.casebook.reply(priya.case.reference, lena, "It came, I see. I am sorry.", "reply-priya")
    core.casebook.hand_back(priya.case.reference, lena, "The ring has come.", "back")
    await diary.until(at(23, 10, month=12))

    expected = [line for line in DIARY.splitlines() if line and not line.startswith("#")]
    for told, line in zip_longest(diary.lines, expected, fillvalue="nothing"):
        pattern = ".*".join(re.escape(part) for part in line.split("…"))
        assert re.fullmatch(pattern, told), f"told: {told}\nexpected: {line}"


def priya_with_offers(core: Core) -> Visitor:
    """The rubber ring was not in the box of Priya's pressure cooker."""
    return with_offers(
        core.visitor("priya", "C-1003"), "the seal of W-10533 is missing, just send the seal",
        "complain_missing_item", order_number="W-10533", item="lid seal", remedy="resend_part",
    )  # fmt: skip


def ewan_with_offers(core: Core) -> Visitor:
    """Ewan's duvet never came."""
    return with_offers(
        core.visitor("ewan", "C-1004"), "W-10561 never came, I want my money back",
        "complain_late_delivery", order_number="W-10561", item="duvet", remedy="full_refund",
    )  # fmt: skip


def with_offers(visitor: Visitor, told: str, intent: str, **found: str) -> Visitor:
    visitor.tells(told, intent, also=("express_wish",), **found)
    step = visitor.next()
    assert step.kind == "offer", step
    return visitor
