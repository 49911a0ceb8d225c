"""A text's wording has scikit-learn's numbers, whatever stands in it."""

import pickle

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from room.intents import plain
from room.wording import Wording

UNSEEN = [
    "my kettle arrived cracked and i'm not happy about it, not happy at all",
    "WHERE is My Order?",
    "a",
    "i i i i i",
    "kettel brokn!!! w-11111 (sw1 1qf)",
    "£64.00 — “now” naïve café 🙂",
    "zzzz qqqq",
    "",
]


@pytest.fixture(scope="module")
def shown(examples):
    return [plain(text) for text in examples[0]]


@pytest.fixture(scope="module")
def learned(shown):
    return Wording.learned_from(shown)


def test_a_text_is_read_as_scikit_learn_reads_it(shown, learned):
    wording, rows = learned
    theirs = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), min_df=2, max_df=0.05,
        max_features=20_000, sublinear_tf=True, dtype=np.float32,
    ).fit(shown)  # fmt: skip

    for texts in (shown, UNSEEN):
        expected = theirs.transform(texts).toarray()
        assert np.allclose(wording.rows(texts).toarray(), expected, atol=1e-6)
    assert np.allclose(wording.rows(shown).toarray(), rows.toarray(), atol=1e-6)


def test_it_is_the_same_after_it_was_kept_in_a_file(learned):
    wording, _ = learned
    again = pickle.loads(pickle.dumps(wording))

    assert np.array_equal(again.rows(UNSEEN).toarray(), wording.rows(UNSEEN).toarray())


def test_no_text_has_no_row(learned):
    assert learned[0].rows([]).shape[0] == 0
