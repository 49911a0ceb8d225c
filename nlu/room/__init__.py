"""Our part of Rasa's sealed room: what a message says, how it is meant, and how we word the answer."""
