"""The process in which models are learned, loaded and run: `python -m app --suggest-worker`, or the packed program.

Over its pipes go messages: two lengths of four bytes, as many bytes of JSON, and as many bytes as they are.
"""

from __future__ import annotations

import gc
import os
import struct
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import orjson

from app.suggest.crf_features import features, sentences
from app.suggest.crf_model import Tagger, learn
from app.suggest.model_file import ModelRefused, pack, unpack
from app.suggest.order import Candidate, by_use, telling_words
from app.suggest.train import Lesson

if TYPE_CHECKING:
    from app.suggest.plugged import Asked

ARGUMENT: Final = "--suggest-worker"
"""What the program is started with to be this process."""
PROBE: Final = "قال رئيس الوزراء في بغداد إن 12 شخصا قتلوا."

_LENGTHS: Final = struct.Struct(">II")
_MOST: Final = 1 << 30
_CONSIDERED: Final = 20_000
"""How many code points of an article are looked at to say how much it teaches."""

Message = dict[str, Any]


def send(pipe: BinaryIO, told: Message, content: bytes = b"") -> None:
    """Write one message. Raises OSError when nobody is there to read it."""
    said = orjson.dumps(told)
    pipe.write(_LENGTHS.pack(len(said), len(content)) + said + content)
    pipe.flush()


def receive(pipe: BinaryIO) -> tuple[Message, bytes] | None:
    """The next message; None when the other end is closed, or what comes is none."""
    lengths = pipe.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    said, content = _LENGTHS.unpack(lengths)
    if max(said, content) > _MOST:
        return None
    told, rest = pipe.read(said), pipe.read(content)
    if len(told) < said or len(rest) < content:
        return None
    try:
        message = orjson.loads(told)
    except orjson.JSONDecodeError:
        return None
    return (message, rest) if isinstance(message, dict) else None


class Worker:
    """What the process does with the messages that it gets: one model at most is loaded at a time."""

    def __init__(self) -> None:
        self._tagger: Tagger | None = None
        self._considered: dict[int, Candidate] = {}
        self._known: set[str] = set()
        self._asked: Asked | None = None
        self._deeds: dict[str, Callable[[Message, bytes], tuple[Message, bytes]]] = {
            "learn": self._learn,
            "warm": self._warm,
            "load": self._load,
            "tag": self._tag,
            "consider": self._consider,
            "know": self._know,
            "order": self._order,
            "plugged": self._plugged,
        }

    def answer(self, told: Message, content: bytes) -> tuple[Message, bytes]:
        """The answer to one message, with its id; a refusal is one as well."""
        try:
            said, rest = self._deeds[told["do"]](told, content)
        except ModelRefused as refused:
            said, rest = {"code": refused.code, "values": refused.values}, b""
        except Exception as error:  # noqa: BLE001 - it is told of where somebody waits
            said, rest = {"code": "model-failed", "values": {"reason": type(error).__name__}}, b""
        return {**said, "id": told.get("id")}, rest

    def _learn(self, told: Message, _content: bytes) -> tuple[Message, bytes]:
        lessons = [Lesson(text, read, tuple((a, b, c) for a, b, c in marks)) for text, read, marks in told["lessons"]]
        return {}, pack(learn(lessons, told["schema"]))

    def _warm(self, told: Message, _content: bytes) -> tuple[Message, bytes]:
        """Meet the words of these texts: to learn from them is quicker then, and nothing else of them is kept."""
        for text in (PROBE, *told["texts"]):
            features(sentences(text))
        return {}, b""

    def _load(self, told: Message, content: bytes) -> tuple[Message, bytes]:
        """Have another model: only when it has been loaded and has read a sentence it takes the place of the last."""
        tagger = Tagger(unpack(content, told.get("schema"), told.get("labels")))
        tagger.tag(PROBE)
        self._tagger = tagger
        return {}, b""

    def _tag(self, told: Message, _content: bytes) -> tuple[Message, bytes]:
        return {"found": self._tagger.tag(told["text"]) if self._tagger else []}, b""

    def _consider(self, told: Message, _content: bytes) -> tuple[Message, bytes]:
        key, text = int(told["key"]), str(told["text"])[:_CONSIDERED]
        doubt = self._tagger.doubt(text) if self._tagger else 0.0
        self._considered[key] = Candidate(key, doubt, telling_words(sentences(text)))
        return {}, b""

    def _know(self, told: Message, _content: bytes) -> tuple[Message, bytes]:
        self._known |= telling_words(sentences(str(told["text"])[:_CONSIDERED]))
        return {}, b""

    def _order(self, told: Message, _content: bytes) -> tuple[Message, bytes]:
        """Of those that are still wanted; the others are kept no longer."""
        self._considered = {key: self._considered[key] for key in told["keys"] if key in self._considered}
        return {"keys": by_use(list(self._considered.values()), self._known, told["most"])}, b""

    def _plugged(self, told: Message, content: bytes) -> tuple[Message, bytes]:
        from app.suggest.plugged import Asked

        self._asked = self._asked or Asked()
        return self._asked.answer(told, content)


def main() -> None:
    """Answer what comes in by the standard input until it is closed, which ends it in the midst of an answer too."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with suppress(OSError):
        os.dup2(2, 1)  # whatever a library prints is no message, and none is for it to read
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    if "--aside" in sys.argv and hasattr(os, "nice"):
        os.nice(10)
    gc.disable()  # pieces and features are no cycles, and very many
    waiting: SimpleQueue[tuple[Message, bytes]] = SimpleQueue()
    threading.Thread(target=_hear, args=(source, waiting), name="hearing", daemon=True).start()
    worker = Worker()
    while True:
        try:
            send(target, *worker.answer(*waiting.get()))
        except OSError:
            return


def _hear(source: BinaryIO, waiting: SimpleQueue[tuple[Message, bytes]]) -> None:
    """Pass messages on. When whoever asks is gone nobody wants what is being learned, which can take minutes."""
    while (got := receive(source)) is not None:
        waiting.put(got)
    os._exit(0)


if __name__ == "__main__":
    main()
