"""The sentences both sides learn: all of data/, or every nth of them when time is short."""

from pathlib import Path

import yaml


def every_nth(sentences: Path, nth: int, folder: Path) -> Path:
    """A file in `folder` with every nth sentence of each intent in `sentences`; 1 is all of them."""
    if nth == 1:
        return sentences
    from rasa.shared.nlu.training_data.loading import load_data

    by_intent: dict[str, list[str]] = {}
    for example in load_data(str(sentences)).intent_examples:
        by_intent.setdefault(example.get("intent"), []).append(example.get("text"))
    nlu = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts[::nth])}
        for intent, texts in by_intent.items()
    ]
    fewer = folder / "nlu.yml"
    fewer.write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), "utf-8")
    return fewer
