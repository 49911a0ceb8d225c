"""Every word a customer reads: kind, true, never a dead end, and in domain.yml alone."""

import ast
import re
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
import yaml

from complaints.about_offers import Asks
from complaints.enquiry import Finding
from complaints.first_reply import GENTLY, NEXT, PLAINLY
from complaints.follow_up import SCORES, FollowUpAnswer
from complaints.handoff import HandoffReason
from complaints.instructing import SHOP_CARRIES_OUT
from complaints.keeping import PROMISES_OF_PEOPLE
from complaints.policy import KINDS
from complaints.question import Question
from tests.core import ROOT, SHOP_POLICY
from tests.speaking import DANGERS, responses

HEATS = ("calm", "annoyed", "angry", "furious")


def spoken() -> Iterator[tuple[str, str]]:
    """Every variation of every response, and every sentence of policy.yml that is read out."""
    for name, variations in responses().items():
        for variation in variations:
            yield name, variation["text"]
    policy = yaml.safe_load(SHOP_POLICY)
    for kind, remedy in policy["remedies"].items():
        reasons = remedy.get("otherwise", {})
        for why, reason in (reasons if isinstance(reasons, dict) else {"": reasons}).items():
            yield f"policy.yml, {kind}, {why}", reason
        for part in ("label", "asks_of_you"):
            if part in remedy:
                yield f"policy.yml, {kind}, {part}", remedy[part]
    for name, category in policy["categories"].items():
        yield f"policy.yml, {name}", category["label"]


# What nobody may read, by the rule of conversation.md it breaks; and who may say it all the same.
NEVER = {
    "R2": [
        r"sorry (?:that )?you (?:feel|felt)", r"sorry (?:if|but)\b", r"inconvenience", r"unfortunately",
        r"i (?:fully |completely )?understand (?:your|how|that you)", r"know how you feel",
        r"valued? (?:your|customer)", r"feedback is", r"bear with", r"rest assured", r"calm down",
        r"apologi[sz]e for any", r"your call is", r"going forward", r"kindly",
    ],
    "R11": [
        r"polic(?:y|ies)\b", r"\bterms\b", r"\b(?:we|i) (?:can ?not|can't|can’t|are unable|am unable)",
        r"\bunable to", r"not (?:possible|eligible|entitled|covered|permitted|allowed)", r"impossible",
        r"\brefuse", r"\breject", r"\bdenied\b", r"\bno exceptions", r"rules (?:say|do not)",
    ],
    "R18": [
        r"\bsoon\b", r"shortly", r"\basap\b", r"in due course", r"at the earliest", r"as quickly as",
        r"(?:a few|some|several|in the coming) (?:days|hours|weeks)", r"in a while", r"eventually",
        r"\bcan't say\b", r"right away", r"immediately", r"business days",
    ],
    "R20": [
        r"(?:another|a different|the relevant|other) (?:team|department)", r"automated (?:system|process)",
        r"(?:that|this) is automated", r"\bcouriers?\b", r"\bcarriers?\b", r"\bsuppliers?\b",
        r"\b(?:the|our) (?:system|computer|software)", r"you (?:should|must|ought to) have",
        r"you (?:failed|forgot|neglected)", r"your (?:own )?(?:fault|mistake)",
        r"not our (?:fault|responsibility)", r"out of our (?:hands|control)",
    ],
    "R28": [
        r"\berror", r"exception", r"try (?:again|it again) later", r"technical (?:issue|problem|difficult)",
        r"\binternal\b", r"\binvalid\b", r"time[d]?[ -]?out", r"\bserver\b", r"\bdatabase\b", r"\bbug\b",
    ],
}  # fmt: skip
ALLOWED = {
    # Not blamed: they collect a thing.
    r"\bcouriers?\b": {"policy.yml, repair, asks_of_you"},
}


@pytest.mark.parametrize("rule", NEVER)
def test_no_sentence_breaks_a_rule_of_the_conversation(rule):
    broken = [
        f"{name} says “{found.group()}” in: {text}"
        for name, text in spoken()
        for phrase in NEVER[rule]
        if (found := re.search(phrase, text, re.IGNORECASE)) and name not in ALLOWED.get(phrase, ())
    ]

    assert not broken


@pytest.mark.parametrize(
    "rule, sentence",
    [
        ("R2", "I'm sorry you feel that way."),
        ("R2", "We apologise for any inconvenience caused."),
        ("R2", "I understand your frustration."),
        ("R11", "Unfortunately we cannot refund this under our terms."),
        ("R11", "Our policy does not cover that."),
        ("R18", "We'll get back to you as soon as possible."),
        ("R18", "It will arrive shortly."),
        ("R20", "That is for another team."),
        ("R20", "The courier lost it."),
        ("R20", "You should have kept the receipt."),
        ("R28", "An error occurred, try again later."),
    ],
)
def test_the_word_lists_catch_what_customers_are_used_to(rule, sentence):
    assert any(re.search(phrase, sentence, re.IGNORECASE) for phrase in NEVER[rule])


# Dates, amounts and other facts come from variables

EXAMPLES = {
    # Emergency numbers, and what our own numbers look like.
    "utter_danger_": ("999", "111", "116 123"),
    "utter_ask_order_number_again": ("W-12345",),
    "utter_ask_reference": ("KX-4821-M",),
    "utter_reference_slip": ("KX-4821-M",),
}
MONTHS_AND_DAYS = re.compile(
    r"\b(?:January|February|April|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|tomorrow|tonight)\b"
)


def test_every_date_and_amount_comes_from_a_variable():
    written = []
    for name, text in spoken():
        for prefix, examples in EXAMPLES.items():
            if name.startswith(prefix):
                for example in examples:
                    text = text.replace(example, "")
        if re.search(r"\d|[£€$%]", text) or MONTHS_AND_DAYS.search(text):
            written.append((name, text))

    assert not written


def test_nothing_is_promised_without_its_date():
    """A confirmation and an offer name by when, and what else they must not leave out."""
    needed = {
        f"utter_{part}_{kind}": {"by"} | ({"amount"} if "refund" in kind or kind == "voucher" else set())
        for part in ("option", "confirm")
        for kind in KINDS
    } | {"utter_goodwill": {"amount", "by"}, "utter_person_answers_by": {"due", "reference"},
         "utter_person_answers_by_closed": {"due", "reference"}, "utter_already_with_person": {"due"},
         "utter_reply_is_late": {"due"}, "utter_kept_for_person": {"due", "reference"},
         "utter_moved": {"was", "by"}, "utter_seen_to_by": {"due"},
         "utter_if_it_slips": {"reference"}, "utter_promise_moved_later": {"was"}, "utter_promise_moved_overdue": {"was"},
         "utter_promise_is_late": {"due"}, "utter_person_answers_by_busy": {"due", "reference"},
         "utter_person_answers_by_away": {"due", "reference"},
         **{f"utter_promise_{kind}": {"by"} for kind in PROMISES_OF_PEOPLE},
         "utter_status_with_person": {"due", "reference"}}  # fmt: skip

    lacking = {
        name: words - variables(variation["text"])
        for name, words in needed.items()
        for variation in responses()[name]
        if words - variables(variation["text"])
    }

    assert not lacking


def variables(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


# What must be there

NOT_ARRIVED = ("replacement_not_arrived", "full_refund_not_arrived", "partial_refund_not_arrived")
FAMILIES = {
    "utter_ask_": [
        *(f"{each}{again}" for each in Question for again in ("", "_again")),
        *(f"{finding}{again}" for finding in (Finding.ASK_REFERENCE, Finding.ASK_PROOF, Finding.ASK_FACTS)
          for again in ("", "_again")),
        *(f"{Finding.ASK_WHICH}{again}" for again in ("", "_again")),
        "confirmation_no_wish", "postcode_too", "email_too", "email_to_send", "email_to_send_again",
        "wish_in_time", "wish_in_time_again",
    ],
    "utter_why_": [*Question, Finding.ASK_REFERENCE, Finding.ASK_PROOF, Finding.ASK_FACTS, Finding.ASK_WHICH],
    "utter_sorry_": [
        f"{name}{item}" for name in yaml.safe_load(SHOP_POLICY)["categories"] for item in ("", "_with_item")
    ],
    "utter_sorry_too_": [name for name in yaml.safe_load(SHOP_POLICY)["categories"] if name != "other"],
    "utter_thanks_": HEATS,
    "utter_turn_to_": ("another", "money"),
    "utter_read_": ("deadline", "impact", "amount", "gist"),
    "utter_close_": ("deadline", "item"),
    "utter_option_": [*KINDS, "resend_part_named", "replacement_return_first", *NOT_ARRIVED],
    "utter_confirm_": [*KINDS, "resend_part_named", "replacement_return_first", *NOT_ARRIVED],
    "utter_remedy_": [*KINDS, *(f"{kind}_done" for kind in KINDS)],
    "utter_moved_because_": ("goods", "refund", "paper"),
    "utter_needs_person_": ("late_again", "shop_refused", "shop_silent", "overdue"),
    "utter_thing_": [*SHOP_CARRIES_OUT, "goodwill", "invitation", "return_label", "call_back", "written_apology"],
    "utter_promise_moved_": ("later", "earlier", "overdue"),
    "utter_reply_": [f"{how}{often}" for how in ("slips", "is_late") for often in ("", "_again", "_often")],
    "utter_promise_": [
        *PROMISES_OF_PEOPLE,
        *(f"{how}{often}" for how in ("slips", "is_late") for often in ("", "_again", "_often")),
    ],
    "utter_done_": [*SHOP_CARRIES_OUT, "goodwill", "invitation"],
    "utter_hand_off_": list(HandoffReason),
    "utter_person_answers_by": ("", "_closed", "_away", "_busy"),
    "utter_another_language_": ("de", "es", "fr", "it", "nl", "pl", "pt"),
    "utter_danger_": DANGERS,
    "utter_promised_": PROMISES_OF_PEOPLE,
    "utter_first_reply_next_": NEXT,
    "utter_first_reply_": (*GENTLY, *PLAINLY),
    "utter_status_": (
        "listening", "listening_untold", "listening_noted", "resolving", "moved", "done", "money_sent", "refused",
        "overdue", "with_person", "closed",
    ),
    "utter_proof_": ("failed", "failed_again", "not_found", "not_found_again"),
    "utter_proof_not_found": ("", "_again"),
    "utter_case_proof_failed": ("", "_again"),
    "utter_about_": [f"{each}{later}" for each in Asks for later in ("", "_later")],
    "utter_becomes_": ("replacement", "replacement_return_first", "full_refund", "partial_refund", "repair"),
    "utter_follow_up_": list(FollowUpAnswer),
    "utter_follow_up_about_": [*KINDS, "put_right"],
    "utter_score_": [str(score) for score in SCORES],
}  # fmt: skip
# Asked by its first words only when it was asked before: it needs no more than these.
NEVER_ASKED_FIRST = {"utter_ask_choice": "offers ask it"}


def family_names() -> set[str]:
    return {
        f"{prefix}{member}" for prefix, members in FAMILIES.items() for member in members
    } - set(NEVER_ASKED_FIRST)


@pytest.mark.parametrize("prefix", FAMILIES)
def test_whatever_the_code_may_say_is_there_to_be_said(prefix):
    missing = {name for name in family_names() if name.startswith(prefix)} - set(responses())

    assert not missing


def test_the_dangers_are_those_that_understanding_knows():
    heard = yaml.safe_load((ROOT / "nlu/room/danger.yml").read_text("utf-8"))

    assert set(heard) - {"none", "harmless", "not_danger", "no_danger"} == set(DANGERS)


def test_every_response_is_said_somewhere():
    unused = set(responses()) - family_names() - names_in_code()

    assert not unused


def test_everything_the_code_names_is_in_domain_yml():
    assert not names_in_code() - set(responses())


def test_every_family_of_names_in_the_code_is_listed_here():
    built = {prefix for path in SOURCES for prefix in prefixes_in(path)}

    assert not built - set(FAMILIES)


SOURCES = [
    *sorted((ROOT / "actions").glob("*.py")),
    *sorted((ROOT / "complaints").rglob("*.py")),
    *sorted((ROOT / "channels").rglob("*.py")),
    ROOT / "server.py",
]


def names_in_code() -> set[str]:
    """Responses named in full in the code."""
    return {
        node.value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"utter_\w*[a-z]", node.value)
    }


def prefixes_in(path: Path) -> Iterator[str]:
    """The beginnings of names that are put together: f"utter_why_{question}"."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        first = node.values[0] if isinstance(node, ast.JoinedStr) else None
        if isinstance(first, ast.Constant) and str(first.value).startswith("utter_"):
            yield first.value


# Said twice, in other words

SIDE_ANSWERS = (
    "utter_robot", "utter_what_i_do", "utter_out_of_scope", "utter_praise", "utter_youre_welcome",
    "utter_greet_back", "utter_greet_again", "utter_anger_heard", "utter_anger_heard_no_case",
    "utter_not_your_fault", "utter_never_mind", "utter_take_your_time", "utter_corrected",
    "utter_what_to_correct", "utter_added", "utter_noted", "utter_not_understood",
    "utter_not_understood_no_case", "utter_staying", "utter_which_one", "utter_case_proof_failed",
)  # fmt: skip


@pytest.mark.parametrize("name", SIDE_ANSWERS)
def test_what_people_hear_twice_has_other_words(name):
    assert len(responses()[name]) >= 2


@pytest.mark.parametrize("question", Question)
def test_a_question_asked_again_has_three_other_wordings(question):
    again = {v["text"] for v in responses()[f"utter_ask_{question}_again"]}
    first = {v["text"] for v in responses().get(f"utter_ask_{question}", [])}

    assert len(again) >= 3
    assert not again & first


def test_no_two_variations_are_the_same_or_part_of_one_another():
    """The second would be passed over as said already."""
    twins = [
        (name, one["text"])
        for name, variations in responses().items()
        for one, other in permutations(variations, 2)
        if one["text"] in other["text"]
    ]

    assert not twins


@pytest.mark.parametrize(
    "name", [n for n in responses() if n.startswith(("utter_confirm_", "utter_option_"))]
)
def test_where_precision_matters_there_is_one_wording(name):
    assert len(responses()[name]) == 1


def test_thanks_come_before_sorry_and_one_apology_is_enough():
    for name, text in spoken():
        assert len(re.findall(r"\b(?:sorry|apologi[sz]e)\b", text, re.IGNORECASE)) <= 1, name
        if "hank you" in text and "sorry" in text:
            assert text.index("hank you") < text.index("sorry"), name


# No words in Python

VOICES = {"utter_message", "say_text", "say", "say_choices", "lead", "phrase", "Reply", "Choice", "notice", "_says", "refusal"}  # fmt: skip
SENTENCE = re.compile(r"^[A-Z“][\w'’,;:()“” -]*\s[\w'’,;:()“” -]*\s[^{}]*[.?!]$")
# Read by managers, engineers, colleagues and the shop, never by a customer.
NOT_FOR_CUSTOMERS = ("policy_file", "policy_in_words.py", "policy.py", "demo_", "typical_customers.py", "http_orders.py", "order_json.py", "migrations", "slack_card.py", "slack_people.py", "report/")  # fmt: skip
TO_ENGINEERS = re.compile(r"Error$|^(?:NotFound|NotAllowed|Conflict|Undeliverable|OrdersUnavailable|MissingWords|print|exit|refuse|info|warning|error|exception|critical|debug|add_argument|ArgumentParser|add_parser|Field|skip)$")  # fmt: skip


def test_no_voice_is_given_words_of_its_own():
    given = [
        f"{path.relative_to(ROOT)}:{node.lineno} {argument.value!r}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and called(node) in VOICES
        for argument in [*node.args, *(k.value for k in node.keywords if k.arg != "limit")]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        if " " in argument.value.strip()
    ]

    assert not given


def test_no_sentence_for_customers_is_written_in_python():
    written = [
        f"{path.relative_to(ROOT)}:{line} {text}"
        for path in SOURCES
        if not any(part in str(path.relative_to(ROOT)) for part in NOT_FOR_CUSTOMERS)
        for line, text in sentences_in(ast.parse(path.read_text("utf-8")))
    ]

    assert not written


@pytest.mark.parametrize(
    "code, found",
    [
        ('say("We are sorry about that.")', 1),
        ('text = "Please send us your order number."', 1),
        ('"""What this module does, in a sentence."""', 0),
        ('raise NotFound("There is no case of that name.")', 0),
        ('log.info("The outbox is empty now.")', 0),
        ('verb = "accept_offer"', 0),
    ],
)
def test_the_search_for_sentences_finds_them(code, found):
    assert len(list(sentences_in(ast.parse(code)))) == found


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def sentences_in(tree: ast.AST, quiet: bool = False) -> Iterator[tuple[int, str]]:
    """Literals that read like a sentence, but for docstrings and what engineers are told."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        silent = (
            quiet
            or isinstance(node, ast.Raise | ast.Assert)
            or (isinstance(node, ast.Call) and bool(TO_ENGINEERS.search(called(node))))
        )
        text = node.value if isinstance(node, ast.Constant) and not silent else None
        if isinstance(text, str) and SENTENCE.match(text.strip()):
            yield node.lineno, text
        yield from sentences_in(node, silent)
