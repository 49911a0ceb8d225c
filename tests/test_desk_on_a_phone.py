"""Every page of the desk on a phone of 390 px, by day and by night: axe finds nothing to say.

The pages are those of the table in `test_desk_who.py`, so a new one is looked at by itself.
"""
# ruff: noqa: F811  (fixtures are imported by name)

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from tests.office import PHONE, Office, office, open_office  # noqa: F401
from tests.test_desk_page import troubles
from tests.test_desk_who import TABLE, OmarsCase

NO_PAGES = {  # a file, a stream, a picture, a way to another page
    "/static/desk.css", "/live", "/photos/{number}", "/report.csv", "/cases",
}  # fmt: skip
PAGES = sorted(
    path
    for method, path in (route.split() for route in TABLE)
    if method == "GET" and path not in NO_PAGES
)


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing_on_a_phone(office: Office, chromium: Browser, page: str, light: str):
    place = OmarsCase(office.core)
    office.somebody_is_in_danger()
    office.leroy_waits_for_a_call()
    asked = f"?{urlencode(place.asked(page) or {})}"
    address = f"{office.url}/desk{page.replace('{reference}', place.case.reference)}{asked}"
    how = {**PHONE, "color_scheme": light}
    if page == "/sign-in":
        shown = office.stranger(chromium, **how)
    else:
        shown = office.sits_down(chromium, "mira", **how).page

    shown.goto(address)

    assert shown.url.split("?")[0] == address.split("?")[0]
    assert troubles(shown) == []


@pytest.mark.parametrize("light", ["light", "dark"])
def test_axe_finds_nothing_in_a_case_that_is_open_in_hand_or_closed(
    office: Office, chromium: Browser, light: str
):
    maya = office.maya_waits()
    office.core.people.set_available("ines", True)
    ines = office.sits_down(chromium, **{**PHONE, "color_scheme": light})
    ines.opens(maya.case.reference)
    assert troubles(ines.page) == []
    book, reference = office.core.casebook, maya.case.reference
    book.take_over(reference, "ines", "k1")
    book.reply(reference, "ines", "Hello Maya.", "k2")
    book.correct_fact(reference, "ines", "story", "the lid does not close either", "k3")
    ines.page.reload()
    for panel in ines.page.locator("details > summary").all():
        panel.click()
    assert troubles(ines.page) == []
    book.close(reference, "ines", "upheld", "it came broken", "packed badly", "k4")
    ines.page.reload()
    assert troubles(ines.page) == []
    office.core.people.set_available("ines", False)
