# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0
"""The words that the judge may hear, and how each can sound: asked from espeak-ng, word by word, when it runs."""

import re
from pathlib import Path

import numpy as np

from phones import broad

WORDS = Path(__file__).with_name("words.txt")

_CARRIERS = (("", ""), ("say", "today"), ("say", "again"), ("say", "a day"), ("it has", ""), ("you and", "with"))
"""What is said before and after a word; short words and a final r or t sound different in different company."""

_RANK_OFFSET = 60
"""A word's probability falls with its rank in the list, slowly: the first is 29 times as likely as the last."""


class Lexicon:
    """``words[i]`` is said as any of ``pronunciations[i]`` and has the log probability ``log_probabilities[i]``."""

    def __init__(self, espeak, path=WORDS):
        self.words = [word.lower() for word in Path(path).read_text().split()]
        self.pronunciations = [_pronunciations(espeak, word) for word in self.words]
        weights = 1 / (np.arange(len(self.words)) + _RANK_OFFSET)
        self.log_probabilities = np.log(weights / weights.sum())
        self._alone = {word: said[0] for word, said in zip(self.words, self.pronunciations)}

    def same_sound(self, one, other):
        """Whether two words cannot be told apart by ear, as "to" and "two"."""
        return one == other or self._alone[one] == self._alone[other]

    def transcript(self, sentence):
        """A sentence's words as the lexicon writes them; raises ``ValueError`` for one that it lacks."""
        words = re.findall(r"[a-z']+", sentence.lower())
        missing = [word for word in words if word not in self._alone]
        if missing:
            raise ValueError(f"not in {WORDS.name}: {' '.join(missing)}")
        return words


def _pronunciations(espeak, word):
    found = []
    for before, after in _CARRIERS:
        whole = broad(espeak.pronounce(f"{before} {word} {after}"))
        head, tail = broad(espeak.pronounce(before)), broad(espeak.pronounce(after))
        end = len(whole) - len(tail)
        if whole[: len(head)] == head and whole[end:] == tail and end > len(head):
            said = whole[len(head) : end]
            found += [said, _without_flaps(said)]
    if not found:
        raise ValueError(f"espeak-ng gives no pronunciation of {word}")
    return list(dict.fromkeys(found))


def _without_flaps(phones):
    """A careful speaker's t where an American one flaps it or swallows it."""
    return tuple("t" if phone in ("ɾ", "ʔ") else phone for phone in phones)
