"""Writing: letters to customers, what their links may show, and that they may ask for no more."""

from complaints import letter
from complaints.casebook.book import Book
from complaints.letter import Letter


class Writing(Book):
    """The verbs of letters."""

    def letter(self, number: int) -> tuple[Letter, str] | None:
        """A letter by the number in its links, and the case it is about; None when it is gone."""
        with self.store.reading() as session:
            row = letter.letter_row(session, number)
        return (Letter.of(row.payload), row.case_reference or "") if row else None

    def unsubscribe(self, email: str) -> None:
        with self.store.transaction() as session:
            letter.unsubscribe(session, email, self.clock.now())

    def is_unsubscribed(self, email: str) -> bool:
        with self.store.reading() as session:
            return letter.is_unsubscribed(session, email)
