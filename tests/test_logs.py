"""What the log says when something breaks: where and why, and nothing a customer wrote."""

import structlog

import complaints  # noqa: F401  # as every part of the house does


def test_a_traceback_shows_no_customers_words(capsys):
    def listen(words: str) -> None:
        raise RuntimeError("no such case")

    try:
        listen("my postcode is LS6 2AB")
    except RuntimeError:
        structlog.get_logger().exception("action broke")

    said = capsys.readouterr().out
    assert "RuntimeError: no such case" in said and "listen" in said
    assert "words =" not in said and "│" not in said
