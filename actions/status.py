"""Coming back: where a case stands, when people are there, and what is still not right."""

from actions.base import CaseAction, Talk
from complaints import speech_acts
from complaints.enquiry import Finding
from complaints.handoff import HandoffReason

_NEEDS_PERSON = {"overdue": HandoffReason.OVERDUE, "refused": HandoffReason.SHOP_REFUSED}


class TellStatus(CaseAction):
    """Where is my case?"""

    def name(self) -> str:
        return "action_tell_status"

    def answer(self, talk: Talk) -> None:
        tell_status(talk)


class TellOpeningHours(CaseAction):
    """When is somebody there?"""

    def name(self) -> str:
        return "action_tell_opening_hours"

    def answer(self, talk: Talk) -> None:
        hours = talk.casebook.opening_hours(talk.conversation_id)
        talk.say("utter_open_now" if "closes" in hours else "utter_closed_now", **hours)
        talk.go_on()


class ReopenCase(CaseAction):
    """A promise was not kept, or it failed again: a senior person, quickly (R16)."""

    def name(self) -> str:
        return "action_reopen_case"

    def answer(self, talk: Talk) -> None:
        talk.hand_off(HandoffReason.STILL_WRONG)


def asks_when_it_comes(talk: Talk) -> bool:
    """ "When will it be here again?", of what is settled: that is for their case to say."""
    return speech_acts.asks_when(talk.heard.words) and talk.is_settled()


def tell_status(talk: Talk, why: bool = False) -> None:
    """The true state of a case in words, or the one thing still needed to find it, and why."""
    status = talk.casebook.enquire(talk.conversation_id, talk.heard)
    if status.finding is Finding.GIVEN_UP:
        talk.hand_off(HandoffReason.CASE_NOT_PROVED)
    elif status.finding is Finding.FAILED:
        again = "" if status.times == 1 else "_again"
        talk.say(f"utter_case_proof_failed{again}", **status.words)
    elif status.finding is Finding.SLIP:
        talk.say("utter_reference_slip")
    elif status.finding is not Finding.FOUND:
        again = "" if status.times == 1 else "_again"
        if why:
            talk.lead(f"utter_why_{status.finding}")
        talk.say(f"utter_ask_{status.finding}{again}", status.choices, **status.words)
    else:
        spoken = dict(status.words)
        if status.remedy:
            spoken["remedy"] = talk.phrase(f"utter_remedy_{status.remedy}", **spoken)
        if status.state == "overdue":
            unnamed = {"item": talk.phrase("utter_thing_unnamed")}
            spoken["thing"] = talk.phrase(f"utter_thing_{status.remedy}", **unnamed | spoken)
        talk.say(f"utter_status_{status.state}", **spoken)
        if status.promised:
            talk.say(f"utter_promised_{status.promised}", **spoken)
        if status.state in _NEEDS_PERSON:
            talk.hand_off(_NEEDS_PERSON[status.state], about=status.reference)
        elif status.state.startswith("listening"):
            talk.lead_with_delivery()
            talk.go_on()
        else:
            talk.go_on()  # with another complaint that was being told
