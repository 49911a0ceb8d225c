"""A conversation in the terminal, through the same reception: `python -m channels.talk`.

Needs Rasa and the action server; `make run` starts them.
"""

import asyncio
import getpass
import sys
import uuid

from channels.house import House
from channels.reception import Refused
from complaints.conversation import Author, Message
from complaints.settings import Settings

LEAVE = "/quit"


class Talk:
    """One conversation, typed."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.seen = 0
        self.buttons: list[dict[str, str]] = []

    async def run(self) -> None:
        conversation = self.house.reception.welcome("terminal", f"terminal:{getpass.getuser()}")
        self._show(conversation.id)
        while (line := await asyncio.to_thread(_read)) != LEAVE:
            try:
                self._send(conversation.id, line)
            except Refused as refused:
                print(f"  {refused.sentence}\n")
                continue
            await self.house.reception.answer(conversation.id)
            self._show(conversation.id)

    def _send(self, conversation_id: str, line: str) -> None:
        button = None
        if line.strip().isdecimal() and 1 <= int(line) <= len(self.buttons):
            button = self.buttons[int(line) - 1]["payload"]
        self.house.reception.receive(conversation_id, str(uuid.uuid4()), line, button)

    def _show(self, conversation_id: str) -> None:
        for message in self.house.conversations.since(conversation_id, self.seen):
            self.seen = message.id
            if message.author != Author.CUSTOMER:
                self.buttons = message.buttons  # a "2" typed later is a two again
                self._print(message)

    def _print(self, message: Message) -> None:
        print(f"  {message.text}")
        for number, button in enumerate(message.buttons, 1):
            print(f"    {number}  {button['title']}")
        print()


def _read() -> str:
    try:
        return input("> ")
    except (EOFError, KeyboardInterrupt):
        return LEAVE


async def main() -> None:
    house = House(Settings())
    try:
        if not await house.assistant.is_up():
            sys.exit(
                f"Nobody understands anything yet: Rasa is not at {house.settings.rasa_url}.\n"
                "Type `make run` in another terminal, wait for its address, and come back."
            )
        print(f"Say what went wrong. A number presses a button, {LEAVE} leaves.\n")
        await Talk(house).run()
    finally:
        await house.close()


if __name__ == "__main__":
    asyncio.run(main())
