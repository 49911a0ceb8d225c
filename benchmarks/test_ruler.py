"""The ruler itself: what counts as found, and how counts become figures."""

import math

import pytest

from benchmarks.ruler.details import measure_details
from benchmarks.ruler.meaning import measure_categories, measure_complaints
from benchmarks.ruler.rows import DAY_OF_THE_ROWS, Answers, Ruler
from benchmarks.ruler.scores import Measured, macro_f1, share, tallies


def figure(measured: Measured, name: str) -> float:
    return next(figure.value for figure in measured.figures if figure.name == name)


def asked(answers: dict[str, dict], **rows: list[dict]) -> tuple[Ruler, Answers]:
    """A ruler of these rows alone, and what a pipeline answered to each text."""
    names = [name for name in Ruler.__dataclass_fields__]
    ruler = Ruler(**{name: rows.get(name, []) for name in names})
    silent = {"intent": {"name": "nlu_fallback"}, "entities": [], "also": [], "sentences": []}
    questions = [(text, DAY_OF_THE_ROWS) for text in answers]
    return ruler, Answers(
        questions, [{"text": text, **silent, **answer} for text, answer in answers.items()]
    )


def found(entity: str, value: object, text: str, words: str) -> dict:
    start = text.index(words)
    return {"entity": entity, "value": value, "start": start, "end": start + len(words)}


def marked(kind: str, text: str, words: str, normalized: object = None) -> dict:
    start = text.index(words)
    return {
        "type": kind,
        "value": words,
        "span": [start, start + len(words)],
        "normalized": normalized,
    }


def measure_one(text: str, gold: list[dict], entities: list[dict]) -> Measured:
    row = {"text": text, "source": "a shop", "gold": gold}
    return measure_details(*asked({text: {"entities": entities}}, details=[row]))


def test_a_class_nobody_guessed_still_weighs_in_the_mean() -> None:
    classes = tallies(["late", "late", "broken"], ["late", "late", "late"])

    assert classes["late"].precision == pytest.approx(2 / 3)
    assert classes["broken"].f1 == 0
    assert macro_f1(classes.values()) == pytest.approx(0.4)


def test_a_share_of_nothing_is_no_number() -> None:
    assert math.isnan(share(0, 0))


@pytest.mark.parametrize(
    ("words", "normalized", "value", "right"),
    [
        ("15 th june", None, "2021-06-15", True),  # whatever year
        ("15 th june", None, "2021-06-05", False),
        ("may 2 2018", None, "2018-05-02", True),
        ("may 2 2018", None, "2021-05-02", False),
        (
            "29th",
            {"day": 29, "month": 3, "year": 2022},
            "2022-01-29",
            True,
        ),  # only the day was said
        ("9 days ago", {"day": 6, "month": 3, "year": 2022}, "2022-03-06", True),
        ("9 days ago", {"day": 6, "month": 3, "year": 2022}, "2022-03-07", False),
        ("9/3/2019", {"day": 9, "month": 3, "year": 2019}, "2019-09-03", False),
    ],
)
def test_a_date_is_right_when_it_says_what_the_customer_said(
    words: str, normalized: object, value: str, right: bool
) -> None:
    text = f"it broke {words} at home"

    measured = measure_one(
        text, [marked("date", text, words, normalized)], [found("date", value, text, words)]
    )

    assert figure(measured, "date: recall") == right


def test_money_in_the_wrong_currency_is_missed_and_wrongly_found() -> None:
    text = "i paid 20 dollars"
    gold = [marked("amount", text, "20 dollars", {"amount": 20.0, "currency": "USD"})]
    rupees = [found("money", {"amount": "20.00", "currency": "INR"}, text, "20 dollars")]

    measured = measure_one(text, gold, rupees)

    assert (figure(measured, "money: precision"), figure(measured, "money: recall")) == (0, 0)


def test_a_phone_number_is_the_same_with_and_without_its_country() -> None:
    text = "ring (892) 544-5855"

    measured = measure_one(
        text,
        [marked("phone", text, "(892) 544-5855")],
        [found("phone", "+18925445855", text, "(892) 544-5855")],
    )

    assert figure(measured, "phone: F1") == 1


def test_a_booking_reference_found_as_an_order_number_is_no_mistake() -> None:
    text = "booking HNG987, order 10482"
    gold = [marked("booking_ref", text, "HNG987"), marked("order_number", text, "10482")]
    numbers = [
        found("order_number", "HNG987", text, "HNG987"),
        found("order_number", "10482", text, "10482"),
    ]

    assert figure(measure_one(text, gold, numbers), "order number: precision") == 1


def test_an_unexpected_answer_counts_against_no_other_category() -> None:
    rows = [
        {
            "text": "never came",
            "label": "late_or_missing_delivery",
            "mapping": "direct",
            "source_label": "",
        },
        {
            "text": "charged twice",
            "label": "billing_or_refund",
            "mapping": "direct",
            "source_label": "",
        },
    ]
    heard = {
        "never came": {"intent": {"name": "complain_wrong_item"}},
        "charged twice": {"intent": {"name": "complain_wrong_charge"}},
    }

    measured = measure_categories(
        *asked(
            {text: {**answer, "intent_ranking": []} for text, answer in heard.items()},
            categories=rows,
        )
    )

    assert figure(measured, "billing_or_refund: F1") == 1
    assert figure(measured, "late_or_missing_delivery: recall") == 0
    assert figure(measured, "macro F1, all rows") == 0.5


def test_the_safety_net_opens_a_case_but_is_no_understanding() -> None:
    story = (
        "it was all going so well until the man came round and then it was not going well at all"
    )

    measured = measure_complaints(*asked({story: {}}, openers=[{"text": story}]))

    assert figure(measured, "opens a case: recall") == 1
    assert figure(measured, "heard as one, nets apart: recall") == 0


def test_a_free_threshold_lets_no_more_false_alarms_through_than_it_says() -> None:
    def ranked(name: str, confidence: float) -> dict:
        return {
            "intent_ranking": [
                {"name": name, "confidence": confidence},
                {"name": "complain", "confidence": 0.1},
            ]
        }

    answers = {
        "broken": ranked("complain_damaged_item", 0.6),
        "late": ranked("greet", 0.8),
        "hello": ranked("greet", 0.9),
    }

    measured = measure_complaints(
        *asked(
            answers,
            openers=[{"text": "broken"}, {"text": "late"}],
            not_complaints=[{"text": "hello", "label": "greeting"}],
        )
    )

    assert figure(measured, "heard by sum, at 0.08 false alarms: recall") == 0.5
