"""The summary: true, short, in words, and the customer's own words where they have any."""

from pathlib import Path

import pytest
import yaml

from complaints.conversation import Message
from complaints.first_reply import GENTLY, PLAINLY
from complaints.handoff import HandoffReason, HandoffSummary
from complaints.summary_words import PROMISES, STANDS, WHY
from tests.core import Core
from tests.handed_over import LONG_STORY, STORIES, electric_shock, guests_on_saturday, long_story

EXPECTED = yaml.safe_load((Path(__file__).parent / "summaries.yml").read_text("utf-8"))
HEAD = ("one_line", "happened", "cost", "wants", "why")


def summary_of(visitor) -> dict:
    """The summary of the handoff that is open, with what differs from run to run given a name."""
    (summary, *_) = [h.summary for h in visitor.handoffs if h.ended_at is None]
    text = yaml.safe_dump(summary, allow_unicode=True, sort_keys=False, width=10_000)
    for number, case in enumerate(visitor.cases, start=1):
        text = text.replace(case.reference, f"CASE-{number}")
    named = yaml.safe_load(text.replace(visitor.id, "CONVERSATION"))
    # Message numbers go on through all the tests of a run: the third of this one is 3.
    numbers = [row.id for row in visitor.core.rows(Message, conversation_id=visitor.id)]
    until = named["transcript"]["until"]
    named["transcript"]["until"] = numbers.index(until) + 1 if until else 0
    return named


@pytest.mark.parametrize("story", STORIES)
def test_a_person_reads_what_the_conversation_held_field_by_field(core: Core, story):
    summary = summary_of(STORIES[story](core))

    assert set(summary) == set(HandoffSummary.__dataclass_fields__) == set(EXPECTED[story])
    for field, expected in EXPECTED[story].items():
        assert summary[field] == expected, field


@pytest.mark.parametrize("story", STORIES)
def test_the_head_is_read_in_ten_seconds(core: Core, story):
    summary = summary_of(STORIES[story](core))

    assert sum(len((summary[part] or "").split()) for part in HEAD) <= 150


def test_a_head_stays_short_however_much_was_said_and_loses_no_word(core: Core):
    visitor = long_story(core)

    summary = visitor.handoffs[0].summary

    assert len(summary["happened"].split()) <= 51
    assert LONG_STORY in summary["story"][0]


@pytest.mark.parametrize("story", STORIES)
def test_the_first_reply_neither_thanks_nor_apologises_again(core: Core, story):
    reply = summary_of(STORIES[story](core))["first_reply"].lower()

    assert reply
    assert not [word for word in ("sorry", "apologi", "thank") if word in reply.split("“")[0]]


def first_reply_to(core: Core, danger: str, name: str = "Ada Marsh") -> str:
    visitor = core.visitor("ada")
    visitor.tells(
        "the heater never came and I want my money back", "complain_late_delivery",
        also=("express_wish",), danger=danger, person_name=name, remedy="full_refund",
    )  # fmt: skip
    visitor.asks_for_a_person(HandoffReason.DANGER)
    return visitor.handoffs[0].summary["first_reply"]


@pytest.mark.parametrize("danger", GENTLY)
def test_who_has_a_harder_thing_to_bear_is_quoted_nothing_and_sold_nothing(core: Core, danger):
    reply = first_reply_to(core, danger)

    assert reply.startswith("Hello Ada. ")
    assert "“" not in reply and "sorry" not in reply.lower()
    assert "?" not in reply or danger == "child"  # how the child is, is the only question


@pytest.mark.parametrize("danger", PLAINLY)
def test_who_speaks_of_law_or_press_is_taken_seriously_and_told_what_comes(core: Core, danger):
    reply = first_reply_to(core, danger)

    assert "What you want is “" in reply
    assert reply.endswith("point by point, and you get my answer here, in plain words.")
    assert "?" not in reply


@pytest.mark.parametrize(
    "name, addressed",
    [
        ("Maya Okonkwo", "Maya"),
        ("Maya Okonkwo and Tom Bell", "Maya and Tom"),
        ("Maya & Tom", "Maya and Tom"),
        ("Mr and Mrs Patel", "Mr and Mrs Patel"),
        ("Dr. Ada Marsh", "Dr. Ada Marsh"),
        ("J. Marsh", "J. Marsh"),
    ],
)
def test_people_are_addressed_as_they_gave_their_names(core: Core, name, addressed):
    assert first_reply_to(core, "legal_threat", name).startswith(f"Hello {addressed}. ")


def test_the_first_reply_says_nothing_of_an_order_that_is_not_shown_to_be_theirs(core: Core):
    summary = summary_of(STORIES["not_proved"](core))

    assert "order W-10482" not in summary["first_reply"]


def test_every_reason_promise_and_status_is_said_in_words():
    said = [*WHY.values(), *PROMISES.values(), *STANDS.values()]

    assert set(WHY) == set(HandoffReason)
    assert not [words for words in said if "_" in words]


def test_danger_stands_before_everything_else(core: Core):
    assert summary_of(electric_shock(core))["one_line"].startswith("DANGER, electric shock")


def test_an_earlier_complaint_of_the_same_customer_is_named(core: Core):
    first = core.visitor("maya", "C-1001")
    first.tells("the teapot was late", "complain_late_delivery", item="teapot")
    second = core.visitor("maya again", "C-1001")
    second.tells("your man hung up on me", "complain_poor_service")
    second.asks_for_a_person()

    (earlier,) = second.handoffs[0].summary["earlier"]

    assert earlier.startswith(f"{first.case.reference}: a late or lost delivery, “the teapot was")


def test_somebody_elses_complaint_is_never_named(core: Core):
    guests_on_saturday(core)
    stranger = core.visitor("jo")
    stranger.tells("your man hung up on me", "complain_poor_service")
    stranger.asks_for_a_person()

    assert stranger.handoffs[0].summary["earlier"] == []


def test_the_ready_reply_follows_a_correction(core: Core):
    visitor = guests_on_saturday(core)
    ines = core.person("Ines Duarte")
    core.casebook.correct_fact(visitor.case.reference, ines, "wish", "just the jug", "k1")

    assert "“just the jug”" in core.casebook.ready_reply(visitor.case.reference)
