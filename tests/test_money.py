"""Money is exact, and never of two currencies at once."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints.errors import MoneyError
from complaints.money import Money

# A busy machine is slow, not wrong.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

pounds = st.decimals(-99999, 99999, places=2).map(Money)


@pytest.mark.parametrize(
    "written, read",
    [
        ("64.00", Money("64.00")),
        ("£64", Money("64.00")),
        ("£1,299.50", Money("1299.50")),
        ("64 GBP", Money("64.00")),
        ("EUR 5", Money("5.00", "EUR")),
        ("12.50 €", Money("12.50", "EUR")),
        ("US$3", Money("3.00", "USD")),
        (" 7 ", Money("7.00")),
        ("-£5.00", None),
        ("sixty", None),
        ("", None),
        ("5.00 apples", None),
        ("1.2.3", None),
        ("5.005", None),
    ],
)
def test_money_is_read_as_people_write_it(written, read):
    if read is None:
        with pytest.raises(MoneyError):
            Money.parse(written)
    else:
        assert Money.parse(written) == read


@pytest.mark.parametrize(
    "money, words",
    [
        (Money(64), "£64.00"),
        (Money("1299.5"), "£1,299.50"),
        (Money("-5.00"), "-£5.00"),
        (Money("12.50", "EUR"), "€12.50"),
        (Money(500, "JPY"), "JP¥500"),
    ],
)
def test_money_is_written_as_a_british_customer_reads_it(money, words):
    assert str(money) == words


@pytest.mark.parametrize("amount", [64.0, True, None, "NaN", "Infinity", "64.001", "sixty"])
def test_what_is_no_exact_amount_is_refused(amount):
    with pytest.raises(MoneyError):
        Money(amount)


def test_an_unknown_currency_is_refused():
    with pytest.raises(MoneyError, match="three letters, such as GBP"):
        Money(1, "QUID")


@pytest.mark.parametrize(
    "mix",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a < b,
        lambda a, b: a >= b,
        lambda a, b: max(a, b),
    ],
)
def test_currencies_are_never_mixed(mix):
    with pytest.raises(MoneyError, match="different currencies"):
        mix(Money(1, "GBP"), Money(1, "EUR"))


def test_the_same_amount_of_another_currency_is_not_the_same_money():
    assert Money(1, "GBP") != Money(1, "EUR")


def test_money_is_not_put_together_with_a_number():
    with pytest.raises(MoneyError):
        Money(1) + 1
    with pytest.raises(MoneyError):
        Money(1) * 0.5


def test_half_a_penny_goes_to_the_customer():
    assert Money("64.00").percent(30) == Money("19.20")
    assert Money("0.05").percent(50) == Money("0.03")
    assert Money("9.99").percent(Decimal("12.5")) == Money("1.25")
    assert Money(99, "JPY").percent(50) == Money(50, "JPY")


@given(pounds)
def test_money_survives_being_stored(money):
    assert Money.from_json(json.loads(json.dumps(money.as_json()))) == money


@given(pounds, pounds)
def test_adding_and_taking_away_again_changes_nothing(one, other):
    assert one + other - other == one
    assert one + -one == Money.zero()
    assert (one <= other) == (one.amount <= other.amount)


@given(pounds.filter(lambda money: money.amount >= 0), st.integers(1, 99))
def test_a_share_is_never_more_than_the_whole(price, share):
    assert Money.zero() <= price.percent(share) <= price
