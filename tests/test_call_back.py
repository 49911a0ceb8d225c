"""Who says when a call suits them never reads that we call at another time."""

import pytest

from channels.answering import Answering
from channels.assistant import Assistant
from complaints.answering import Unanswered
from complaints.handoff import HandoffReason
from tests.core import Core, words_of_domain
from tests.stand_ins import free_port


@pytest.mark.parametrize(
    "words, says_when", [("07700 900123", False), ("07700 900123, after five please", True)]
)
async def test_when_it_suits_them_stands_beside_the_number_and_is_promised_nowhere(
    core: Core, words: str, says_when: bool
):
    leroy = core.visitor("leroy")
    leroy.tells("your man laughed at me and hung up", "complain_poor_service")
    leroy.asks_for_a_person(HandoffReason.CALL_BACK)
    core.conversations.receive(leroy.id, words, "c-1")

    nobody = Assistant(f"http://127.0.0.1:{free_port()}", "t0ken")  # whoever waits is not its guest
    unanswered = Unanswered(core.store, core.clock)
    answering = Answering(core.conversations, unanswered, nobody, core.casebook, words_of_domain())
    await answering.answer(leroy.id)
    await nobody.close()

    told = core.conversations.since(leroy.id)[-1].text
    assert ("One of us calls you on 07700 900123, today by" in told) != says_when
    assert ("07700 900123 and when it suits you" in told) == says_when
    assert "today by 2:00 pm" in told  # either way one of us is in touch by then
