from __future__ import annotations

import re
import tomllib
from itertools import combinations
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.labels import shipped_schema
from app.model.colours import alike, shown
from app.model.schema import Ink
from resources import resource

READABLE = 4.5  # WCAG 2.2 AA, text
HIGH = 7.0  # WCAG 2.2 AAA, text
VISIBLE = 3.0  # WCAG 2.2 AA, what one must see to use a control
NAMES = ("light", "dark", "contrast", "contrast-dark")
THEMES = {name: tomllib.loads(resource("themes", f"{name}.toml").read_text("utf-8")) for name in NAMES}
SCHEMAS = {name: shipped_schema(name) for name in ("conflict-news", "wojood")}
APART = {"conflict-news": 15, "wojood": 7}  # twenty-one colours cannot be as far from one another as five
hues = st.from_regex(r"#[0-9A-F]{6}", fullmatch=True)
GROUNDS = ("window", "panel", "page", "accent_ground", "hover")

# How a dichromat sees linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
SIGHTS = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> tuple[float, float, float]:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    red, green, blue = (min(1.0, max(0.0, share)) for share in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen_distance(first: str, second: str, sight: str) -> float:
    """How far apart (CIE 1976) two colours are for eyes of this kind."""
    seen = [
        lab(
            tuple(
                sum(weight * share for weight, share in zip(row, linear(colour), strict=True)) for row in SIGHTS[sight]
            )
        )
        for colour in (first, second)
    ]
    return float(sum((one - other) ** 2 for one, other in zip(*seen, strict=True)) ** 0.5)


def colours(theme: str) -> dict[str, str]:
    found: dict[str, str] = THEMES[theme]["colours"]
    return found


def test_a_theme_has_every_role_that_another_theme_has() -> None:
    def shape(tree: dict[str, Any]) -> dict[str, object]:
        return {name: shape(value) if isinstance(value, dict) else type(value) for name, value in tree.items()}

    assert all(shape(theme) == shape(THEMES["light"]) for theme in THEMES.values())


@pytest.mark.parametrize("theme", ["contrast", "contrast-dark"])
def test_at_high_contrast_everything_written_is_far_from_its_ground_and_edges_are_lines(theme: str) -> None:
    told = colours(theme)
    for ground in GROUNDS:
        for ink in ("text", "muted", "accent", "ok", "danger", "warning"):
            assert contrast(told[ink], told[ground]) >= HIGH, (ink, ground)
        assert min(contrast(told[mark], told[ground]) for mark in ("focus", "caret", "edge", "key_line")) >= HIGH
    pairs = [("on_accent", "accent"), ("text", "selection"), ("text", "search_hit"), ("text", "pressed")]
    pairs += [("key_text", "key_ground"), ("inverse_text", "inverse"), ("inverse_muted", "inverse")]
    assert {pair: round(contrast(told[pair[0]], told[pair[1]]), 1) for pair in pairs} == {
        pair: pytest.approx(21, abs=21 - HIGH) for pair in pairs
    }


def worn(label: Any, theme: str) -> tuple[str, str]:
    told = THEMES[theme]
    page, least = told["colours"]["page"], HIGH if told["contrast"] else READABLE
    return shown(label.colour, page, dark=told["dark"], least=least)


@pytest.mark.parametrize("theme", THEMES)
def test_labels_are_shown_with_enough_contrast_on_every_theme_and_as_drawn_where_they_have_it(theme: str) -> None:
    told = THEMES[theme]
    least = HIGH if told["contrast"] else READABLE
    for label in (label for schema in SCHEMAS.values() for label in schema.labels):
        ink, ground = worn(label, theme)
        assert min(contrast(ink, place) for place in (ground, told["colours"]["page"])) >= least
        assert contrast(told["colours"]["text"], ground) >= HIGH
        if theme in ("light", "dark"):
            drawn = label.colour.dark_ink if told["dark"] else label.colour.ink
            assert ink == drawn


@pytest.mark.parametrize("theme", ["contrast", "contrast-dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_labels_stay_apart_for_colour_blind_eyes_at_high_contrast_too(sight: str, theme: str) -> None:
    for one, other in combinations(SCHEMAS["conflict-news"].labels, 2):
        assert seen_distance(worn(one, theme)[0], worn(other, theme)[0], sight) >= 11, (one.id, other.id)


def test_colours_that_some_eyes_take_for_one_are_known() -> None:
    red, blue = Ink("#B02020", "#FFFFFF", "#FF8080", "#000000"), Ink("#1B57B5", "#FFFFFF", "#8AB6FF", "#000000")
    assert alike(red, red._replace(dark_ink="#00FFFF")) and alike(red, red._replace(ink="#0000FF"))
    assert not alike(red, blue)
    labels = SCHEMAS["conflict-news"].labels
    assert not any(alike(one.colour, other.colour) for one, other in combinations(labels, 2))


@given(hues, hues)
@example("#7A5C00", "#B02020")
def test_what_the_program_says_of_colour_blind_eyes_is_what_is_measured_here(first: str, second: str) -> None:
    one, other = Ink(first, "#FFFFFF", first, "#000000"), Ink(second, "#FFFFFF", second, "#000000")
    nearest = min(seen_distance(first, second, sight) for sight in SIGHTS)
    usual = sum((a - b) ** 2 for a, b in zip(lab(linear(first)), lab(linear(second)), strict=True)) ** 0.5
    assert alike(one, other) == (min(nearest, usual) < 7)


@given(hues, hues, hues, hues)
@example("#FFFF00", "#FFFFFF", "#000080", "#000000")
@example("#808080", "#808080", "#808080", "#808080")
def test_whatever_colours_a_lead_chose_a_label_can_be_read(ink: str, ground: str, dark: str, behind: str) -> None:
    colour = Ink(ink, ground, dark, behind)
    for theme, told in THEMES.items():
        page = told["colours"]["page"]
        least = HIGH if told["contrast"] else READABLE
        shown_ink, shown_ground = shown(colour, page, dark=told["dark"], least=least)
        assert min(contrast(shown_ink, shown_ground), contrast(shown_ink, page)) >= least, theme
        assert contrast(told["colours"]["text"], shown_ground) >= HIGH, theme


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_of_a_theme_is_one(theme: str) -> None:
    written = {**colours(theme), **{name: veil["colour"] for name, veil in THEMES[theme]["veils"].items()}}
    assert [name for name, value in written.items() if not re.fullmatch("#[0-9A-F]{6}", value)] == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "ok", "danger", "warning"])
def test_what_is_written_can_be_read_on_every_ground(theme: str, ink: str, ground: str) -> None:
    assert contrast(colours(theme)[ink], colours(theme)[ground]) >= READABLE


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("on_accent", "accent"),
        ("text", "selection"),
        ("text", "search_hit"),
        ("text", "pressed"),
        ("warning", "warning_ground"),
        ("danger", "danger_ground"),
        ("key_text", "key_ground"),
        ("inverse_text", "inverse"),
        ("inverse_muted", "inverse"),
    ],
)
def test_what_is_written_on_a_ground_of_its_own_can_be_read(theme: str, ink: str, ground: str) -> None:
    assert contrast(colours(theme)[ink], colours(theme)[ground]) >= READABLE


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("mark", ["focus", "caret", "edge", "key_line"])
def test_the_keyboard_ring_and_the_edges_of_fields_can_be_seen(theme: str, mark: str, ground: str) -> None:
    assert contrast(colours(theme)[mark], colours(theme)[ground]) >= VISIBLE


@pytest.mark.parametrize("label", [label for one in SCHEMAS.values() for label in one.labels], ids=lambda one: one.id)
def test_a_label_can_be_read_on_its_own_ground_and_wherever_its_tag_stands(label: Any) -> None:
    for theme, ink, ground in (
        ("light", label.colour.ink, label.colour.ground),
        ("dark", label.colour.dark_ink, label.colour.dark_ground),
    ):
        assert contrast(ink, ground) >= READABLE
        assert min(contrast(ink, colours(theme)[place]) for place in ("page", "panel", "window")) >= READABLE
        assert contrast(colours(theme)["text"], ground) >= 7  # the article itself: WCAG AAA


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("schema", SCHEMAS)
def test_labels_stay_apart_for_colour_blind_eyes(schema: str, sight: str) -> None:
    for one, other in combinations(SCHEMAS[schema].labels, 2):
        assert seen_distance(one.colour.ink, other.colour.ink, sight) >= APART[schema], (one.id, other.id)
        assert seen_distance(one.colour.dark_ink, other.colour.dark_ink, sight) >= APART[schema], (one.id, other.id)
