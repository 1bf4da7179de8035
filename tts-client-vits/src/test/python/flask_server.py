# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0

"""Piper's routes from 1.5 on, on a real Flask. Arguments: a WAV to speak with."""

import logging
import sys

from flask import Flask, request
from werkzeug.serving import make_server

logging.getLogger("werkzeug").setLevel(logging.ERROR)
WAV = open(sys.argv[1], "rb").read()
VOICE = {"audio": {"sample_rate": 22050}, "espeak": {"voice": "en-us"}, "language": {"code": "en_US"}, "num_speakers": 1}
app = Flask("piper")


@app.get("/")
def page():
    return "<!doctype html><title>Piper</title>"


@app.get("/info")
def info():
    return {"voice": {"name": "en_US-amy-medium", "language": "en_US", "num_speakers": 1}, "last": None}


@app.get("/voices")
def voices():
    return {"en_US-amy-medium": VOICE}


@app.post("/synthesize")
def synthesize():
    text = request.get_json()["text"].strip()
    if not text:
        raise ValueError("No text provided")
    return WAV


server = make_server("127.0.0.1", 0, app, threaded=True)
print(server.port, flush=True)
server.serve_forever()
