# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0
"""The sounds the judge tells apart.

espeak-ng's American English writes about 60 IPA symbols. They are reduced to 43 broad phones: what a listener takes for
the same sound becomes one phone, and a vowel written together with what follows it is taken apart. Each phone is two
states, its first and its second half, so that a word's sounds are recognised in their order; silence is one state.
"""

SILENCE = ""

_BROAD = {
    "i": "iː",
    "ᵻ": "ɪ",
    "ɐ": "ə",
    "ɔ": "ɔː",
    "oː": "ɔː",
    "n̩": "ə n",
    "əl": "ə l",
    "iə": "iː ə",
    "aɪə": "aɪ ə",
    "aɪɚ": "aɪ ɚ",
    "ɑːɹ": "ɑː ɹ",
    "ɔːɹ": "ɔː ɹ",
    "oːɹ": "ɔː ɹ",
    "ɛɹ": "ɛ ɹ",
    "ɪɹ": "ɪ ɹ",
    "ʊɹ": "ʊ ɹ",
}

PHONES = (
    "iː ɪ ɛ æ ʌ ə ɚ ɜː uː ʊ ɔː ɑː eɪ aɪ aʊ oʊ ɔɪ "
    "p b t d k ɡ ɾ ʔ tʃ dʒ f v θ ð s z ʃ ʒ h m n ŋ l ɹ w j"
).split()

SILENCE_STATE = 2 * len(PHONES)
STATE_COUNT = SILENCE_STATE + 1

_FIRST_STATE = {phone: 2 * i for i, phone in enumerate(PHONES)}


def broad(symbols):
    """espeak-ng's symbols as broad phones."""
    return tuple(phone for symbol in symbols for phone in _BROAD.get(symbol, symbol).split())


def states(phones):
    """The states of a sequence of broad phones; no phones are silence. An unknown phone is a ``KeyError``."""
    return [_FIRST_STATE[phone] + half for phone in phones for half in (0, 1)] or [SILENCE_STATE]
