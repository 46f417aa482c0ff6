"""Money, numbers, shares and dates as readers and as JSON want them."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sgincentive.calendar import FIRST_DAY, LAST_DAY
from sgincentive.nodes.values import Bounds, DateSpan, Number
from sgincentive.words import Lang, Text

NONE = Text("无", "none")
OPEN_DAY = Text("未写明的日期", "a date that the sources do not give")
COUNTED: dict[str, tuple[Text, Text]] = {
    "months": (Text("个月", "month"), Text("个月", "months")),
    "days": (Text("天", "day"), Text("天", "days")),
    "years": (Text("年", "year"), Text("年", "years")),
    "persons": (Text("人", "person"), Text("人", "persons")),
    "steps": (Text("级", "step"), Text("级", "steps")),
    "points": (Text("分", "point"), Text("分", "points")),
    "posts": (Text("个岗位", "post"), Text("个岗位", "posts")),
    "hours": (Text("小时", "hour"), Text("小时", "hours")),
    "households": (Text("户", "household"), Text("户", "households")),
    "families": (Text("个家庭", "family"), Text("个家庭", "families")),
    "villages": (Text("个村", "village"), Text("个村", "villages")),
    "pieces": (Text("个（篇）", "piece"), Text("个（篇）", "pieces")),
    "times": (Text("次", "time"), Text("次", "times")),
    "minutes": (Text("分钟", "minute"), Text("分钟", "minutes")),
    "stars": (Text("星", "star"), Text("星", "stars")),
}


def fen_digits(fen: Number, *, grouped: bool = False) -> str:
    """Fen as yuan with two decimals (halves away from 0): ``12000.00`` or ``12,000.00``."""
    whole = _half_up(Fraction(fen))
    yuan = Decimal(whole).scaleb(-2)
    return f"{yuan:,.2f}" if grouped else f"{yuan:.2f}"


def _half_up(value: Fraction) -> int:
    near = math.floor(abs(value) + Fraction(1, 2))
    return near if value >= 0 else -near


def money(fen: Number, lang: Lang) -> str:
    """``1,000.00 元`` or ``CNY 1,000.00``."""
    digits = fen_digits(fen, grouped=True)
    return f"{digits} 元" if lang == "zh" else f"CNY {digits}"


def yuan_text(fen: Number, lang: Lang) -> str:
    """``12,000.00 元`` or ``12,000.00 yuan``, as a distance is told."""
    digits = fen_digits(fen, grouped=True)
    return f"{digits} 元" if lang == "zh" else f"{digits} yuan"


def digits_of(value: Number, places: int = 4) -> str | None:
    """The exact decimal digits of a number, None where they do not end in ``places``."""
    scaled = Fraction(value) * 10**places
    if scaled.denominator != 1:
        return None
    text = f"{Decimal(scaled.numerator).scaleb(-places):.{places}f}"
    return text.rstrip("0").rstrip(".")


def number(value: Number) -> str:
    """A plain number: ``12``, ``1.5`` or ``1/3``."""
    if isinstance(value, Fraction) and value.denominator == 1:
        value = value.numerator
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 10000 else str(value)
    digits = digits_of(value)
    return f"{value.numerator}/{value.denominator}" if digits is None else digits


def share(value: Number) -> str:
    """``30%``, or ``1/3`` where the digits would not end."""
    digits = digits_of(Fraction(value) * 100)
    return number(value) if digits is None else f"{digits}%"


def with_unit(value: Number, unit: str | None, lang: Lang) -> str:
    """A number with the words of its unit."""
    if unit == "money":
        return money(value, lang)
    if unit == "share":
        return share(value)
    if unit == "year":
        return f"{value} 年" if lang == "zh" else str(value)
    if unit in COUNTED:
        one, many = COUNTED[unit]
        return f"{number(value)} {(one if value == 1 else many).get(lang)}"
    return number(value)


def day_text(span: DateSpan, lang: Lang, open_text: Text = OPEN_DAY) -> str:
    """An ISO date, ``between A and B`` where it is known only roughly, or ``open_text``."""
    first, last = span.first, span.last
    if first == last:
        return first.isoformat()
    if first <= FIRST_DAY and last >= LAST_DAY:
        return open_text.get(lang)
    if lang == "zh":
        return f"{first.isoformat()} 至 {last.isoformat()} 间的某日"
    return f"a day from {first.isoformat()} to {last.isoformat()}"


def join_words(words: list[str], lang: Lang) -> str:
    """Alternatives: ``甲、乙或丙``, ``a, b or c``."""
    return _joined(words, *(("、", "或") if lang == "zh" else (", ", " or ")))


def list_words(words: list[str], lang: Lang) -> str:
    """An enumeration: ``甲、乙和丙``, ``a, b and c``."""
    return _joined(words, *(("、", "和") if lang == "zh" else (", ", " and ")))


def _joined(words: list[str], comma: str, last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return comma.join(words[:-1]) + last + words[-1]


# ------------------------------------------------------------------------- JSON


def json_number(value: Number) -> int | float | str:
    """A plain JSON number; ``1/3`` as text, since no decimal says it."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return exact.numerator
    digits = digits_of(exact)
    return f"{exact.numerator}/{exact.denominator}" if digits is None else float(digits)


def json_end(value: Number | None, *, is_money: bool) -> Any:
    """One end of an amount: money as text with two decimals, else a number."""
    if value is None:
        return None
    return fen_digits(value) if is_money else json_number(value)


def json_bounds(value: Bounds, *, is_money: bool) -> Any:
    """One value, ``{"min", "max"}`` where it is open, None where nothing is known."""
    if value.settled:
        return json_end(value.low, is_money=is_money)
    if not value.low and value.high is None:
        return None
    low, high = json_end(value.low, is_money=is_money), json_end(value.high, is_money=is_money)
    return {"min": low, "max": high}


def json_span(span: DateSpan) -> Any:
    """One ISO date, ``{"min", "max"}`` where it is open, None where nothing is known."""
    if span.first == span.last:
        return span.first.isoformat()
    if span.first <= FIRST_DAY and span.last >= LAST_DAY:
        return None
    return {"min": span.first.isoformat(), "max": span.last.isoformat()}


def json_text(text: Text) -> dict[str, str]:
    """``{"zh", "en"}``."""
    return {"zh": text.zh, "en": text.en}


def json_value(value: Any) -> Any:
    """A single value of a profile as JSON data."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return json_number(value)
    return value


# ----------------------------------------------------------------------- shares


def percent(part: Number, whole: Number, limit: Number | None, above: bool) -> str:
    """A share in percent with two decimals, never rounded onto or across ``limit``.

    A share exactly on a limit that two decimals cannot write is shown just above it where
    ``above``, else just below, so that the digits agree with the answer.
    """
    exact = Fraction(part) * 10000 / Fraction(whole)
    hundredths = _half_up(exact)
    if limit is not None:
        bar = Fraction(limit) * 10000
        if exact < bar:
            hundredths = min(hundredths, math.ceil(bar) - 1)
        elif exact > bar:
            hundredths = max(hundredths, math.floor(bar) + 1)
        elif bar.denominator != 1:
            hundredths = math.ceil(bar) if above else math.floor(bar)
    return f"{Decimal(hundredths).scaleb(-2):.2f}"


def points(gap: Fraction) -> str:
    """A distance between two shares in percentage points; one that exists is never 0.00."""
    hundredths = _half_up(gap * 10000)
    if gap > 0:
        hundredths = max(hundredths, 1)
    return f"{Decimal(hundredths).scaleb(-2):.2f}"
