"""Answers that another process gives: asked for in a thread, kept by text, and told of when they come late."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final, Generic, TypeVar

from app.suggest.base import Article

Answer = TypeVar("Answer")
_KEPT: Final = 8


class Later(Generic[Answer]):
    """What `find` says of articles; it is called in a thread of its own and answers None where it could not.

    `said` waits `patience` seconds. What comes after that is told of by `heard`, called in that thread with the text,
    and given when it is asked for again.
    """

    def __init__(
        self, find: Callable[[Article], Answer | None], heard: Callable[[str], object], patience: float
    ) -> None:
        self._find, self._heard, self._patience = find, heard, patience
        self._known: dict[str, Answer] = {}
        self._asked: dict[str, threading.Event] = {}
        self._late: set[str] = set()
        self._guard = threading.Lock()
        self._turn = 0

    def said(self, article: Article) -> Answer | None:
        """What is said of this text; None while that is not known."""
        text = article.text
        with self._guard:
            if text in self._known:
                return self._known[text]
            done, is_new = self._asked.get(text), text not in self._asked
            if done is None:
                done = self._asked[text] = threading.Event()
        if is_new:
            asking = threading.Thread(target=self._ask, args=(article, done, self._turn), name="asking", daemon=True)
            asking.start()
        done.wait(self._patience)
        with self._guard:
            if text not in self._known:
                self._late.add(text)
            return self._known.get(text)

    def forget(self) -> None:
        """Know no answer any more, also of what is being asked just now."""
        with self._guard:
            self._turn += 1
            self._known.clear()
            self._asked.clear()
            self._late.clear()

    def _ask(self, article: Article, done: threading.Event, turn: int) -> None:
        answer, text, is_late = self._find(article), article.text, False
        with self._guard:
            if turn == self._turn:
                self._asked.pop(text, None)
                if answer is not None:
                    self._known[text] = answer
                    is_late = text in self._late
                self._late.discard(text)
                while len(self._known) > _KEPT:
                    del self._known[next(iter(self._known))]
        done.set()
        if is_late:
            self._heard(text)
