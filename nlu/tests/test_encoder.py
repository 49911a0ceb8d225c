"""The encoder is the published one, runs without network or torch, and knows near from far."""

import sys

import numpy as np
import pytest

from room.encoder import EncoderRefused, SentenceEncoder

# The first numbers of transformers 4.36's own model for this sentence, read off once; our
# graph with exact weights agreed to 2e-7, with 8-bit weights each vector to a cosine of 0.99.
REFERENCE_SENTENCE = "My blender arrived broken"
REFERENCE = [-0.0887, -0.0781, 0.1014, 0.0201, 0.0322, 0.0097]


def test_sentences_that_mean_the_same_are_near_and_others_far(encoder):
    broken, smashed, hours, weekends = encoder.encode(
        [
            "My blender arrived broken",
            "the blender was smashed when it got here",
            "What time do you open on Sunday?",
            "are you open at weekends",
        ]
    )

    assert broken @ smashed > 0.6
    assert hours @ weekends > 0.6
    assert broken @ hours < 0.2
    assert smashed @ weekends < 0.2


def test_the_numbers_are_those_of_the_published_model(encoder):
    (vector,) = encoder.encode([REFERENCE_SENTENCE])

    assert np.allclose(vector[:6], REFERENCE, atol=0.025)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_what_a_sentence_means_does_not_depend_on_its_neighbours(encoder):
    alone = encoder.encode(["it broke"])[0]
    beside = encoder.encode(["a much longer sentence about something else", "it broke"])[1]

    assert np.array_equal(alone, beside)


def test_no_text_and_empty_text_have_their_place(encoder):
    assert encoder.encode([]).shape == (0, 384)
    assert encoder.encode(["", "🙂"]).shape == (2, 384)


def test_other_weights_are_refused_with_both_checksums(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"somebody else's model")

    with pytest.raises(
        EncoderRefused, match="not the published all-MiniLM-L6-v2: expected sha256 53aa5117"
    ):
        SentenceEncoder(tmp_path)


def test_missing_weights_say_what_to_do(tmp_path):
    with pytest.raises(EncoderRefused, match=r"Point `encoder:` in config\.yml"):
        SentenceEncoder(tmp_path)


def test_torch_and_transformers_are_never_loaded(encoder):
    assert not {"torch", "transformers", "sentence_transformers"} & set(sys.modules)
