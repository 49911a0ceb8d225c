"""What they tell the shop not to do is refused; what the shop will not do is still wished for."""

import pytest
from reading_table import table

test_told_not_to = table(
    "refused_remedy",
    [
        ("don't call me", ["call_back"]),
        ("dont ring me, email me", ["call_back"]),
        ("I don't want anyone to call me", ["call_back"]),
        ("I'd prefer not to have a call", ["call_back"]),
        ("I'd rather you didn't call me", ["call_back"]),
        ("your staff promised and please don't call me", ["call_back"]),
        ("please don't refund me, send the right one", ["full_refund"]),
        ("never mind the refund, just send the part", ["full_refund"]),
        ("you don't need to refund me", ["full_refund"]),
        ("no need to refund me", ["full_refund"]),
        ("rather than a refund I'd like it repaired", ["full_refund"]),
        ("please don't send another one", ["replacement"]),
        ("do not send a replacement", ["replacement"]),
        ("please don't repair it", ["repair"]),
        ("don't send me a voucher", ["voucher"]),
        ("don't you dare send me a voucher", ["voucher"]),
        ("stop offering me vouchers", ["voucher"]),
        ("I refuse to accept a voucher", ["voucher"]),
        ("a voucher is no use to me", ["voucher"]),
        ("voucher? no thanks", ["voucher"]),
        ("don't even think about offering me a voucher", ["voucher"]),
        ("I'd sooner have a refund than a replacement", ["replacement"]),
        ("I'd prefer a refund to a replacement", ["replacement"]),
        ("call off the replacement, i only want my money", ["replacement"]),
        ("i told ur agent i dont want replacement", ["replacement"]),
        ("not bothered about a refund, I want an apology", ["full_refund"]),
        ("I'll not be accepting a repair", ["repair"]),
        ("you can stick your voucher", ["voucher"]),
        ("I don't want to be called", ["call_back"]),
        ("ps don't phone, I'm deaf", ["call_back"]),
        ("returned it 10 days ago, no vouchers please", ["voucher"]),
    ],
)


@pytest.mark.parametrize(
    "typed",
    [
        "why don't you just refund me",
        "why won't you refund me",
        "you don't refund me",
        "you refuse to refund me",
        "you take my money and don't refund me",
        "can't you send another",
        "don't you do exchanges?",
        "if you don't refund me I'll go to court",
        "I'm not leaving without a refund",
        "I won't accept anything but a refund",
        "still no refund",
        "I've had no replacement",
        "don't just refund me, apologise too",
        "the replacement is useless",
        "he said you don't send replacements",
        "returned it 10 days ago, no refund",
        "don't forget my refund",
        "don't forget to call me",
        "can I not have a refund",
        "I got the refund but not the apology",
        "they told me I will not get a refund",
    ],
)
def test_what_the_shop_will_not_do_is_no_refusal_of_theirs(found, typed):
    assert "refused_remedy" not in found(typed)


@pytest.mark.parametrize(
    ("typed", "wished"),
    [
        ("please don't refund me, send the right one", ["replacement"]),
        ("never mind the refund, just send the part", ["resend_part"]),
        ("I won't accept anything but a refund", ["full_refund"]),
        ("still no refund", ["full_refund"]),
    ],
)
def test_what_they_want_instead_is_wished_for(found, typed, wished):
    assert found(typed)["remedy"] == wished
