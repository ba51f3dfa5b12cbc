"""The themes can be read: contrast as WCAG 2.2 asks, every role in each, drawings recoloured."""

import re

import pytest

from desktop.ui import theme
from desktop.ui.theme import colours, stylesheet, themes, use_theme
from resources import read_text

NAMES = (theme.LIGHT, theme.DARK, theme.CONTRAST)
PAPERS = ("ground", "paper", "alternate", "head", "hover")
CELLS = ("cell_error", "cell_warning", "cell_info", "cell_open", "cell_under_way", "cell_choice")
NOTICES = ("error_paper", "warning_paper", "info_paper", "done_paper", "wrong_paper")
READ = [
    *(("ink", paper) for paper in (*PAPERS, *CELLS, *NOTICES, "group_head", "tab", "pressed")),
    *(("quiet", paper) for paper in PAPERS),
    *(("faint", paper) for paper in ("paper", "alternate")),
    *(("line_ink", paper) for paper in PAPERS),
    *(("accent", paper) for paper in ("ground", "paper", "link_hover")),
    *(("on_accent", paper) for paper in ("accent", "accent_hover", "accent_pressed")),
    *(("wrong", paper) for paper in ("ground", "paper", "wrong_paper")),
    ("late", "paper"),
    ("chosen_ink", "chosen"),
    ("current_ink", "current"),
    ("practice_ink", "practice"),
]
SEEN = [
    *(("edge", "paper"), ("accent", "paper"), ("chart_1", "paper"), ("chart_2", "paper")),
    *((f"unit_{number}", "paper") for number in range(1, 9)),
]
"""outlines and areas that carry a meaning: 3:1"""


def luminance(hexed: str) -> float:
    parts = [int(hexed[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_the_most_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", NAMES)
def test_words_can_be_read(name: str) -> None:
    given, least = colours(name), 7.0 if name == theme.CONTRAST else 4.5
    weak = [
        (ink, paper, round(contrast(given[ink], given[paper]), 2))
        for ink, paper in READ
        if contrast(given[ink], given[paper]) < least
    ]
    assert weak == []


@pytest.mark.parametrize("name", NAMES)
def test_outlines_can_be_seen(name: str) -> None:
    given = colours(name)
    weak = [pair for pair in SEEN if contrast(given[pair[0]], given[pair[1]]) < 3]
    assert weak == []


def test_every_theme_has_every_role() -> None:
    assert len({frozenset(colours(name)) for name in NAMES}) == 1


def test_the_look_names_no_colour_itself() -> None:
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", read_text("ui/look.qss")) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_stylesheet_is_filled_in(name: str) -> None:
    before = theme.theme()
    try:
        use_theme(name)
        assert "@" not in stylesheet()
    finally:
        use_theme(before)


def test_no_such_theme() -> None:
    before = theme.theme()
    with pytest.raises(KeyError):
        use_theme("pink")
    use_theme(before)


@pytest.mark.parametrize("name", [theme.DARK, theme.CONTRAST])
def test_drawings_of_their_own_colour_are_redrawn(name: str) -> None:
    own = {"#067647", "#b42318", "#b54708", "#175cd3", "#0b5c8a"}
    replaced = themes()[name]["drawings"]
    assert isinstance(replaced, dict)
    assert own <= set(replaced)
