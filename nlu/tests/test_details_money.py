"""Amounts of money are found with a unit or without, and other numbers are left alone."""

from reading_table import table


def pounds(amount):
    return {"amount": amount, "currency": "GBP"}


def dollars(amount):
    return {"amount": amount, "currency": "USD"}


test_money = table(
    "money",
    [
        ("I paid £64.00", [pounds("64.00")]),
        ("£1,204.50 gone", [pounds("1204.50")]),
        ("sixty quid", [pounds("60.00")]),
        ("twenty-five pounds", [pounds("25.00")]),
        ("a hundred and ten pounds", [pounds("110.00")]),
        ("20 pounds", [pounds("20.00")]),
        ("it cost a tenner", [pounds("10.00")]),
        ("$45.99 twice", [dollars("45.99")]),
        ("Rs. 1299", [{"amount": "1299.00", "currency": "INR"}]),
        ("12,50 €", [{"amount": "12.50", "currency": "EUR"}]),
        ("charged me 45.99 twice", [pounds("45.99")]),
        ("I paid 64 for it", [pounds("64.00")]),
        ("99p", [pounds("0.99")]),
        (
            "£20 and £30",
            [pounds("20.00"), pounds("30.00")],
        ),
        ("charged 3 times", []),
        ("it weighs 5 pounds of flour", []),
        ("order no. 10482", []),
        ("it came at 10.30", []),
        ("I want my money back", []),
        ("a refund of 40 dollars", [dollars("40.00")]),
        ("50 dollers", [dollars("50.00")]),
        (
            "Rs 1299 or 1299 rupees",
            [{"amount": "1299.00", "currency": "INR"}, {"amount": "1299.00", "currency": "INR"}],
        ),
        ("750/- was cut", [{"amount": "750.00", "currency": "INR"}]),
        ("six dollars and twenty cents", [dollars("6.20")]),
        ("five pounds and 20 pence", [pounds("5.20")]),
        ("eight pounds fifty", [pounds("8.50")]),
        ("3 hundred dollars", [dollars("300.00")]),
        ("two grand", [pounds("2000.00")]),
        ("£20—£30", [pounds("20.00"), pounds("30.00")]),
        ("the grand total", []),
        ("orders 5 and 6", []),
        ("I paid £64-50 for it", [pounds("64.50")]),
        ("spent £12 50 on postage", [pounds("12.50")]),
        ("£45-99", [pounds("45.99")]),
        ("between £20-30", [pounds("20.00")]),
        ("a hundred and twenty quid", [pounds("120.00")]),
        ("twenty nine ninety nine pounds", [pounds("29.99")]),
        ("forty five pounds fifty for the lamp", [pounds("45.50")]),
        ("1.299,00 €", [{"amount": "1299.00", "currency": "EUR"}]),
        ("Rs 1.5 lakh", [{"amount": "150000.00", "currency": "INR"}]),
    ],
)

test_prices = table(
    "money",
    [
        ("they took a charge of 38 I never agreed to", [pounds("38.00")]),
        ("charged me 85 instead of 65", [pounds("85.00")]),
        ("you overcharged me 12", [pounds("12.00")]),
        ("the total came to 120", [pounds("120.00")]),
        ("it came to 45 in the end.", [pounds("45.00")]),
        ("the bill was 85", [pounds("85.00")]),
        ("transfer 70 to my other card", [pounds("70.00")]),
        ("spent more than 200 on this", [pounds("200.00")]),
        ("anything below 90 would do", [pounds("90.00")]),
        ("bought it for 35 and it broke", [pounds("35.00")]),
        ("the hob was listed at 799", [pounds("799.00")]),
        ("I want my 45 back", [pounds("45.00")]),
        ("9000 was debited", [pounds("9000.00")]),
        ("it costs 9.15", [pounds("9.15")]),
        ("I paid $50, refund me 30", [dollars("50.00"), dollars("30.00")]),
        ("3 november 64", [pounds("64.00")]),
        ("nov 3 at 5pm and 120.50", [pounds("120.50")]),
        ("I paid on the 15th", []),
        ("charged twice", []),
        ("I was charged for 2 but got 1", []),
        ("refund for 2 shirts", []),
        ("I spent 40 minutes on hold", []),
        ("paid 2 weeks ago", []),
        ("bought it for 3 people", []),
        ("bill 40417", []),
        ("my invoice 40417 is wrong", []),
        ("a total of 3 missing", []),
        ("it's 9.15 and still nobody came", []),
        ("since update 14.10 it crashes", []),
        ("the rate was 1.17", []),
        ("3 november 10482", []),
        ("3 november 2026", []),
        ("on 3 november 2", []),
        ("I paid a hundred and twenty", [pounds("120.00")]),
        ("it cost me twenty nine ninety nine", [pounds("29.99")]),
        ("you charged me forty five twice", [pounds("45.00")]),
        ("you owe me fifty", [pounds("50.00")]),
        ("a refund of thirty", [pounds("30.00")]),
        ("paid one of them", []),
        ("you owe me one", []),
        ("spent forty minutes on hold", []),
        ("I was charged five times", []),
    ],
)
