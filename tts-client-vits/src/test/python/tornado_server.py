# SPDX-FileCopyrightText: The tts-client authors
# SPDX-License-Identifier: Apache-2.0

"""vits-tts-vietnamese's routes of its second generation, on a real Tornado. Arguments: a WAV to speak with."""

import sys

import tornado.httpserver
import tornado.ioloop
import tornado.iostream
import tornado.netutil
import tornado.web

WAV = open(sys.argv[1], "rb").read()
SPEEDS = {"very_slow", "slow", "normal", "fast", "very_fast"}


class Speech(tornado.web.RequestHandler):
    def wanted(self):
        text, speed = self.get_query_argument("text", None), self.get_query_argument("speed", None)
        if text is None or speed is None or len(speed) > 9:
            self.set_status(400)
            self.finish("Query parameter validation failed: text and speed are required")
            return None
        if speed not in SPEEDS:
            raise KeyError(speed)
        return text, speed


class Tts(Speech):
    def get(self):
        wanted = self.wanted()
        if wanted:
            url = f"{self.request.protocol}://{self.request.host}/audio/1.wav"
            self.write({"hash": "1", "text": wanted[0], "speed": wanted[1], "audio_url": url})


class Stream(Speech):
    async def get(self):
        if not self.wanted():
            return
        self.set_header("Content-Type", "audio/wav")
        self.set_header("Cache-Control", "no-cache")
        try:
            for start in range(0, len(WAV), 8192):
                self.write(WAV[start : start + 8192])
                await self.flush()
        except tornado.iostream.StreamClosedError:
            pass


class Audio(tornado.web.RequestHandler):
    def get(self):
        self.set_header("Content-Type", "audio/x-wav")
        self.write(WAV)


routes = [(r"/tts", Tts), (r"/audio/1.wav", Audio)]
if "--oldest" not in sys.argv:
    routes.append((r"/tts/stream", Stream))
sockets = tornado.netutil.bind_sockets(0, "127.0.0.1")
tornado.httpserver.HTTPServer(tornado.web.Application(routes)).add_sockets(sockets)
print(sockets[0].getsockname()[1], flush=True)
tornado.ioloop.IOLoop.current().start()
