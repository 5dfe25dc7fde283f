"""What of a page is not its article, and what a page says of itself to machines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

LINKS: Final = 4
"""How many links on end are a menu, and not the sources of an article."""

_TAGS: Final = re.compile("aside|button|dialog|footer|form|iframe|input|menu|nav|object|select|textarea")
_ROLES: Final = ("navigation", "complementary", "search", "banner")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_NAMED: Final = frozenset({"div", "section", "ul", "ol", "p", "a", "span"})
_NAMES: Final = re.compile(
    r"(?:.*[-_])?(?:related|relatedposts?|recommended|most-?read|read-?more|shar(?:e|ing)|sharedaddy|social|comments?"
    r"|respond|newsletter|subscribe|subscription|breadcrumbs?|tags|sidebar|ads?|advert[a-z]*|promo|cookies?|skip)(?:[-_].*)?"
)
_BETWEEN_LINKS: Final = re.compile(r"[\s|•·»«>/\-–—]*")
_LONGEST: Final = 256 * 1024
_DEEPEST: Final = 8
_ABOUT: Final = {"date": "datePublished", "source": "publisher", "address": "mainEntityOfPage"}
_NAME_OF: Final = {"source": "name", "address": "@id"}


def is_beside(element: Any, tag: str, length: int) -> bool:
    """Whether `element` is no part of an article whose text is `length` long: menus, forms, comments.

    What is only called so has to be the smaller part of it.
    """
    if _TAGS.fullmatch(tag) or element.get("role") in _ROLES or element.get("hidden") is not None:
        return True
    return (
        bool(_HIDDEN.search(element.get("style") or "")) or _is_menu(element, tag) or _is_called(element, tag, length)
    )


def said_to_machines(root: Any) -> dict[str, str]:
    """The `date`, `source` and `address` that a page gives of its article in JSON-LD, as far as it does."""
    found: dict[str, str] = {}
    for script in root.xpath("//script[@type='application/ld+json']")[:20]:
        for entry in _entries(script.text or ""):
            if _ABOUT["date"] not in entry:
                continue
            for role, name in _ABOUT.items():
                value = entry.get(name)
                value = value.get(_NAME_OF.get(role, "")) if isinstance(value, dict) else value
                if isinstance(value, str) and value.strip():
                    found.setdefault(role, " ".join(value.split())[:2000])
    return found


def _entries(script: str) -> Iterator[dict[str, Any]]:
    """The objects of a script: itself, those of its list, and those of its graph."""
    try:
        pending = [(json.loads(script), 0)] if len(script) <= _LONGEST else []
    except (ValueError, RecursionError):
        return
    while pending:
        value, depth = pending.pop()
        if isinstance(value, dict):
            yield value
            value = value.get("@graph")
        if isinstance(value, list) and depth < _DEEPEST:
            pending += [(one, depth + 1) for one in value]


def _is_menu(element: Any, tag: str) -> bool:
    """Whether it is the head of the page, or a list or a table of nothing but links."""
    if tag == "header":
        return bool(element.getparent().tag == "body")
    if tag == "table":
        links = list(element.iter("a"))
        return len(links) >= LINKS and bool(_BETWEEN_LINKS.fullmatch(_outside(element)))
    return tag in ("ul", "ol") and len(element) >= LINKS and all(map(_is_link, element))


def _outside(element: Any) -> str:
    """The text of `element` that stands in no link."""
    return "".join(element.xpath(".//text()[not(ancestor::a)]"))


def _is_link(item: Any) -> bool:
    beside = (item.text or "") + (item[0].tail or "") if len(item) == 1 else "x"
    return not beside.strip() and bool(item[0].tag == "a")


def _is_called(element: Any, tag: str, length: int) -> bool:
    if tag not in _NAMED:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    if not any(map(_NAMES.fullmatch, names)):
        return False
    return 2 * sum(len(text.strip()) for text in element.itertext()) < length
