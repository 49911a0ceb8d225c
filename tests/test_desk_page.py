"""The desk in a real browser, over the casebook alone: nothing here needs Rasa."""
# ruff: noqa: F811  (fixtures are imported by name)

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from complaints.conversation import Handler
from complaints.follow_up import FollowUp
from tests.office import DESKTOP, PASSWORD, PHONE, office, open_office  # noqa: F401

expect.set_options(timeout=20_000)  # patience for a busy machine; nothing takes that long


def test_a_card_appears_by_itself_and_goes_from_waiting_when_somebody_takes_it(office, chromium):
    ines, omar = office.sits_down(chromium), office.sits_down(chromium, "omar")
    ines.page.goto(f"{office.url}/desk/?show=waiting")
    ines.reads("Nobody waits")
    maya = office.maya_waits()

    ines.reads("Maya Okonkwo")
    omar.opens(maya.case.reference)
    omar.presses("t")

    ines.reads("Nobody waits")
    expect(ines.page).to_have_title("Queue · Amends")


def test_danger_comes_first_and_every_card_has_its_clock(office, chromium):
    office.maya_waits()
    office.somebody_is_in_danger()
    office.core.clock.advance(timedelta(hours=5))  # past everything that was promised
    ines = office.sits_down(chromium)

    first, second = ines.cards()
    assert "Danger" in first and "furious" in first
    assert "Maya" in second and "late" in second and "was due" in second


def test_a_whole_answer_needs_only_the_keyboard(office, chromium):
    maya = office.maya_waits()
    ines = office.sits_down(chromium)
    ines.reads("Maya Okonkwo")
    ines.presses("j", "Enter")
    ines.reads("Waits for a person")
    ines.presses("t")
    ines.reads("You have it")
    expect(ines.page.locator("#reply")).to_be_focused()
    ines.presses("Escape", "r", "Control+Enter")

    ines.reads("Hello Maya. I have everything about your Vortex blender")
    assert maya.promises["first_reply_by_a_person"].state == "met"


def test_what_the_customer_writes_appears_without_reloading(office, chromium):
    maya = office.maya_waits()
    ines = office.sits_down(chromium)
    ines.opens(maya.case.reference)
    ines.presses("t")
    expect(ines.page.locator("#reply")).to_be_focused()
    ines.types("half a sent")
    office.core.conversations.receive(maya.id, "<b>are you there?</b>", "client-1")

    ines.reads("<b>are you there?</b>")
    expect(ines.page.locator("#reply")).to_have_value("half a sent")  # nobody's words are lost


def test_the_second_to_take_it_over_reads_who_has_it(office, chromium):
    maya = office.maya_waits()
    ines = office.sits_down(chromium)
    ines.opens(maya.case.reference)
    ines.page.route("**/live*", lambda route: route.abort())
    ines.page.reload()  # as if the stream were slow
    office.core.casebook.take_over(maya.case.reference, "omar", "omar-1")
    ines.page.get_by_role("button", name="Take over").click()

    ines.reads("Omar Haddad has it")


def test_who_else_looks_is_shown(office, chromium):
    maya = office.maya_waits()
    ines, omar = office.sits_down(chromium), office.sits_down(chromium, "omar")
    ines.opens(maya.case.reference)
    omar.opens(maya.case.reference)

    omar.reads("Ines Duarte looks too")
    ines.reads("Omar Haddad looks too")
    looks = [entry.actor for entry in maya.log if entry.verb == "look_at"]
    assert sorted(looks) == ["ines", "omar"]  # one look each, however often the page asked


def test_going_beyond_policy_needs_a_reason_and_the_authority(office, chromium):
    maya = office.maya_waits()
    ines = office.sits_down(chromium)
    ines.opens(maya.case.reference)
    ines.presses("t")
    expect(ines.page.locator("#reply")).to_be_focused()
    ines.presses("Escape", "o")
    panel = ines.page.locator("#offer-panel")
    panel.get_by_label("Remedy").select_option("voucher")
    panel.get_by_label("Amount").fill("20")
    panel.get_by_role("button", name="Offer it").click()
    expect(panel.get_by_text("goes beyond policy here; say why")).to_be_visible()
    panel.get_by_label("Amount").fill("60")
    panel.get_by_label("Reason").fill("she waited three weeks")
    panel.get_by_role("button", name="Offer it").click()
    expect(panel.get_by_text("so a lead has to offer it")).to_be_visible()
    panel.get_by_label("Amount").fill("20")
    panel.get_by_role("button", name="Offer it").click()

    expect(ines.page.locator("#offered")).to_contain_text("£20.00")
    offer = maya.case.pending_offers()[-1]
    assert (offer.kind, offer.offered_by, offer.reason) == (
        "voucher", "ines", "she waited three weeks",
    )  # fmt: skip


def test_a_case_from_take_over_to_hand_back(office, chromium):
    maya = office.maya_waits()
    ines = office.sits_down(chromium)
    ines.opens(maya.case.reference)
    ines.presses("t")
    expect(ines.page.locator("#reply")).to_be_focused()
    ines.types("I'll see to it")
    ines.presses("Control+Enter")
    ines.reads("I'll see to it")
    ines.presses("Escape", "p")
    ines.page.locator("#promise-panel").get_by_label("On the day").fill("2026-11-25")
    ines.page.get_by_role("button", name="Promise it").click()
    ines.reads("to write again")
    ines.presses("f")
    ines.page.locator("#fact-panel").get_by_label("Fact").select_option("phone")
    ines.page.locator("#fact-panel").locator("[name=value]").fill("07700 900111")
    ines.page.get_by_role("button", name="Put it right").click()
    ines.reads("07700 900111")
    ines.presses("h")
    ines.types("told her it goes out today")
    ines.page.get_by_role("button", name="Hand back").click()

    ines.reads("With the assistant")
    assert maya.conversation.handler == Handler.BOT
    assert maya.case.phone == "07700 900111"


def test_a_case_is_closed_with_its_cause_found_and_reopened(office, chromium):
    maya = office.maya_waits()
    ines = office.sits_down(chromium)
    ines.opens(maya.case.reference)
    ines.presses("t")
    expect(ines.page.locator("#reply")).to_be_focused()
    ines.presses("Escape", "c")
    ines.page.get_by_label("Upheld: we were wrong").check()
    ines.page.locator("#close-panel").get_by_label("Reason").fill("came broken")
    ines.page.get_by_label("Root cause").fill("packed badly")
    ines.page.get_by_role("button", name="Close it").click()
    ines.reads("was promised a person's answer")
    ines.presses("Escape", "r", "Control+Enter")
    ines.reads("Hello Maya")
    ines.page.get_by_role("button", name="Close it").click()
    ines.reads("Closed: upheld")
    ines.page.goto(f"{office.url}/desk/")
    ines.presses("/")
    ines.types(maya.case.reference.lower().replace("-", " "))
    ines.presses("Enter")
    ines.page.get_by_role("button", name="Reopen").click()

    ines.reads("You have it")


def test_it_works_without_scripts(office, chromium):
    maya = office.maya_waits()
    ines = office.sits_down(chromium, java_script_enabled=False)
    ines.opens(maya.case.reference)
    ines.page.get_by_role("button", name="Take over").click()
    ines.page.get_by_label("Reply").fill("I'm here")
    ines.page.get_by_role("button", name="Send").click()
    ines.reads("I'm here")
    ines.page.locator("#back-panel summary").click()
    ines.page.locator("#back-panel textarea").fill(" ")
    ines.page.get_by_role("button", name="Hand back").click()

    ines.reads("hand it back with a note of what was said")


def test_whoever_is_locked_out_reads_until_when(office, chromium):
    page = office.stranger(chromium)
    page.goto(f"{office.url}/desk/")
    for _ in range(5):
        page.get_by_label("Sign-in name").fill("mira")
        page.get_by_label("Password").fill("wrong")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("try again at 10:15")


def test_a_session_ends_with_the_shift_and_with_the_password(office, chromium):
    ines, omar = office.sits_down(chromium), office.sits_down(chromium, "omar")
    office.core.people.change("omar", password="another long walk")
    omar.page.reload()
    expect(omar.page.get_by_label("Password")).to_be_visible()
    ines.page.reload()
    ines.reads("Queue")
    office.core.clock.advance(timedelta(hours=10))
    ines.page.reload()
    expect(ines.page.get_by_label("Password")).to_be_visible()


def test_signing_in_leads_to_the_page_that_was_wanted_and_never_elsewhere(office, chromium):
    reference = office.maya_waits().case.reference
    for wanted, arrives in (
        (f"/desk/cases/{reference}", f"/desk/cases/{reference}"),
        ("//elsewhere.example/desk/", "/desk/"),
        ("https://elsewhere.example", "/desk/"),
        ("/desk//elsewhere.example", "/desk/"),
    ):
        page = office.stranger(chromium)
        page.goto(f"{office.url}/desk/sign-in?next={wanted}")
        page.get_by_label("Sign-in name").fill("ines")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{office.url}{arrives}")


@pytest.mark.parametrize("how", [DESKTOP, {**PHONE, "color_scheme": "dark"}], ids=["desk", "phone"])
def test_axe_finds_nothing_and_nothing_hangs_over_the_edge(office, chromium: Browser, how):
    maya = office.maya_waits()
    office.somebody_is_in_danger()
    office.leroy_waits_for_a_call()
    office.core.conversations.receive(maya.id, "x" * 300, "client-1")
    page = office.stranger(chromium, **how)
    page.goto(f"{office.url}/desk/")
    assert troubles(page) == []
    ines = office.sits_down(chromium, "lena", **how)
    for path in ("", "call-backs", "team", "cases/XX-0000-X"):
        ines.page.goto(f"{office.url}/desk/{path}")
        assert troubles(ines.page) == []
    ines.opens(maya.case.reference)
    assert troubles(ines.page) == []
    ines.page.get_by_role("button", name="Take over").click()
    expect(ines.page.locator("#reply")).to_be_focused()
    for panel in ines.page.locator("details.panel > summary").all():
        panel.click()
    ines.page.get_by_role("button", name="Offer it").click()
    assert troubles(ines.page) == []
    assert ines.troubles == [] == ines.foreign_requests


def troubles(page) -> list[str]:
    """What axe has to say about the page, and whether it is wider than its window."""
    found = Axe().run(page).response["violations"]
    said = [
        f"{rule['id']}: {node['target']} {node['html'][:160]}"
        for rule in found
        for node in rule["nodes"]
    ]
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > page.viewport_size["width"]:
        said.append(f"{page.url} is {width} px wide")
    return said


def test_what_they_said_afterwards_stands_with_their_case(office, chromium):
    maya = office.maya_waits()
    now, case = office.core.clock.now(), maya.case
    with office.core.store.transaction() as session:
        session.add(FollowUp(
            case_reference=case.reference, promise_id=case.promises[0].id, asked_at=now,
            channels=["website"], answer="all_good", answered_at=now, outcome_score=5,
            treatment_score=4, scored_at=now, words="Ines was an angel & quick",
        ))  # fmt: skip
    ines = office.sits_down(chromium)

    ines.opens(case.reference)

    ines.reads("all good")
    ines.reads("5 of 5")
    ines.reads("4 of 5")
    ines.reads("Ines was an angel & quick")
