"""What could not be delivered: why, for which case, and trying it again."""

from starlette.responses import RedirectResponse, Response

from complaints.casebook import Casebook
from complaints.errors import Conflict, NotFound
from desk.gate import Gate, Visit
from desk.sessions import HOME

WAYS = {
    "chat": "to the customer's chat",
    "shop": "to the shop",
    "slack": "to Slack",
    "email": "by e-mail",
    "webhook": "to the help desk",
}


class UndeliveredPage:
    """For leads and managers."""

    def __init__(self, casebook: Casebook, gate: Gate) -> None:
        self.casebook = casebook
        self.gate = gate

    def show(self, visit: Visit) -> Response:
        rows = self.casebook.undelivered()
        return self.gate.pages.show(
            "undelivered.html", visit.person, visit.token, rows=rows, ways=WAYS
        )

    def try_again(self, visit: Visit) -> Response:
        """One of them, or all that the page showed. What a colleague was quicker with is no harm."""
        numbers = visit.form.all("row")
        if not numbers or not all(number.isdigit() for number in numbers):
            raise NotFound("nothing was chosen; load the page again")
        refused: list[Conflict] = []
        for number in numbers:
            try:
                self.casebook.try_again(int(number), visit.person.sign_in)
            except Conflict as trouble:
                refused.append(trouble)
        if len(refused) == len(numbers):
            raise refused[0]
        return RedirectResponse(f"{HOME}/undelivered", 303)
