"""Said aloud: whatever happens in a case, every sentence has its words and every promise is kept.

A patient customer answers whatever is asked, with each order of the demo shop, each wish, and
without each thing they might not have. Nothing is caught: a missing word fails.
"""

import re

import pytest
import yaml

from complaints.case import Case
from complaints.orders import Order
from complaints.policy import KINDS
from complaints.question import Question
from tests.core import SHOP_POLICY, Core, Visitor, instructed
from tests.speaking import DANGERS, Speaker, responses

CATEGORIES = list(yaml.safe_load(SHOP_POLICY)["categories"])
MUST_BE_SAID = {Question.CHOICE, Question.CONFIRMATION, Question.STORY, Question.CATEGORY}


@pytest.fixture
def speaker(core: Core, monkeypatch: pytest.MonkeyPatch) -> Speaker:
    return Speaker(core, monkeypatch)


class Patient:
    """A customer who answers whatever is asked, and says what they want when they are asked."""

    def __init__(
        self,
        speaker: Speaker,
        visitor: Visitor,
        order: Order,
        wish: str,
        lacks: frozenset = frozenset(),
    ):
        self.speaker, self.visitor, self.order, self.wish = speaker, visitor, order, wish
        self.lacks = lacks
        self.read: list[str] = []

    def complains(self, text: str, intent: str, **found) -> Case:
        """Tells it, answers every question, and takes the first of the offers."""
        self.read += self.speaker.tell(self.visitor, text, intent, **found)
        for _ in range(20):
            case = self.visitor.cases[-1]
            if case.pending is None:
                return case
            self.read += self._answer(Question(case.pending))
        raise AssertionError(f"asked for ever: {self.read[-3:]}")

    def _answer(self, question: Question) -> list[str]:
        tell, press, visitor = self.speaker.tell, self.speaker.press, self.visitor
        if question in self.lacks:
            return tell(visitor, "I don't have it", "dont_have_it")
        match question:
            case Question.PROOF:
                return tell(visitor, self.order.postcode, postcode=self.order.postcode)
            case Question.ORDER_NUMBER:
                return tell(visitor, self.order.number, order_number=self.order.number)
            case Question.EMAIL_AND_POSTCODE:
                return tell(visitor, f"{self.order.email} {self.order.postcode}",
                            email=self.order.email, postcode=self.order.postcode)  # fmt: skip
            case Question.EMAIL:
                return tell(visitor, self.order.email, email=self.order.email)
            case Question.PHONE:
                return tell(visitor, "07700 900123", phone="+447700900123")
            case Question.WISH:
                return tell(visitor, "put it right please", "express_wish", remedy=self.wish)
            case Question.CONFIRMATION:
                return tell(visitor, "yes", "affirm")
            case (
                Question.CATEGORY
                | Question.ITEM
                | Question.WHICH_ORDER
                | Question.PHOTO
                | Question.CHOICE
            ):
                return press(visitor, next(iter(self.speaker.buttons.values())))
            case Question.STORY:
                return tell(visitor, "it broke on the first day we had it", "complain_damaged_item")


def refused_by_the_shop(core: Core, visitor: Visitor) -> list[str | None]:
    """What was promised although the shop will not do it, and why not."""
    return [receipt.why for receipt in instructed(core, visitor) if receipt.state == "refused"]


@pytest.mark.parametrize("wish", KINDS)
@pytest.mark.parametrize(
    "number, category",
    [
        ("W-10482", "damaged_item"),
        ("W-10684", "late_delivery"),  # two things, not here yet
        ("W-10612", "poor_service"),
    ],
)
def test_whatever_they_wish_it_is_settled_or_a_persons(
    core: Core, speaker: Speaker, number, category, wish
):
    patient = Patient(speaker, core.visitor("x"), core.shop.find(number), wish)

    case = patient.complains("it went wrong with the thing I ordered", f"complain_{category}")

    assert case.status in ("resolving", "with_person"), patient.read[-2:]
    assert not refused_by_the_shop(core, patient.visitor)


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("lacks", ["item", "everything"])
def test_in_every_category_they_may_lack_what_is_asked(
    core: Core, speaker: Speaker, category, lacks
):
    lacking = {Question.ITEM} if lacks == "item" else set(Question) - MUST_BE_SAID
    order = core.shop.find("W-10644")  # four things
    patient = Patient(speaker, core.visitor("x"), order, "replacement", frozenset(lacking))

    case = patient.complains("it all went wrong with what I ordered", f"complain_{category}")

    assert case.status in ("resolving", "with_person"), patient.read[-2:]
    assert not refused_by_the_shop(core, patient.visitor)


@pytest.mark.parametrize("lacks", [each for each in Question if each not in MUST_BE_SAID])
@pytest.mark.parametrize(
    "category, wish", [("damaged_item", "repair"), ("poor_service", "call_back")]
)
def test_any_one_thing_may_be_lacking(core: Core, speaker: Speaker, category, wish, lacks):
    order = core.shop.find("W-10203" if category == "damaged_item" else "W-10612")
    patient = Patient(speaker, core.visitor("x"), order, wish, frozenset([lacks]))

    case = patient.complains("it went wrong with what I ordered", f"complain_{category}")

    assert case.status in ("resolving", "with_person"), patient.read[-2:]


def test_every_order_of_the_demo_shop_can_be_put_right(core: Core, speaker: Speaker):
    for story in core.shop.stories:
        patient = Patient(speaker, core.visitor("x"), story.order, "full_refund")
        category = story.category or "late_delivery"

        case = patient.complains(
            story.happened, f"complain_{category}", order_number=story.order.number
        )

        assert case.status in ("resolving", "with_person"), (story.order.number, patient.read[-2:])
        assert not refused_by_the_shop(core, patient.visitor)


@pytest.mark.parametrize(
    "text, intent, found",
    [
        ("also your driver was rude, I want an apology", "complain_poor_service",
         {"also": ("express_wish",), "remedy": "written_apology"}),
        ("also your advert offends me, take it down", "complain_other", {"also": ("express_wish",)}),
        ("also W-10706 never came", "complain_late_delivery", {"order_number": "W-10706"}),
        ("also I can't cancel my account", "complain_account_problem", {}),
    ],
)  # fmt: skip
def test_the_first_is_confirmed_whatever_the_second_complaint_needs(
    core: Core, speaker: Speaker, text, intent, found
):
    maya = core.visitor("maya", customer_id="C-1001")
    speaker.tell(
        maya,
        "the blender came smashed, I just want one that works",
        "complain_damaged_item",
        also=("express_wish",),
        remedy="replacement",
    )
    replacement = next(iter(speaker.buttons.values()))
    speaker.tell(maya, text, intent, **found)

    read = " ".join(speaker.press(maya, replacement))

    assert "That's settled" in read
    assert maya.cases[1].reference in read
    assert maya.cases[1].status != "next"


def test_the_first_reply_thanks_before_it_is_sorry(core: Core, speaker: Speaker):
    for category in CATEGORIES:
        for heat in (0, 3):
            said = " ".join(
                speaker.tell(
                    core.visitor("x"), "it is all wrong", f"complain_{category}", heat=heat
                )
            )
            assert said.index("Thank you") < said.lower().index("sorry")
            assert len(re.findall(r"\bsorry\b", said)) == 1


@pytest.mark.parametrize("danger", DANGERS)
def test_danger_is_answered_with_care_before_anything_else(core: Core, speaker: Speaker, danger):
    said = speaker.tell(core.visitor("x"), "it happened", "report_danger", danger=danger)

    assert said[0] == responses()[f"utter_danger_{danger}"][0]["text"]
    assert "today by 2:00 pm" in " ".join(said[1:])
