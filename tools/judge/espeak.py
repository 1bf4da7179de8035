# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0
"""espeak-ng through its C library: pronunciations of text, and speech with the time of each phone.

Needs Debian's ``libespeak-ng1`` (and its data). The library keeps global state: one thread only.
"""

import ctypes
from dataclasses import dataclass

import numpy as np

_SYNCHRONOUS_OUTPUT = 2
_PHONEME_EVENTS_IN_IPA = 3
_EVENT_END, _EVENT_PHONEME = 0, 7
_RATE, _PITCH, _PITCH_RANGE = 1, 3, 4
_UTF8 = 1
_IPA_SEPARATED_BY_UNDERSCORE = 2 | ord("_") << 8
_STRESS = str.maketrans("", "", "ˈˌ")


class _EventId(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    ]


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(frozen=True)
class Speech:
    """Mono samples in [-1, 1) and, for each phone, where it begins (in samples) and its IPA without stress marks.

    A pause is the phone ``""``.
    """

    rate: int
    samples: np.ndarray
    phones: list


class Espeak:
    """The library, loaded and set to one voice, for instance ``en-us`` or its variant ``en-us+f2``."""

    def __init__(self, voice="en-us"):
        self._library = ctypes.CDLL("libespeak-ng.so.1")
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self.rate = self._library.espeak_Initialize(_SYNCHRONOUS_OUTPUT, 0, None, _PHONEME_EVENTS_IN_IPA)
        self._blocks, self._phones = [], []
        self._callback = _Callback(self._collect)
        self._library.espeak_SetSynthCallback(self._callback)
        self.use(voice)

    def use(self, voice):
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {voice}")

    def pronounce(self, text):
        """The symbols of ``text``, one after the other, without stress marks, spaces and pauses."""
        buffer = ctypes.create_string_buffer(text.encode())
        position = ctypes.c_void_p(ctypes.addressof(buffer))
        symbols = []
        while position.value:
            clause = self._library.espeak_TextToPhonemes(
                ctypes.byref(position), _UTF8, _IPA_SEPARATED_BY_UNDERSCORE
            )
            symbols += clause.decode().translate(_STRESS).replace(" ", "_").split("_")
        return [symbol for symbol in symbols if symbol]

    def speak(self, text, words_per_minute=175, pitch=50, pitch_range=50):
        """Speaks ``text``; pitch and pitch range go from 0 to 100."""
        self._blocks.clear()
        self._phones.clear()
        for parameter, value in ((_RATE, words_per_minute), (_PITCH, pitch), (_PITCH_RANGE, pitch_range)):
            self._library.espeak_SetParameter(parameter, value, 0)
        content = text.encode() + b"\0"
        self._library.espeak_Synth(content, len(content), 0, 1, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        samples = np.concatenate(self._blocks) if self._blocks else np.zeros(0, np.int16)
        return Speech(self.rate, samples.astype(np.float32) / 32768, list(self._phones))

    def _collect(self, samples, count, events):
        if samples and count > 0:
            self._blocks.append(np.ctypeslib.as_array(samples, (count,)).copy())
        i = 0
        while events[i].type != _EVENT_END:
            if events[i].type == _EVENT_PHONEME:
                name = bytes(events[i].id.string).split(b"\0")[0].decode(errors="replace")
                self._phones.append((events[i].sample, name.translate(_STRESS)))
            i += 1
        return 0
