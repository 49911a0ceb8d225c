"""The core of Amends: what a complaint is, what we owe, what we promised.

Knows neither Rasa nor HTTP nor Slack. `Casebook` is the one door.
"""
