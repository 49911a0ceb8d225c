"""What a policy may say, and that nothing reaches a customer that should not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from complaints.errors import NotFound, PolicyError
from complaints.money import Money
from complaints.policy import KINDS, Policy, main

HERE = Path(__file__).parent
GOOD = (HERE / "good_policy.yml").read_text()
BROKEN = yaml.safe_load((HERE / "broken_policies.yml").read_text())
SHOP = HERE.parent / "policy.yml"
SUNDAY = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)

CATEGORIES = {
    "damaged_item", "wrong_item", "missing_item", "late_delivery", "not_as_described",
    "wrong_charge", "poor_service", "account_problem", "other",
}  # fmt: skip


@pytest.fixture(scope="module")
def shop() -> Policy:
    return Policy.load(SHOP)


@pytest.mark.parametrize("broken", BROKEN, ids=[each["rule"] for each in BROKEN])
def test_a_broken_policy_is_refused_with_its_line_and_what_to_write(broken):
    text = edited(GOOD, broken["change"], broken["into"])
    if "also" in broken:
        text = edited(text, *broken["also"])

    with pytest.raises(PolicyError) as refused:
        Policy.from_text(text)

    expected = [broken["says"], *([broken["and"]] if "and" in broken else [])]
    assert list(refused.value.faults) == [f"policy.yml, line {says}" for says in expected]


def edited(text: str, change: str, into: str) -> str:
    assert text.count(change) == 1, f"{change!r} is there {text.count(change)} times"
    return text.replace(change, into)


def test_every_fault_is_told_at_once_in_the_order_of_the_lines():
    text = edited(GOOD, "label: a repair", "label: ''")
    text = edited(text, "currency: GBP", "currency: pounds")

    with pytest.raises(PolicyError) as refused:
        Policy.from_text(text)

    lines = [fault.split(":")[0] for fault in refused.value.faults]
    assert lines == ["policy.yml, line 16", "policy.yml, line 52"]
    assert str(refused.value) == "\n".join(refused.value.faults)


@pytest.mark.parametrize("nothing", ["", "# only a comment\n", "- a\n- list\n", "just words"])
def test_a_file_without_a_policy_says_so(nothing):
    with pytest.raises(PolicyError, match=r"line 1: there is no policy here; start from"):
        Policy.from_text(nothing)


def test_a_control_character_is_a_fault_and_no_crash():
    with pytest.raises(PolicyError, match="this cannot be read"):
        Policy.from_text(GOOD.replace("a repair", "a \x00 repair"))


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(PolicyError, match="does not exist; say where"):
        Policy.load(tmp_path / "policy.yml")


def test_money_in_the_file_never_becomes_a_float():
    policy = Policy.from_text(edited(GOOD, "per_case: 25.00", "per_case: 25.10"))
    assert policy.goodwill.per_case == Money("25.10")


def test_a_category_adds_to_what_holds_everywhere(shop):
    rules = shop.category("wrong_charge").hand_off_if
    assert rules.repeat and rules.order_over == Money("500.00")
    assert rules.claim_over == Money("50.00")
    assert shop.category("damaged_item").hand_off_if.claim_over is None


def test_a_category_may_except_itself_from_what_holds_everywhere():
    text = edited(GOOD, "hand_off_if: {claim_over: 50.00}", "hand_off_if: {repeat: no}")
    rules = Policy.from_text(text).category("wrong_charge").hand_off_if
    assert not rules.repeat and rules.order_cancelled


def test_what_people_may_give_is_told_in_words(shop):
    told = " ".join(shop.explain(SUNDAY).split())
    assert "an agent up to £50.00 worth, a lead up to £250.00, a manager up to £2,000.00" in told


def test_an_unknown_category_is_not_found(shop):
    with pytest.raises(NotFound, match="no category 'lost_temper'; it has damaged_item"):
        shop.category("lost_temper")


# The shop's own policy


def test_the_shop_has_every_category_and_every_remedy(shop):
    assert set(shop.categories) == CATEGORIES
    assert set(shop.remedies) == set(KINDS)


def test_only_complaints_on_no_list_always_go_to_a_person(shop):
    always = {name for name, each in shop.categories.items() if each.hand_off_if.always}
    assert always == {"other"}


def test_each_category_offers_at_least_two_ways(shop):
    for name, category in shop.categories.items():
        assert name == "other" or len(category.offer) >= 2


def test_a_replacement_never_waits_for_the_old_one(shop):
    assert not shop.remedies["replacement"].return_first


def test_reasons_hold_no_numbers_that_a_changed_limit_would_make_untrue(shop):
    for remedy in shop.remedies.values():
        for reason in remedy.otherwise.values():
            assert not any(sign.isdigit() for sign in reason), reason


def test_every_category_is_told_to_the_manager_by_its_label(shop):
    told = shop.explain(SUNDAY)
    for category in shop.categories.values():
        assert category.label.upper() in told


def test_the_manager_reads_dates_worked_out_from_today(shop):
    told = shop.explain(SUNDAY)
    assert "Dates are those we would tell Sunday 22 November." in told
    assert "1. a replacement, by Friday 27 November (keep or recycle the one you have)" in one_line(
        told
    )
    assert "2. a full refund (£64.00), by Tuesday 1 December" in told
    assert "Monday 28 December (Boxing Day (observed))" in told


def test_the_manager_reads_every_reason_a_customer_may_hear(shop):
    told = one_line(shop.explain(SUNDAY))
    for remedy in shop.remedies.values():
        for reason in remedy.otherwise.values():
            assert f"“{reason}”" in told


def test_a_changed_share_changes_what_the_manager_reads():
    before = Policy.from_text(GOOD).explain(SUNDAY)
    after = Policy.from_text(edited(GOOD, "{partial_refund: 30%}", "{partial_refund: 50%}"))
    assert "(£19.20)" in before
    assert "(£32.00)" in after.explain(SUNDAY)


def test_a_shop_in_another_currency_is_told_in_it():
    assert "(€64.00)" in Policy.from_text(edited(GOOD, "GBP", "EUR")).explain(SUNDAY)


def test_no_line_of_the_explanation_is_too_wide_to_read(shop):
    assert max(map(len, shop.explain(SUNDAY).splitlines())) <= 100


def test_make_policy_prints_the_policy(capsys):
    assert main([str(SHOP)]) == 0
    assert "WHAT WE OWE A CUSTOMER WHO COMPLAINS" in capsys.readouterr().out


def test_make_policy_fails_on_a_broken_file_and_prints_its_faults(tmp_path, capsys):
    path = tmp_path / "policy.yml"
    path.write_text(edited(GOOD, "per_case: 25.00", "per_case: much"))

    assert main([str(path)]) == 1

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "one thing to mend" in printed.err
    assert "policy.yml, line 17: goodwill: per_case is 'much'" in printed.err


def test_a_policy_is_the_same_for_everybody_while_it_runs(shop):
    with pytest.raises(AttributeError):
        shop.follow_up_after = None


def one_line(text: str) -> str:
    return " ".join(text.split())
