"""The types of facts at the door: what is accepted, what is stored, and what to say otherwise.

Each kind has one reader; the quick way through pydantic-core and the slow way that collects
every problem both end in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from sgincentive.facts.problems import BadValueError, did_you_mean
from sgincentive.facts.spec import FIRST_YEAR, LAST_YEAR, MAX_DIGITS, MAX_MONTHS, FactType
from sgincentive.words import Text, Vocabulary

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

_LIMIT: Final = 10**MAX_DIGITS
_MAX_TEXT: Final = 500
_EXACT: Final = Context(prec=40)
_NUMBER: Final = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,4})?")
_MONTH: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_YEAR: Final = re.compile(r"[0-9]{4}")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_YES: Final = {"是": True, "否": False, "true": True, "false": False, "有": True, "无": False}

Reader = Callable[[Any], Any]
Core = Callable[[Any], "CoreSchema"]


def read_date(value: Any) -> date:
    """A day from a date or from exact text YYYY-MM-DD, between 1900 and 2100."""
    if type(value) is str and len(value) == 10 and value[4] == "-" and value[7] == "-":
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise _bad_date(value) from None
    if type(value) is date and FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    raise _bad_date(value)


def _bad_date(value: Any) -> BadValueError:
    if isinstance(value, datetime):
        return BadValueError("应为日期，不含时刻", "a day without a time of day was expected")
    if isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        if isinstance(value, date) or not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
            return BadValueError(
                f"年份应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间",
                f"years run from {FIRST_YEAR} to {LAST_YEAR}",
            )
        return BadValueError(
            "日历上没有这一天；应为 YYYY-MM-DD",
            "there is no such day in the calendar; a day written YYYY-MM-DD was expected",
        )
    if isinstance(value, str) and (_MONTH.fullmatch(value) or _YEAR.fullmatch(value)):
        return BadValueError(
            "应为具体日期 YYYY-MM-DD，缺少日",
            "a day written YYYY-MM-DD was expected, not a month or a year",
        )
    return BadValueError(
        "应为 YYYY-MM-DD 形式的日期，如 2024-12-05",
        "a day written YYYY-MM-DD was expected, for example 2024-12-05",
    )


def read_money(value: Any) -> int:
    """Whole fen of yuan given as int, Decimal or text such as ``1000.50``; never as float."""
    if type(value) is int and 0 <= value < _LIMIT:
        return value * 100
    if isinstance(value, str):
        whole, point, cents = value.partition(".")
        if (
            len(value) <= MAX_DIGITS + bool(point)
            and value.isascii()
            and whole.isdigit()
            and (whole[0] != "0" or len(whole) == 1)
            and (not point or (cents.isdigit() and len(cents) <= 2))
        ):
            return int(whole + (cents + "00")[:2])
    elif isinstance(value, Decimal) and _fits(value, 2):
        return int(value.scaleb(2, _EXACT))
    raise _bad_number(value, 2, "金额（元）", "an amount in yuan")


def read_number(value: Any) -> int | Fraction:
    """A number that is not negative, with at most four decimals; never from a float."""
    if type(value) is int and 0 <= value < _LIMIT:
        return value
    if isinstance(value, str):
        if len(value) <= MAX_DIGITS + 1 and _NUMBER.fullmatch(value):
            return _exact(Fraction(value))
    elif isinstance(value, Decimal) and _fits(value, 4):
        return _exact(Fraction(value))
    raise _bad_number(value, 4, "数", "a number")


def _exact(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value


def _fits(value: Decimal, places: int) -> bool:
    if not value.is_finite() or value < 0 or value.adjusted() >= MAX_DIGITS:
        return False
    _, digits, exponent = value.as_tuple()
    return isinstance(exponent, int) and exponent >= -places and len(digits) <= MAX_DIGITS


def _bad_number(value: Any, places: int, zh: str, en: str) -> BadValueError:
    if isinstance(value, float):
        return BadValueError(
            f"{zh}不能用浮点数，请写成文本或 Decimal",
            f"{en} cannot be a float; give it as text or as Decimal",
        )
    if (isinstance(value, int) and not isinstance(value, bool) and value < 0) or (
        (isinstance(value, str) and value[:1] in ("-", "−"))
        or (isinstance(value, Decimal) and value.is_finite() and value < 0)
    ):
        return BadValueError(f"{zh}不能为负", f"{en} cannot be negative")
    return BadValueError(
        f"应为{zh}：至多 {MAX_DIGITS} 位数字、{places} 位小数，不用指数、千位分隔符和单位",
        f"{en} was expected: at most {MAX_DIGITS} digits and {places} decimals, "
        "no exponent, separators or unit",
    )


def read_count(value: Any) -> int:
    """A whole number from 0."""
    if type(value) is int and 0 <= value < _LIMIT:
        return value
    raise _bad_whole(value)


def _bad_whole(value: Any) -> BadValueError:
    if type(value) is int and value < 0:
        return BadValueError("数量不能为负", "a count cannot be negative")
    if type(value) is int:
        return BadValueError(
            f"至多 {MAX_DIGITS} 位数字", f"at most {MAX_DIGITS} digits are allowed"
        )
    return BadValueError("应为 0 或正整数", "a whole number, 0 or more, was expected")


def read_months(value: Any) -> int:
    """A whole number of months, at most 600."""
    if type(value) is int and 0 <= value <= MAX_MONTHS:
        return value
    raise BadValueError(
        f"应为 0 到 {MAX_MONTHS} 的整月数",
        f"a whole number of months, 0 to {MAX_MONTHS}, was expected",
    )


def read_year(value: Any) -> int:
    """A year from 1900 to 2100."""
    if type(value) is int and FIRST_YEAR <= value <= LAST_YEAR:
        return value
    raise BadValueError(
        f"应为 {FIRST_YEAR} 到 {LAST_YEAR} 之间的年份（整数）",
        f"a year from {FIRST_YEAR} to {LAST_YEAR} was expected, as a whole number",
    )


def read_bool(value: Any) -> bool:
    """true or false; 是 and 否 are accepted."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in _YES:
        return _YES[value]
    raise BadValueError("应为 true（是）或 false（否）", "true or false was expected")


def read_text(value: Any) -> str:
    """Text of 1 to 500 characters; a whole number is taken as its digits."""
    if type(value) is int and 0 <= value < _LIMIT:
        return str(value)
    if isinstance(value, str) and 0 < len(value) <= _MAX_TEXT and not _SURROGATE.search(value):
        return str(value)
    raise BadValueError(
        f"应为文本，1 到 {_MAX_TEXT} 个字符", f"text of 1 to {_MAX_TEXT} characters was expected"
    )


def read_period(value: Any) -> str:
    """A year ``2024`` or a month ``2024-03``, as text."""
    if type(value) is int:
        value = str(value) if 0 <= value < _LIMIT else ""
    if (
        isinstance(value, str)
        and (_YEAR.fullmatch(value) or _MONTH.fullmatch(value))
        and FIRST_YEAR <= int(value[:4]) <= LAST_YEAR
    ):
        return value
    raise BadValueError(
        "应为年度（如 2024）或月份（如 2024-03）",
        "a year such as 2024 or a month such as 2024-03 was expected",
    )


class _Words(dict[str, str]):
    """Every accepted spelling of a vocabulary; a miss tries harder, then complains."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__({value: value for value in vocabulary.values})
        self.vocabulary = vocabulary
        self.update(vocabulary.spellings)
        self.update({label.zh: value for value, label in vocabulary.labels.items()})

    def __missing__(self, word: object) -> str:
        if isinstance(word, str) and len(word) <= _MAX_TEXT:
            plain = word.strip()
            for spelling in (plain, plain.lower().replace(" ", "_").replace("-", "_")):
                found = self.get(spelling) or self.vocabulary.find(spelling)
                if found is not None:
                    return found
        raise _bad_word(word, self.vocabulary)


def _bad_word(word: object, vocabulary: Vocabulary) -> BadValueError:
    near = None
    if isinstance(word, str) and len(word) <= _MAX_TEXT:
        near = vocabulary.nearest(word)
    hint = None if near is None else did_you_mean(near, vocabulary.labels[near].zh)
    values = vocabulary.values
    zh = "、".join(vocabulary.labels[value].zh for value in values[:8])
    en = ", ".join(values[:8])
    if len(values) > 8:
        zh, en = zh + "等", en + ", …"
    return BadValueError(f"应为下列之一：{zh}", f"one of these was expected: {en}", hint)


class _Codes(dict[str, str]):
    """The division codes met so far. Names are looked up each time, so that only codes stay."""

    def __missing__(self, place: object) -> str:
        code = _resolve(place)
        if code == place:
            self[code] = code
        return code


def _resolve(place: object) -> str:
    from sgincentive.divisions import AmbiguousDivision, UnknownDivision, resolve

    if isinstance(place, int) and not isinstance(place, bool):
        raise BadValueError(
            '行政区划代码是文本，请加引号，如 "330203"',
            'a division code is text: put it in quotes, as in "330203"',
        )
    if not isinstance(place, str) or not 0 < len(place) <= 100:
        raise BadValueError(
            '应为行政区划代码（如 "330203"）或地名（如 宁波市海曙区）',
            'a division code such as "330203" or a Chinese place name was expected',
        )
    try:
        return resolve(place)
    except AmbiguousDivision as several:
        shown = several.candidates[:8]
        names = [f"{division.full_name} {division.code}" for division in shown]
        more = len(several.candidates) > len(shown)
        raise BadValueError(
            "地名不唯一",
            "more than one place has this name",
            Text(
                "可能是：" + "、".join(names) + ("等" if more else ""),
                "it may be " + ", ".join(names) + (", …" if more else ""),
            ),
        ) from None
    except UnknownDivision as unknown:
        nearest = list(unknown.nearest)[:3]
        hint = Text(
            "是否想写：" + "、".join(nearest) + "？", "did you mean " + ", ".join(nearest) + "?"
        )
        raise BadValueError(
            "没有这个行政区划代码或地名",
            "there is no division with this code or name",
            hint if nearest else None,
        ) from None


_CODES: Final = _Codes()


def read_division(value: Any) -> str:
    """The code (or zone id) of a code or a place name."""
    try:
        return _CODES[value]
    except TypeError:
        return _resolve(value)


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A type of fact: its name, its reader, and the pydantic-core schema of the quick way."""

    type: FactType
    read: Reader
    core: Core
    nullable: bool = False
    vocabulary: Vocabulary | None = None

    def schema(self, core_schema: Any) -> CoreSchema:
        """What pydantic-core does with a value of this kind, by its module of schemas."""
        schema = self.core(core_schema)
        made: CoreSchema = core_schema.nullable_schema(schema) if self.nullable else schema
        return made

    def or_null(self) -> Kind:
        """The same kind with null accepted."""
        return Kind(self.type, self.read, self.core, True, self.vocabulary)


def _through(reader: Reader) -> Core:
    return lambda core: core.no_info_plain_validator_function(reader)


def _whole(low: int, high: int) -> Core:
    return lambda core: core.int_schema(strict=True, ge=low, le=high)


def one_of(vocabulary: Vocabulary) -> Kind:
    """The kind of a fact whose values are the words of ``vocabulary``."""
    words = _Words(vocabulary)

    def read(value: Any) -> str:
        return words[value] if isinstance(value, str) else words.__missing__(value)

    type_: FactType = "level" if vocabulary.name == "level" else "word"
    # The table's own lookup runs in C: the quick way never enters Python for a known word.
    return Kind(type_, read, _through(words.__getitem__), vocabulary=vocabulary)


DAY: Final = Kind("date", read_date, _through(read_date))
MONEY: Final = Kind("money", read_money, _through(read_money))
NUMBER: Final = Kind("number", read_number, _through(read_number))
COUNT: Final = Kind("count", read_count, _whole(0, _LIMIT - 1))
MONTHS: Final = Kind("months", read_months, _whole(0, MAX_MONTHS))
YEAR: Final = Kind("year", read_year, _whole(FIRST_YEAR, LAST_YEAR))
FLAG: Final = Kind("bool", read_bool, lambda core: core.bool_schema(strict=True))
TEXT: Final = Kind(
    "text",
    read_text,
    lambda core: core.str_schema(strict=True, min_length=1, max_length=_MAX_TEXT),
)
PERIOD: Final = Kind("text", read_period, _through(read_period))
PLACE: Final = Kind("division", read_division, _through(_CODES.__getitem__))
