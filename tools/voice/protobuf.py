# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0
"""The protobuf wire format, as far as an ONNX file needs it.

A message is a list of ``(field number, value)`` pairs in the order of the file. A value is an ``int`` (varint) or
``bytes`` (a string, a nested message, a packed list); the two fixed-width kinds are kept as ``Fixed``. What is read and
not touched is written back unchanged, so unknown fields survive.
"""

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5


class Fixed(bytes):
    """A little-endian 32-bit or 64-bit value; its length tells which."""


def read_message(data):
    """Splits a message into its ``(field number, value)`` pairs."""
    fields, position = [], 0
    while position < len(data):
        key, position = _read_varint(data, position)
        number, wire_type = key >> 3, key & 7
        if wire_type == VARINT:
            value, position = _read_varint(data, position)
        elif wire_type in (FIXED32, FIXED64):
            size = 4 if wire_type == FIXED32 else 8
            value, position = Fixed(data[position : position + size]), position + size
        elif wire_type == BYTES:
            size, position = _read_varint(data, position)
            value, position = data[position : position + size], position + size
        else:
            raise ValueError(f"unknown wire type {wire_type} at byte {position}")
        if position > len(data):
            raise ValueError(f"field {number} reaches beyond the end of its message")
        fields.append((number, value))
    return fields


def write_message(fields):
    """The inverse of ``read_message``; a ``str`` is written as UTF-8."""
    out = bytearray()
    for number, value in fields:
        if isinstance(value, int):
            out += _varint(number << 3 | VARINT) + _varint(value)
        elif isinstance(value, Fixed):
            out += _varint(number << 3 | (FIXED32 if len(value) == 4 else FIXED64)) + value
        else:
            content = value.encode() if isinstance(value, str) else value
            out += _varint(number << 3 | BYTES) + _varint(len(content)) + content
    return bytes(out)


def _read_varint(data, position):
    value = shift = 0
    while True:
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, position


def _varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
