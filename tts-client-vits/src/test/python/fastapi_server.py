# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0

"""The MeloTTS server's routes, on a real FastAPI and uvicorn. Arguments: a WAV to speak with."""

import asyncio
import socket
import sys
from typing import Optional

import uvicorn
from fastapi import FastAPI, HTTPException
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, Field

WAV = open(sys.argv[1], "rb").read()
VOICES = ["EN-US", "EN-BR", "EN_INDIA", "EN-AU", "EN-Default"]
app = FastAPI()


class Wanted(BaseModel):
    text: str = Field(..., min_length=1, max_length=5000)
    language: str = "EN"
    speaker: Optional[str] = None
    speed: float = Field(1.0, ge=0.5, le=2.0)


def check(wanted):
    if wanted.language not in ("EN", "ES", "FR", "ZH", "JP", "KR"):
        raise HTTPException(400, f"Unsupported language '{wanted.language}'. Supported: [...]")
    if wanted.speaker and wanted.speaker not in VOICES:
        raise HTTPException(400, f"Speaker '{wanted.speaker}' not found. Available speakers: {VOICES}")


def headers():
    return {"Content-Disposition": "attachment; filename=speech.wav", "X-Request-ID": str(id(object()))}


@app.get("/health")
def health():
    return {"status": "healthy", "metrics": {"requests": 0, "errors": 0, "models_loaded": 1}, "models_loaded": ["EN"]}


@app.get("/voices")
def voices(language: str = "EN"):
    return {"language": language, "voices": VOICES}


@app.post("/synthesize")
def synthesize(wanted: Wanted):
    check(wanted)
    return Response(WAV, media_type="audio/wav", headers=headers())


@app.post("/synthesize/stream")
async def stream(wanted: Wanted):
    check(wanted)

    async def pieces():
        for start in range(0, len(WAV), 8192):
            yield WAV[start : start + 8192]
            await asyncio.sleep(0.01)
            if wanted.text.startswith("Break") and start > 8192:
                raise RuntimeError("the engine failed in the middle")

    return StreamingResponse(pieces(), media_type="audio/wav", headers=headers() | {"Cache-Control": "no-cache"})


listening = socket.socket()
listening.bind(("127.0.0.1", 0))
listening.listen()
print(listening.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="critical")).run(sockets=[listening])
