from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from app.labels import default_schema
from app.model.annotation import Annotations, Attribute, Relation
from tests.cli.conftest import PLACE, VICTIMS, Said, contents, in_a_process
from tests.store.made_projects import ARTICLE, record, span, write, write_training
from widgets import render
from widgets.canvas.connectors import all_links
from widgets.canvas.painter import paint_page

Call = Callable[..., Said]

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    return write_training(tmp_path / "a.annotations.jsonl", record("a", ARTICLE, (PLACE, VICTIMS)))


def colours(picture: Path) -> set[str]:
    image = QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB32)
    assert not image.isNull()
    return {QColor(pixel).name().upper() for pixel in set(memoryview(image.constBits()).cast("I"))}


def test_a_png_shows_the_page_with_the_grounds_and_inks_of_its_labels(hashiya: Call, article: Path) -> None:
    out = article.with_name("a.png")
    assert hashiya("render", article, "--out", out) == (0, f"{out}\n", "")
    location = default_schema().labels[1]
    seen = colours(out)
    assert {"#FFFFFF", location.colour.ground, location.colour.ink} <= seen
    assert QImage(str(out)).width() == 762


def test_theme_width_zoom_and_language_are_the_ones_asked_for(hashiya: Call, article: Path) -> None:
    pictures = {}
    for name, wishes in {
        "plain": [],
        "dark": ["--theme", "dark"],
        "wide": ["--width", 900],
        "large": ["--zoom", 200],
        "arabic": ["--language", "ar"],
    }.items():
        pictures[name] = article.with_name(f"{name}.png")
        assert hashiya("render", article, "--out", pictures[name], *wishes).status == 0
    location = default_schema().labels[1]
    assert {location.colour.dark_ground, location.colour.dark_ink} <= colours(pictures["dark"])
    assert location.colour.ground not in colours(pictures["dark"])
    widths = {name: QImage(str(path)).width() for name, path in pictures.items()}
    assert widths == {"plain": 762, "dark": 762, "wide": 900, "large": 1524, "arabic": 762}
    assert pictures["arabic"].read_bytes() != pictures["plain"].read_bytes()


def test_the_picture_is_what_the_window_paints(hashiya: Call, article: Path) -> None:
    from PySide6.QtGui import QPainter

    out = article.with_name("a.png")
    hashiya("render", article, "--out", out)
    said = record("a", ARTICLE, (PLACE, VICTIMS))
    page = render._page(said, default_schema(), render.Wish())
    image = QImage(str(out)).convertToFormat(QImage.Format.Format_RGB32)
    window = QImage(image.size(), QImage.Format.Format_RGB32)
    window.fill(QColor(page.look.page))
    painter = QPainter(window)
    paint_page(painter, page, 0, page.height, render.Hand())
    painter.end()
    assert image == window


def linked(tmp_path: Path, count: int) -> Path:
    """An article with this many relations between its two spans, whose casualty is one of the killed."""
    victims = VICTIMS._replace(attributes=(Attribute("outcome", "killed"),))
    relations = [Relation(f"r{k}", "AT", victims.id, PLACE.id) for k in range(count)]
    made = record("a", ARTICLE, (PLACE, victims))
    return write_training(
        tmp_path / f"{count}.jsonl", made._replace(annotations=Annotations.of((PLACE, victims), relations))
    )


def test_connectors_are_drawn_where_they_are_few_or_wished_for(hashiya: Call, tmp_path: Path) -> None:
    def drawn(path: Path, *wishes: str) -> QImage:
        out = path.with_suffix(".png")
        assert hashiya("render", path, "--out", out, *wishes).status == 0
        return QImage(str(out))

    few, many = linked(tmp_path, 1), linked(tmp_path, render.FEW + 1)
    bare, joined = drawn(few, "--relations", "none"), drawn(few, "--relations", "all")
    assert drawn(few) == joined != bare and joined.width() > bare.width()
    assert drawn(many) == drawn(many, "--relations", "none") != drawn(many, "--relations", "all")
    assert drawn(few, "--no-values") != joined


def test_names_of_connectors_on_one_line_stand_above_each_other() -> None:
    relations = [
        Relation("r1", "AT", "s1", "s2"),
        Relation("r2", "CAUSED_BY", "s1", "s3"),
        Relation("r3", "AT", "s4", "s2"),
    ]
    spans = tuple(span(f"s{k}", 10 * k, 10 * k + 4) for k in range(1, 5))
    made = record("a", ARTICLE, spans)
    page = render._page(made, default_schema(), render.Wish(width=3000))
    links = all_links(page, relations)
    shelves = {link.name: link.shelf for link in links}
    assert sorted(shelves.values()) == [0, 1] and len({link.slot for link in links}) == 3


def test_an_svg_needs_no_fonts_and_says_what_it_is(hashiya: Call, article: Path) -> None:
    out = article.with_name("a.svg")
    assert hashiya("render", article, "--out", out).status == 0
    drawn = out.read_text(encoding="utf-8")
    assert "<text" not in drawn and drawn.count("<path") > 5
    assert f"<title>{ARTICLE.splitlines()[0]}</title>" in drawn


def test_a_pdf_has_a4_pages_and_no_page_for_one_line_more_than_needed(hashiya: Call, tmp_path: Path) -> None:
    path = write(tmp_path / "long.txt", "\n".join([ARTICLE] * 30))
    out = tmp_path / "long.pdf"
    assert hashiya("render", path, "--out", out).status == 0
    drawn = out.read_bytes()
    pages = drawn.count(b"/Type /Page\n")
    assert drawn.startswith(b"%PDF-") and pages > 2
    sizes = {tuple(map(float, size)) for size in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", drawn)}
    assert [(round(width), round(height)) for width, height in sizes] == [(595, 842)]
    page = render._page(record("a", "\n".join([ARTICLE] * 30)), default_schema(), render.Wish())
    assert len(render._bands(page, page.width * 297 / 210 - 2 * page.margin)) == pages


def test_no_page_cuts_a_line_in_two_and_none_is_left_out() -> None:
    spans = tuple(span(f"s{k}", 3 * k, 3 * k + 40, "QUOTE") for k in range(60))
    page = render._page(record("a", "\n\n".join([ARTICLE] * 20), spans), default_schema(), render.Wish())
    bands = render._bands(page, 400)
    lines = [
        (placed.top, placed.top + page.line_height(placed.line))
        for placed in page.lines_between(0, 1e9)
        if not placed.paragraph.blank
    ]
    assert len(bands) > 5
    assert all(band.bottom <= following.top for band, following in pairwise(bands))
    for top, bottom in lines:
        assert sum(band.top <= top and bottom <= band.bottom + 0.01 for band in bands) == 1
    assert all(band.bottom - band.top <= 400 for band in bands)


@pytest.mark.parametrize("form", ["png", "svg"])
def test_a_very_long_article_becomes_several_pictures(
    hashiya: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(render, "TALLEST", 500)
    path = write(tmp_path / "long.txt", "\n".join([ARTICLE] * 12))
    said = hashiya("render", path, "--out", tmp_path / f"long.{form}", "--json")
    files = [Path(file) for file in said.told["files"]]
    assert len(files) > 2 and files[1].name == f"long-2.{form}"
    assert sorted(contents(tmp_path)) == sorted([*(file.name for file in files), "long.txt"])
    assert all(QImage(str(file)).height() <= 500 for file in files)


def test_the_first_article_is_drawn_or_the_one_asked_for(hashiya: Call, tmp_path: Path) -> None:
    path = write_training(tmp_path / "b.jsonl", record("a"), record("b"))
    first = hashiya("render", path, "--out", tmp_path / "b.svg")
    assert first.err == "This is the first of 2 articles; --id chooses another.\n"
    assert hashiya("render", path, "--id", "b", "--out", tmp_path / "b.svg", "--json").told["document"] == "b"
    assert hashiya("render", path, "--id", "c", "--out", tmp_path / "b.svg").status == 2


def test_a_picture_made_here_is_made_anew_and_any_other_file_is_left_alone(hashiya: Call, article: Path) -> None:
    for suffix in ("png", "svg", "pdf"):
        out = article.with_name(f"a.{suffix}")
        assert hashiya("render", article, "--out", out).status == 0
        assert hashiya("render", article, "--out", out, "--theme", "dark").status == 0
        out.write_bytes(b"somebody's picture")
        said = hashiya("render", article, "--out", out)
        assert (said.status, said.out, out.read_bytes()) == (2, "", b"somebody's picture")
        assert str(out) in said.err and said.err.count("\n") == 1
        assert hashiya("render", article, "--out", out, "--force").status == 0
        assert out.read_bytes() != b"somebody's picture"
    assert not list(article.parent.glob(".*"))


def test_a_name_that_is_no_picture_and_a_place_that_is_none_are_refused(hashiya: Call, article: Path) -> None:
    assert "must end with one of .png, .svg, .pdf" in hashiya("render", article, "--out", "a.gif").err
    said = hashiya("render", article, "--out", article / "a.png")
    assert said.status == 2 and "could not be written" in said.err
    folder = article.with_name("folder.png")
    folder.mkdir()
    said = hashiya("render", article, "--out", folder)
    assert said.status == 2 and "is a folder" in said.err
    assert sorted(contents(article.parent)) == [article.name]


def test_a_project_is_drawn_and_stays_as_it_was(hashiya: Call, project: Path, tmp_path: Path) -> None:
    before = contents(project.parent)
    out = project.with_name("p.png")
    assert hashiya("render", project, "--out", out).status == 0
    assert default_schema().labels[0].colour.ground in colours(out)
    out.unlink()
    assert contents(project.parent) == before


def test_a_process_without_a_display_draws_and_says_nothing_else(article: Path) -> None:
    out = article.with_name("a.png")
    done = in_a_process("render", article, "--out", out)
    assert (done.returncode, done.stdout.decode(), done.stderr.decode()) == (0, f"{out}\n", "")
    assert not QImage(str(out)).isNull()


def test_missing_libraries_are_named_before_qt_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.errors import CallError
    from app.wording import describe
    from widgets import display

    monkeypatch.setattr(display.sys, "platform", "linux")
    monkeypatch.setattr(display, "_loads", lambda name: name != "libEGL.so.1")
    with pytest.raises(CallError) as refused:
        display.require_libraries()
    assert "libEGL.so.1 missing" in describe(refused.value) and "apt-get install libegl1" in describe(refused.value)
