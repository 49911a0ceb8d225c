"""Listening: everything a message says goes into the case, whatever was being asked (R7)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from complaints import about_offers, lacking, naming, noting, own_words, proving, speech_acts
from complaints.case import Case
from complaints.heard import TELLING, Heard
from complaints.orders import Order
from complaints.question import Question

# Questions after the order, and what answers them.
_WHO = (Question.ORDER_NUMBER, Question.PROOF, Question.EMAIL_AND_POSTCODE, Question.EMAIL)
_WHO_DETAILS = frozenset(["email", "postcode"])
_ORDER_DETAILS = _WHO_DETAILS | {"order_number"}
_SHORT = 3  # words; shorter is no story by itself
_A_NUMBER = re.compile(r"\b[A-Za-z]{0,3}[-\s#]?\d{4,}\b")
_A_CODE = re.compile(r"\s*(?=[A-Za-z-]*\d)[A-Za-z\d-]{5,14}[.!\s]*")  # "XK2P9F", and no more
_LONG = 6  # words; nobody says so many for nothing
WANTS = ("express_wish", "accept_offer", "decline_offers", "ask_other_offers")


@dataclass
class TakenIn:
    """What one message added to a case."""

    learned: set[str] = field(default_factory=set)  # fields that are new or changed
    answered: Question | None = None
    proof: str | None = None  # proved, failed, not_found
    familiar: bool = False  # it said something, though nothing that was new


def take_in(case: Case, heard: Heard, named: Order | None, candidates: Sequence[Order]) -> TakenIn:
    """Writes into the case what the message says.

    1. Every detail, in any order, whatever was asked.
    2. If it answers the open question, its words are the answer.
    3. If it shows that the order is theirs, that is noted.

    `named` is the shop's order of the number they gave, if there is one.
    """
    taken = TakenIn(familiar=bool(heard.details))
    if proving.is_a_code_of_another_land(case, heard, named):
        heard = heard.reading("order_number", as_="postcode")
    lacking.note(case, heard.words)
    if speech_acts.wants_nothing(heard.words):
        case.without.append(Question.WISH)
    if lacking.keeps_contact_back(heard.words):
        taken.familiar = True
        case.without += [Question.ORDER_NUMBER, Question.EMAIL_AND_POSTCODE, Question.EMAIL]
    question = Question(case.pending) if case.pending else None
    case.heat = max(case.heat, heard.heat)
    case.danger = heard.danger or case.danger
    noting.note_details(case, heard, taken.learned)
    if proving.correct_line(case, heard, named):
        taken.learned.add("sku")
        noting.clear_the_table(case)
    noting.note_category(case, heard, taken.learned)
    if heard.words:
        _note_story(case, heard, question, taken)
        _note_phrases(case, heard, question, taken)
        if question and not heard.is_aside:
            _take_answer(question, case, heard, taken)
    taken.proof = proving.try_proof(
        case, heard, named, question, taken.learned
    ) or proving.try_candidates(case, candidates, question, taken.learned)
    order = named or next((o for o in candidates if o.number == case.order_number), None)
    if proving.recognise_line(case, order):
        taken.learned.add("sku")
    if question and taken.answered is None and _answered_by_details(question, taken):
        taken.answered = question
    return taken


def recall(case: Case, before: Sequence[str]) -> None:
    """What nobody understood before there was a case is told, and need not be told again (R6)."""
    told = [each for each in before if len(each.split()) >= _SHORT and each not in case.story]
    case.story[:0] = told
    if told and not case.gist:
        case.gist = own_words.gist(told[0])


def _note_story(case: Case, heard: Heard, question: Question | None, taken: TakenIn) -> None:
    """Keeps what happened, word for word; a wish that was asked for is no part of it."""
    if question is Question.WISH and _is_a_wish(case, heard):
        return
    adds = speech_acts.sets_right(heard.words) or speech_acts.tells_what_they_tried(heard.words)
    adds = adds and question is Question.WISH and not _ORDER_DETAILS & set(heard.details)
    tells = heard.categories or heard.intent in TELLING or adds
    if case.story and question in _WHO and _goes_on_telling(heard):
        tells = True
    if case.story and question in _WHO and set(heard.details) & _WHO_DETAILS:
        tells = False  # "I ordered with maya@… and it was sent to …" answers, it tells nothing
    if not case.story and not tells and _is_a_story(heard, question):
        tells = question is Question.STORY or heard.has_more_than_details
    if tells and heard.words not in case.story:
        case.story.append(heard.words)
        case.gist = case.gist or own_words.gist(heard.words, heard.sentences)
        taken.learned.add("story")


def _note_phrases(case: Case, heard: Heard, question: Question | None, taken: TakenIn) -> None:
    """Keeps what it cost them, what broke, and what they want, in their own words."""
    words = heard.words
    if (found := own_words.impact(words)) and not case.impact:
        case.impact = found
        taken.learned.add("impact")
    if (damage := own_words.damage(words)) and not case.damage:
        case.damage = {"thing": damage.thing, "state": damage.state}
    asked = question in (Question.WISH, Question.CONFIRMATION, Question.CHOICE)
    if case.wish or asked or heard.intent == "wait":
        return
    wished = own_words.wish(words, heard.sentences)
    if not wished and "wish_kinds" in taken.learned and not heard.categories:
        wished = own_words.trimmed(words)
    elif not wished and heard.intent == "express_wish" and not heard.categories:
        wished = own_words.bare_wish(words)
    says_so = own_words.demands(words) or "express_wish" in (heard.intent, *heard.also)
    if wished and (case.wish_kinds or says_so):
        case.wish = wished
        taken.learned.add("wish")


def _take_answer(question: Question, case: Case, heard: Heard, taken: TakenIn) -> None:
    words = heard.words
    if question is Question.WISH and _is_a_wish(case, heard) and not speech_acts.is_unsure(words):
        case.wish = own_words.trimmed(words, most=400)
        taken.answered = question
    elif question in (Question.ORDER_NUMBER, Question.WISH) and speech_acts.is_unsure(words):
        case.without.append(question)
        taken.answered = question
    elif question is Question.CATEGORY and (heard.categories or heard.leaning):
        case.category = case.category or (heard.leaning or ("other", 0))[0]
        if words not in case.story:
            case.story.append(words)
        taken.answered = question
    elif (
        question is Question.CONFIRMATION
        and heard.intent not in ("affirm", "deny")
        and _says_something(heard)
        and not speech_acts.agrees(heard.words)
        and ("wish_kinds" in taken.learned or not naming.says_wish_again(case, heard))
    ):
        _take_correction(case, heard, taken)
        taken.answered = question
    elif question is Question.ORDER_NUMBER and not case.order_number and not heard.details:
        digits = _A_CODE.fullmatch(words) or _A_NUMBER.search(own_words.without_years(words))
        if digits:
            case.order_number = digits[0].strip(" .!").upper()
            taken.learned.add("order_number")
    elif question is Question.ITEM and not case.sku:
        case.item = own_words.trimmed(words, most=80)
    elif question is Question.PHONE and not case.phone:
        digits_only = re.sub(r"[^\d+]", "", words)
        if len(digits_only) >= 7:
            case.phone = digits_only
            taken.answered = question


def _take_correction(case: Case, heard: Heard, taken: TakenIn) -> None:
    """What they put right goes where it belongs, and nowhere else."""
    tells = " " in heard.words and not heard.only_identifies  # "both!" alone is no part of it
    wishes = heard.intent in WANTS or "remedy" in heard.details or own_words.wish(heard.words)
    if wishes and "sku" not in taken.learned:
        case.wish = own_words.trimmed(heard.words, most=400)
        case.without.append(Question.CONFIRMATION)  # the offers come next, and quote it
        taken.learned.add("wish")
    elif tells and not taken.learned and heard.words not in case.story:
        case.story.append(heard.words)
        taken.learned.add("story")


def _is_a_story(heard: Heard, question: Question | None) -> bool:
    if heard.intent in ("affirm", "deny", "complain") or heard.is_aside:
        return False  # "I want to make a complaint" tells nothing of it yet
    if heard.intent in ("correct", "inform") and not heard.has_more_than_details:
        return False  # "it was ordered last Tuesday" is a detail of one
    if heard.intent == "correct" and question is not None:
        return False  # with nothing said before, there is nothing to correct
    if heard.intent == "express_wish" and not heard.categories:
        return False
    return len(heard.words.split()) >= _SHORT


def _goes_on_telling(heard: Heard) -> bool:
    """Whether something is told that nobody understood, while we ask whose order it is."""
    told = len(heard.words.split()) >= _LONG and not heard.only_asks
    return told and heard.intent in ("nlu_fallback", "complain") and not heard.details


def _is_a_wish(case: Case, heard: Heard) -> bool:
    if heard.is_aside or heard.only_identifies or heard.intent in ("affirm", "deny"):
        return False
    if not _says_something(heard) or lacking.lacks_order_number(heard.words):
        return False
    if "refused_remedy" in heard.details and not (
        "remedy" in heard.details or own_words.wish(heard.words)
    ):
        return False  # "I don't want a voucher" says what it is not
    if about_offers.asked(heard) or naming.comes_back_to_it(case, heard):
        return False
    if speech_acts.names_no_wish(heard.words) and "remedy" not in heard.details:
        return False
    if heard.intent == "out_of_scope" and heard.words.endswith("?"):
        return False
    says_so = bool(own_words.wish(heard.words) or {"remedy", "money"} & set(heard.details))
    if heard.only_asks and not (says_so or speech_acts.requests(heard.words)):
        return False  # "is it raining there?"
    if heard.intent == "correct" and "remedy" not in heard.details:
        says_so = bool(own_words.wish(heard.words))  # "it was £48, not £58" asks for no sum
    sets_right = heard.intent in ("correct", "inform") or speech_acts.sets_right(heard.words)
    if sets_right or (heard.heat >= 2 and heard.categories):
        # A correction or venting is no wish, unless it says what it wants.
        return says_so or speech_acts.names_a_new_one(heard.words)
    return True


def _says_something(heard: Heard) -> bool:
    return any(sign.isalpha() for sign in heard.words)  # an emoji alone is a feeling


# What else answers a question than its own words.
_DETAILS_OF = {
    Question.STORY: {"story"},
    Question.CATEGORY: {"category"},
    Question.ORDER_NUMBER: {"order_number"},
    Question.EMAIL_AND_POSTCODE: {"email", "postcode", "order_number"},
    Question.WHICH_ORDER: {"order_number"},
    Question.ITEM: {"sku"},
    Question.WISH: {"wish", "wish_kinds"},
    Question.PHONE: {"phone"},
    Question.EMAIL: {"email"},
}


def _answered_by_details(question: Question, taken: TakenIn) -> bool:
    if question is Question.PROOF:
        return taken.proof is not None
    return bool(_DETAILS_OF.get(question, set()) & taken.learned)
