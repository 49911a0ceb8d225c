"""The rehearsal's people: personas that can be played, chance that repeats itself, and verdicts."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.rehearsal.by_chance import customers_by_chance
from benchmarks.rehearsal.persona import BadPersona, Persona, read_personas
from benchmarks.rehearsal.record import Record, Standing, Turn
from benchmarks.rehearsal.report import shortcomings, table
from benchmarks.rehearsal.verdict import Verdict
from complaints.demo_shop import DemoShop
from complaints.policy import Policy

SHOP = DemoShop(date(2026, 11, 25))
POLICY = Policy.load("policy.yml")

TOM = """
- name: Tom
  voice: calm
  order: W-10517
  opens: you sent a toaster
  ends: {resolved: replacement}
"""


def personas_of(folder: Path, text: str) -> list[Persona]:
    (folder / "wrong_item.yml").write_text(text, "utf-8")
    return read_personas(SHOP, POLICY, folder)


@pytest.fixture
def tom(tmp_path: Path) -> Persona:
    return personas_of(tmp_path, TOM)[0]


def verdict(persona: Persona | None, **standing) -> Verdict:
    turn = Turn("hi", ("Which would you like?",), standing=Standing(**standing))
    return Verdict(Record("Tom", turns=[turn]), persona)


def test_at_least_sixty_people_are_rehearsed_with_and_every_category_has_some():
    personas = read_personas(SHOP, POLICY)

    assert len(personas) >= 60
    assert set(POLICY.categories) <= {persona.category for persona in personas}


def test_a_persona_answers_what_it_has_at_hand_by_itself(tom: Persona):
    assert tom.line("proof", 0).says == "{postcode}"
    assert tom.line("order_number", 0).says == "{order}"
    assert tom.line("category", 0).presses == "wrong_item"
    assert tom.line("wish", 0) is None


def test_only_the_last_of_several_answers_gives_it_for_good(tmp_path: Path):
    tom = personas_of(tmp_path, TOM + "  answers: {proof: [in a minute, LS6 2AB]}\n")[0]

    assert not tom.line("proof", 0).gives
    assert tom.line("proof", 1).gives == {"proof"}
    assert tom.line("proof", 7) == tom.line("proof", 1)


@pytest.mark.parametrize(
    "wrong, said",
    [
        (("W-10517", "W-00000"), "the demo shop has no order W-00000"),
        (("resolved: replacement", "resolved: hug"), "resolved 'hug', expected one of"),
        (("resolved: replacement", "handed_over: boredom"), "handed_over 'boredom'"),
        (("resolved: replacement", "solved: replacement"), "ends with ['solved']"),
        (("voice", "tone"), "nobody reads ['tone']"),
    ],
)
def test_a_persona_that_cannot_be_played_says_why(wrong, said, tmp_path: Path):
    with pytest.raises(BadPersona) as bad:
        personas_of(tmp_path, TOM.replace(*wrong))

    assert str(bad.value).startswith("wrong_item.yml, Tom: ")
    assert said in str(bad.value)


def test_the_same_seed_makes_the_same_customers_and_another_makes_others():
    personas = read_personas(SHOP, POLICY)

    once, again, others = (customers_by_chance(personas, seed, 20) for seed in (7, 7, 8))

    assert once == again
    assert [each.opens for each in once] != [each.opens for each in others]


def test_what_a_customer_by_chance_tells_at_once_is_marked_as_given():
    personas = read_personas(SHOP, POLICY)

    for customer in customers_by_chance(personas, 3, 60):
        opener = customer.opens[0]
        wish = customer.answers["wish"][-1].says
        told = wish.rstrip(".").lower() in opener.says.lower()
        assert ("wish" in opener.gives) == told, opener


def test_a_conversation_that_ends_as_its_script_says_passes(tom: Persona):
    played = verdict(tom, statuses=("resolving",), resolved=("replacement",))

    assert (played.end, played.wrong_ends, played.failed) == ("resolved", [], False)


@pytest.mark.parametrize(
    "standing, wrong",
    [
        ({"statuses": ("resolving",), "resolved": ("voucher",)}, "it was voucher"),
        ({"statuses": ("listening",)}, "it was not"),
        ({"statuses": ("with_person",), "handed_over": ("policy",)}, "needlessly (policy)"),
    ],
)
def test_any_other_end_fails_it(standing, wrong, tom: Persona):
    played = verdict(tom, **standing)

    assert played.failed
    assert wrong in " ".join(played.wrong_ends)


def test_a_person_called_for_another_reason_is_no_right_end(tmp_path: Path):
    asks = personas_of(tmp_path, TOM.replace("resolved: replacement", "handed_over: asked"))[0]

    right = verdict(asks, statuses=("with_person",), handed_over=("asked",))
    wrong = verdict(asks, statuses=("with_person",), handed_over=("not_understood",))

    assert not right.failed and not right.is_needless
    assert wrong.failed


def test_nobody_is_answered_kindly_by_opening_a_case(tmp_path: Path):
    text = TOM.replace("resolved: replacement", "answered: utter_praise")
    happy = personas_of(tmp_path, text)[0]

    assert "a case was opened" in " ".join(verdict(happy, statuses=("listening",)).wrong_ends)
    assert "never says utter_praise" in " ".join(verdict(happy).wrong_ends)


def test_the_table_counts_and_the_shortcomings_are_told(tom: Persona):
    good = verdict(tom, statuses=("resolving",), resolved=("replacement",))
    bad = verdict(tom, statuses=("with_person",), handed_over=("policy",))

    printed = table([[good, bad], [], []])

    assert [cell.strip() for cell in _row(printed, "ended as the script says")] == ["50", "–", "–"]
    assert [cell.strip() for cell in _row(printed, "handed over needlessly")] == ["1", "–", "–"]
    assert "handed over needlessly (policy)" in "\n".join(shortcomings([[good, bad]]))


def _row(printed: str, title: str) -> list[str]:
    line = next(line for line in printed.splitlines() if title in line)
    return line.split("|")[2:5]
