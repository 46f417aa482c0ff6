"""A chart of what changed terms cost: sums by level, today and changed, and whom it moves."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sgincentive.roster.extras import needed
from sgincentive.roster.problems import RosterError
from sgincentive.words import Lang, Text

ENDINGS: Final = (".svg", ".png")
CHINESE_FONTS: Final = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Microsoft YaHei", "SimHei", "PingFang SC",
    "Heiti SC", "Hiragino Sans GB", "Arial Unicode MS",
)  # fmt: skip
TODAY: Final = Text("现行标准", "today's terms")
CHANGED: Final = Text("改动后", "changed terms")
SUMS: Final = Text("应发合计（元）", "due, in all (CNY)")
COLOURS: Final = ("#8faadc", "#2f5597")


@dataclass(frozen=True, slots=True)
class Bars:
    """What the chart shows: sums in yuan by name, today and changed, and how many of ``counted``
    by effect."""

    title: Text
    counted: Text
    names: Sequence[Text]
    before: Sequence[float]
    after: Sequence[float]
    effects: Sequence[tuple[Text, int]]


def check_ending(path: Path) -> None:
    """Raise RosterError unless the name is that of a chart."""
    if path.suffix.lower() not in ENDINGS:
        raise RosterError(
            Text(f"{path}: 图的文件名应以 .svg 或 .png 结尾",
                 f"{path}: a chart is named *.svg or *.png")
        )  # fmt: skip


def draw(path: Path, bars: Bars, lang: Lang) -> bool:
    """Draw the chart; gives whether Chinese words had no font here. Those of a picture are then
    English, those of an .svg stay text in the fonts of whoever opens it.

    Raises MissingExtra, OSError.
    """
    rc_context = needed("matplotlib").rc_context
    canvas = needed("matplotlib.backends.backend_agg").FigureCanvasAgg
    made = needed("matplotlib.figure").Figure
    installed = {f.name for f in needed("matplotlib.font_manager").fontManager.ttflist}
    fonts = [name for name in CHINESE_FONTS if name in installed]
    vector = path.suffix.lower() == ".svg"
    without_font = lang == "zh" and not fonts
    if without_font and not vector:
        lang = "en"
    families = [*(fonts[:1] if not vector else fonts[:1] + list(CHINESE_FONTS)), "DejaVu Sans"]
    settings: dict[str, Any] = {
        "font.family": list(dict.fromkeys(f for f in families if f in installed or not vector)),
        "svg.fonttype": "path" if fonts else "none",
        "svg.hashsalt": "sgincentive",
        "axes.unicode_minus": False,
    }
    with rc_context(settings), silent_about_fonts():
        figure = made(figsize=(9, 4.2), layout="constrained")
        canvas(figure)
        left, right = figure.subplots(1, 2, width_ratios=(3, 2))
        figure.suptitle(bars.title.get(lang))
        places = range(len(bars.names))
        for shift, heights, label, colour in (
            (-0.2, bars.before, TODAY, COLOURS[0]), (0.2, bars.after, CHANGED, COLOURS[1])
        ):  # fmt: skip
            drawn = left.bar([p + shift for p in places], heights, 0.38,
                             label=label.get(lang), color=colour)  # fmt: skip
            left.bar_label(drawn, [f"{h:,.0f}" for h in heights], fontsize=8)
        left.set_xticks(list(places), [name.get(lang) for name in bars.names])
        left.set_ylabel(SUMS.get(lang))
        left.margins(y=0.15)
        left.legend()
        drawn = right.barh([e[0].get(lang) for e in bars.effects], [e[1] for e in bars.effects],
                           color=COLOURS[1])  # fmt: skip
        right.bar_label(drawn, [f"{e[1]:,}" for e in bars.effects], padding=3, fontsize=8)
        right.set_xlabel(bars.counted.get(lang))
        right.xaxis.get_major_locator().set_params(integer=True)
        right.invert_yaxis()
        right.margins(x=0.15)
        for axes in (left, right):
            axes.spines[["top", "right"]].set_visible(False)
        figure.savefig(path, metadata={"Date": None} if vector else None)
    return without_font


@contextmanager
def silent_about_fonts() -> Iterator[None]:
    """The plotting library says of each word, each time it measures it, that it has no font for
    it; the caller says so once."""
    log = logging.getLogger("matplotlib.font_manager")
    level = log.level
    log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "(?s).*[Gg]lyph|.*font")
            yield
    finally:
        log.setLevel(level)
