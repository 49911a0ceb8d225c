"""The casebook: the one door to cases. Every verb is one transaction, and can be repeated.

A verb is called with the customer's message that caused it; called again with the same one,
it changes nothing and gives the same answer. The shop is asked between transactions, never
inside one: a slow shop must not hold the database.
"""

from complaints.casebook.deciding import Deciding
from complaints.casebook.following_up import FollowingUp
from complaints.casebook.fulfilling import Fulfilling
from complaints.casebook.handing_over import HandingOver
from complaints.casebook.intake import Intake
from complaints.casebook.letting_go import LettingGo
from complaints.casebook.overseeing import Overseeing
from complaints.casebook.promising import Promising
from complaints.casebook.resolving import Resolving
from complaints.casebook.telling import Telling
from complaints.casebook.watching import Watching
from complaints.casebook.writing import Writing
from complaints.clock import Clock
from complaints.orders import open_order_book
from complaints.policy import Policy
from complaints.settings import Settings
from complaints.store import Store
from complaints.words import Words

__all__ = ["Casebook", "open_casebook"]


class Casebook(
    Intake,
    Resolving,
    Fulfilling,
    HandingOver,
    Telling,
    FollowingUp,
    Writing,
    LettingGo,
    Deciding,
    Promising,
    Watching,
    Overseeing,
):
    """All that can be done with a case. Raises OrdersUnavailable when the shop cannot be asked."""


def open_casebook(settings: Settings, clock: Clock) -> Casebook:
    """The casebook of this installation. Raises PolicyError when policy.yml cannot be followed."""
    policy = Policy.load(settings.policy_file)
    orders = open_order_book(
        settings.orders_url,
        settings.orders_token,
        lambda: policy.calendar.today(clock.now()),
        settings.demo_shop_file,
    )
    return Casebook(
        Store(settings.database_url),
        policy,
        orders,
        clock,
        Words.load(settings.words_file),
        settings.told_of_handoffs,
    )
