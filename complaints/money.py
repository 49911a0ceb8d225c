"""Money: an exact amount and its currency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale
from babel.numbers import format_currency, get_currency_precision

from complaints.errors import MoneyError

SYMBOLS = {"£": "GBP", "€": "EUR", "$": "USD", "₹": "INR", "US$": "USD"}

_AMOUNT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


@dataclass(frozen=True, init=False)
class Money:
    """An amount in one currency, exact to its smallest coin.

    Written as `Money("64.00")` or `Money("64.00", "EUR")`. A float is refused: 0.1 + 0.2 of
    a pound is not 0.3, and the customer who is a penny short is right to complain again.
    Raises MoneyError for an unknown currency, a fraction of a coin, or words.
    """

    amount: Decimal
    currency: str

    def __init__(self, amount: Decimal | int | str, currency: str = "GBP") -> None:
        if isinstance(amount, bool) or not isinstance(amount, Decimal | int | str):
            raise MoneyError(
                f"{amount!r} is a {type(amount).__name__}; write money as text, such as '64.00'."
            )
        try:
            exact = Decimal(amount)
        except InvalidOperation:
            raise MoneyError(f"{amount!r} is not an amount; write it like 64.00.") from None
        coin = smallest_coin(currency)
        if not exact.is_finite() or exact != exact.quantize(coin):
            raise MoneyError(f"{amount} {currency} cannot be paid; the smallest coin is {coin}.")
        object.__setattr__(self, "amount", exact.quantize(coin))
        object.__setattr__(self, "currency", currency)

    @classmethod
    def zero(cls, currency: str = "GBP") -> Money:
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: str = "GBP") -> Money:
        """Read "£64", "64.00", "1,299.00 EUR" or "GBP 5"; `currency` is for bare numbers."""
        words = text.strip().replace("\N{NO-BREAK SPACE}", " ")
        number = _AMOUNT.search(words)
        if number is None:
            raise MoneyError(f"'{text}' is not an amount of money; write it like £64.00.")
        around = (words[: number.start()] + words[number.end() :]).strip()
        named = SYMBOLS.get(around, around.upper()) if around else currency
        if not is_currency(named):
            raise MoneyError(f"'{text}' is not an amount of money; write it like £64.00.")
        return cls(number.group().replace(",", ""), named)

    @classmethod
    def from_json(cls, value: Mapping[str, str]) -> Money:
        return cls(value["amount"], value["currency"])

    def as_json(self) -> dict[str, str]:
        """Plain text for a database column or a message; `from_json` reads it back exactly."""
        return {"amount": str(self.amount), "currency": self.currency}

    def percent(self, share: Decimal | int) -> Money:
        """`share` hundredths of this amount, half a coin rounded up in favour of the customer."""
        if isinstance(share, float):
            raise MoneyError(f"{share!r} percent is a float; write it as Decimal or int.")
        part = (self.amount * Decimal(share) / 100).quantize(
            smallest_coin(self.currency), rounding=ROUND_HALF_UP
        )
        return Money(part, self.currency)

    def __str__(self) -> str:
        return format_currency(self.amount, self.currency, locale="en_GB")

    def __bool__(self) -> bool:
        return self.amount != 0

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __mul__(self, times: int) -> Money:
        if isinstance(times, bool) or not isinstance(times, int):
            raise MoneyError(f"Money is multiplied by a whole number, not by {times!r}.")
        return Money(self.amount * times, self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._same(other)

    def _same(self, other: Money) -> Decimal:
        if not isinstance(other, Money):
            raise MoneyError(f"{self} was put together with {other!r}, which is not money.")
        if other.currency != self.currency:
            raise MoneyError(f"{self} and {other} are different currencies; change one first.")
        return other.amount


def is_currency(code: str) -> bool:
    return code in _currencies()


@lru_cache
def smallest_coin(currency: str) -> Decimal:
    """0.01 for GBP, 1 for JPY. Raises MoneyError for a currency nobody uses."""
    if not is_currency(currency):
        raise MoneyError(f"'{currency}' is not a currency; write its three letters, such as GBP.")
    return Decimal(1).scaleb(-get_currency_precision(currency))


@lru_cache
def _currencies() -> frozenset[str]:
    return frozenset(Locale("en", "GB").currencies)
