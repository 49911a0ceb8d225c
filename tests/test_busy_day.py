"""Forty handoffs and a keyboard: an agent's whole day at the desk without touching the mouse."""
# ruff: noqa: F811  (fixtures are imported by name)

from datetime import timedelta

from playwright.sync_api import Browser, expect

from complaints.conversation import Handler
from complaints.handoff import HandoffReason
from tests.core import Core, Visitor
from tests.office import PHONE, AtTheDesk, Office, office, open_office  # noqa: F401

TOLD = (
    ("my kettle leaks", "complain_damaged_item", "kettle"),
    ("the parcel never came", "complain_late_delivery", "rug"),
    ("you sent the wrong colour", "complain_wrong_item", "cushion"),
    ("one of the plates is missing", "complain_missing_item", "plates"),
)


def a_busy_morning(core: Core) -> None:
    """Thirty-nine people wait; every tenth wants to be called."""
    for number in range(39):
        text, complaint, item = TOLD[number % len(TOLD)]
        visitor = core.visitor(f"customer {number}")
        visitor.tells(f"{text}, number {number}", complaint, item=item, heat=number % 4)
        wants_a_call = number % 10 == 9
        visitor.asks_for_a_person(HandoffReason.CALL_BACK if wants_a_call else HandoffReason.ASKED)
        core.clock.advance(timedelta(minutes=1))


def goes_to(ines: AtTheDesk, name: str) -> None:
    """Steps through the queue to a card, with j alone, and opens it."""
    for _ in range(41):
        ines.presses("j")
        if name in ines.page.evaluate("document.activeElement.innerText"):
            break
    ines.presses("Enter")


def does(ines: AtTheDesk, panel: str, *words: str, chosen: str = "") -> None:
    """Opens a panel by its key, fills its fields one after the other, and sends it."""
    ines.presses(panel)
    if chosen:
        chooses(ines, chosen)
        ines.presses("Tab")
    for number, each in enumerate(words):
        if number:
            ines.presses("Tab")
        ines.types(each)
    ines.presses("Control+Enter")


def chooses(ines: AtTheDesk, wanted: str) -> None:
    """Presses the first letter of it until the list shows it."""
    shown = "document.activeElement.selectedOptions[0].text"
    for _ in range(15):
        if ines.page.evaluate(shown).startswith(wanted):
            return
        ines.presses(wanted[0])
    raise AssertionError(f"{wanted!r} is not in the list; it shows {ines.page.evaluate(shown)!r}")


def hears(ines: AtTheDesk, words: str) -> None:
    expect(ines.page.locator("#said")).to_contain_text(words)


def test_a_case_is_seen_through_by_keyboard_alone(office: Office, chromium: Browser):
    a_busy_morning(office.core)
    maya = office.maya_waits()
    ines = office.sits_down(chromium)
    expect(ines.page.locator(".card")).to_have_count(40)
    goes_to(ines, "Maya")
    ines.reads("Waits for a person")
    ines.presses("t")
    expect(ines.page.locator("#reply")).to_be_focused()
    ines.presses("Escape", "r", "Control+Enter")
    hears(ines, "Sent.")

    ines.presses("Escape")
    does(ines, "o", "60", "she waited three weeks", chosen="voucher")
    panel = ines.page.locator("#offer-panel")
    expect(panel.get_by_text("so a lead has to offer it")).to_be_in_viewport()
    ines.presses("Shift+Tab", "Control+a")
    ines.types("20")
    ines.presses("Control+Enter")
    hears(ines, "Offered, with a button to accept it.")

    does(ines, "p", "11252026", chosen="to write")
    hears(ines, "Promised; the customer was told.")
    does(ines, "n", "she was very kind about it")
    hears(ines, "Noted, for colleagues only.")
    does(ines, "f", "07700 900111", chosen="phone")
    hears(ines, "Put right.")
    does(ines, "h", "she thinks it over")
    hears(ines, "Handed back; the assistant goes on.")

    assert maya.conversation.handler == Handler.BOT
    assert maya.case.phone == "07700 900111"
    assert {"voucher"} <= {offer.kind for offer in maya.case.pending_offers()}
    assert maya.promises["next_word"].owner == "ines"


def test_it_is_closed_and_reopened_by_keyboard_alone(office: Office, chromium: Browser):
    maya = office.maya_waits()
    ines = in_hand(office, chromium, maya)
    does(ines, "p", "11252026", chosen="to write")
    hears(ines, "Promised")

    ines.presses("c", "Space", "Tab")
    ines.types("came broken")
    ines.presses("Tab")
    ines.types("packed badly")
    ines.presses("Control+Enter")
    panel = ines.page.locator("#close-panel")
    expect(panel.get_by_text("to hear from us is still owed")).to_be_in_viewport()

    office.core.casebook.keep_promise(
        maya.case.reference, "ines", maya.promises["next_word"].id, "kept by a call"
    )
    ines.presses("Control+Enter")
    ines.reads("Closed: upheld")
    ines.presses("t")
    ines.reads("You have it")


def test_who_cannot_take_it_over_is_not_asked_to(office: Office, chromium: Browser):
    maya = office.maya_waits()
    omar = office.sits_down(chromium, "omar")
    omar.opens(maya.case.reference)
    expect(omar.page.get_by_role("button", name="Take over")).to_be_visible()

    office.core.casebook.take_over(maya.case.reference, "ines", "k1")

    omar.reads("Ines Duarte has it")
    expect(omar.page.get_by_role("button", name="Take over")).to_have_count(0)


def test_why_it_was_not_done_stays_to_be_read_when_the_form_goes(office: Office, chromium: Browser):
    maya = office.maya_waits()
    omar = office.sits_down(chromium, "omar")
    omar.page.route("**/live*", lambda route: route.abort())
    omar.opens(maya.case.reference)  # as if the stream were slow
    office.core.casebook.take_over(maya.case.reference, "ines", "k1")

    omar.presses("t")

    hears(omar, "Ines Duarte has it; look at the case, or ask them for it")


def test_the_team_reads_well_on_a_phone_and_says_who_is_really_there(
    office: Office, chromium: Browser
):
    office.core.people.set_available("lena", True)
    office.core.clock.advance(timedelta(minutes=20))
    mira = office.sits_down(chromium, "mira", **PHONE)
    mira.page.goto(f"{office.url}/desk/team")

    mira.reads("available, not seen lately")
    name = mira.page.get_by_role("rowheader", name="Lena Fischer")
    assert name.evaluate("it => it.offsetHeight") < 80  # one line, no letter by itself
    office.core.people.set_available("lena", False)


def in_hand(office: Office, chromium: Browser, visitor: Visitor) -> AtTheDesk:
    """Ines has it in hand and has answered."""
    ines = office.sits_down(chromium)
    ines.opens(visitor.case.reference)
    ines.presses("t")
    expect(ines.page.locator("#reply")).to_be_focused()
    ines.presses("Escape", "r", "Control+Enter")
    hears(ines, "Sent.")
    ines.presses("Escape")
    return ines
