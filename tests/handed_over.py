"""Twelve customers who are handed over, each with a whole conversation behind them."""

from collections.abc import Callable

from complaints.handoff import HandoffReason
from tests.core import Core, Visitor, leroy, maya, maya_with_offers, pounds


def guests_on_saturday(core: Core) -> Visitor:
    """Maya needs it for Saturday, has seen three offers, and asks for a person."""
    visitor = core.visitor("maya")
    visitor.tells(
        "My blender W-10482 came with the jug smashed and I've got people coming Saturday. "
        "I just want one that works",
        "complain_damaged_item",
        also=("express_wish",),
        order_number="W-10482",
        item="blender",
        remedy="replacement",
        deadline="2026-11-28",
        heat=1,
    )
    visitor.next()
    visitor.says("SW9 8QF", postcode="SW9 8QF")
    visitor.asks_for_a_person()
    return visitor


def nothing_told(core: Core) -> Visitor:
    """Ada's first words are that she wants a person."""
    visitor = core.visitor("ada")
    visitor.asks_for_a_person()
    return visitor


def no_number(core: Core) -> Visitor:
    """Tom has neither an order number nor patience for a machine."""
    visitor = core.visitor("tom")
    visitor.says("the kettle leaks all over the counter", "complain_damaged_item", item="kettle")
    visitor.lacks()
    visitor.lacks("I don't have that either")
    visitor.asks_for_a_person(HandoffReason.NOT_UNDERSTOOD)
    return visitor


def corrected(core: Core) -> Visitor:
    """Maya put the wish right; what she said first must not be what the person reads."""
    visitor = maya(core)
    visitor.next()
    visitor.declines("none of those, sorry")
    visitor.asks_for_a_person(HandoffReason.NOTHING_SUITS)
    ines = core.person("Ines Duarte")
    reference = visitor.case.reference
    core.casebook.correct_fact(reference, ines, "wish", "a glass jug instead of plastic", "c-1")
    core.casebook.correct_fact(reference, ines, "customer_name", "Maya Okonkwo-Bell", "c-2")
    return visitor


def two_complaints(core: Core) -> Visitor:
    """Maya's driver was rude as well; each case says that there is another."""
    visitor = maya_with_offers(core)
    visitor.tells("also your driver was rude to my mother", "complain_poor_service")
    visitor.asks_for_a_person()
    return visitor


def electric_shock(core: Core) -> Visitor:
    """The blender gave a shock: danger before all else."""
    visitor = maya(core)
    visitor.tells(
        "when I touched the motor it gave me an electric shock",
        "report_danger",
        danger="electric_shock",
        heat=2,
    )
    visitor.asks_for_a_person(HandoffReason.DANGER)
    return visitor


LONG_STORY = (
    "I ordered this duvet for my daughter who was coming home from hospital and I paid extra "
    "so that it would be there on the day, then nothing came, then I waited in all Tuesday, "
    "then I rang and was told it was on the van, then I rang again and was told it had been "
    "delivered, which it had not, then your chat closed on me twice while I was typing, and "
    "meanwhile she slept under two coats because that was all we had in the house."
)


def long_story(core: Core) -> Visitor:
    """Two hundred words and furious: the head stays short, the list holds every word."""
    visitor = core.visitor("donal")
    visitor.tells(
        f"{LONG_STORY} {LONG_STORY}",
        "complain_late_delivery",
        order_number="W-10561",
        item="duvet",
        heat=3,
    )
    visitor.next()
    visitor.says("EH6 5NX", postcode="EH6 5NX")
    visitor.asks_for_a_person()
    return visitor


def still_wrong(core: Core) -> Visitor:
    """What was settled is still not right: a second failure."""
    visitor = maya_with_offers(core)
    visitor.presses("replacement")
    visitor.tells("the new one is cracked too", "report_still_wrong")
    visitor.asks_for_a_person(HandoffReason.STILL_WRONG)
    return visitor


def to_be_called(core: Core) -> Visitor:
    """Leroy wants to be called, and writes when."""
    visitor = core.visitor("leroy", "C-1008")
    visitor.tells("your man laughed at me and hung up", "complain_poor_service", heat=2)
    visitor.asks_for_a_person(HandoffReason.CALL_BACK)
    core.casebook.note_while_waiting(visitor.id, "07700 900123, after five please")
    return visitor


def not_proved(core: Core) -> Visitor:
    """Three postcodes, none of them right."""
    visitor = core.visitor("jo")
    visitor.says(
        "my blender W-10482 is broken", "complain_damaged_item",
        order_number="W-10482", item="blender",
    )  # fmt: skip
    for postcode in ("SW1 1AA", "SW2 2BB", "SW3 3CC"):
        visitor.says(postcode, postcode=postcode)
    visitor.asks_for_a_person(HandoffReason.NOT_PROVED)
    return visitor


def charged_too_much(core: Core) -> Visitor:
    """A sum above what policy leaves to the assistant."""
    visitor = core.visitor("priya")
    visitor.tells(
        "I was charged twice for the lamp, £89 too much, order W-10595",
        "complain_wrong_charge",
        order_number="W-10595",
        item="lamp",
        money=pounds("89.00"),
        heat=1,
    )
    visitor.next()
    visitor.says("N16 7UR", postcode="N16 7UR")
    visitor.asks_for_a_person(HandoffReason.POLICY)
    return visitor


def again_after_a_person(core: Core) -> Visitor:
    """Ines offered and promised something and gave it back; now Leroy asks for a person again."""
    ines = core.person("Ines Duarte")
    visitor = leroy(core, "a written apology", "written_apology", heat=1)
    visitor.tells("I am deaf so please do not ring me", "inform")
    visitor.asks_for_a_person()
    reference = visitor.case.reference
    core.casebook.take_over(reference, ines, "k1")
    core.casebook.reply(reference, ines, "Hello Leroy, I'm on it.", "k2")
    core.casebook.offer_remedy(reference, ines, "voucher", "k3", None, None)
    core.casebook.make_promise(
        reference, ines, "next_word", core.policy.calendar.today(core.clock.now()), "k4"
    )
    core.casebook.hand_back(reference, ines, "He thinks it over.", "k5")
    visitor.asks_for_a_person()
    return visitor


STORIES: dict[str, Callable[[Core], Visitor]] = {
    story.__name__: story
    for story in (
        guests_on_saturday, nothing_told, no_number, corrected, two_complaints, electric_shock,
        long_story, still_wrong, to_be_called, not_proved, charged_too_much, again_after_a_person,
    )
}  # fmt: skip
