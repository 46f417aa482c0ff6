"""From what people write to a code: codes, full and short names, names with those above."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from sgincentive.divisions import table
from sgincentive.divisions.model import AmbiguousDivision, UnknownDivision

_LONGEST = 60
_NEAREST = 5
_PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|"
    "佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|达斡尔|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|"
    "普米族|塔吉克|怒族|鄂温克族|德昂族|保安族|裕固族|独龙族|鄂伦春|各族"
)
_AUTONOMOUS = re.compile(f"^(.{{1,}}?)(?:{_PEOPLES})+自治([州县旗])$")
_ENDINGS = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区")
_COUNTRY_NAMES = ("全国", "中国", "中华人民共和国")
_PROVINCES = {
    "150000": "内蒙古",
    "450000": "广西",
    "540000": "西藏",
    "640000": "宁夏",
    "650000": "新疆",
    "810000": "香港",
    "820000": "澳门",
}
_DIGITS = re.compile("[0-9]+")
_SELF_NAME = re.compile(r"(.+?)\(?([省市区县旗州盟]?)本级\)?")


class _Match(IntEnum):
    """How well a name fits; only the best kind found counts."""

    NAME = 0
    ENDED_NAME = 1
    OTHER_NAME = 2
    SHORT = 3
    ENDED_SHORT = 4


class _Entry(NamedTuple):
    match: _Match
    code: str


def short_names(code: str) -> tuple[str, ...]:
    """The names of ``code`` without its ending: 海曙 of 海曙区; 恩施, 恩施州 of 恩施…自治州."""
    row = table.rows()[code]
    if row.kind == "zone" or code in table.GROUPS or code == table.COUNTRY:
        return ()
    if code in _PROVINCES:
        return (_PROVINCES[code],)
    name = row.name
    autonomous = _AUTONOMOUS.match(name)
    if autonomous and len(autonomous[1]) > 1:
        return (autonomous[1], autonomous[1] + autonomous[2])
    for ending in (*_ENDINGS, "省", "市", "区", "县", "旗", "盟"):
        if name.endswith(ending) and len(name) - len(ending) > 1:
            return (name[: -len(ending)],)
    return ()


@cache
def _index() -> Mapping[str, tuple[_Entry, ...]]:
    found: dict[str, list[_Entry]] = {}
    for code, row in table.rows().items():
        if code in table.GROUPS:
            found.setdefault(table.get(code).full_name, []).append(_Entry(_Match.NAME, code))
            continue
        gone = bool(row.until)
        own = _Match.ENDED_NAME if gone else _Match.NAME
        found.setdefault(row.name, []).append(_Entry(own, code))
        if row.other_names:
            # Another name of a zone is as good as its first; a former name of a division is not.
            other = _Match.NAME if row.kind == "zone" else _Match.OTHER_NAME
            for name in row.other_names.split(";"):
                found.setdefault(name, []).append(_Entry(other, code))
        short = _Match.ENDED_SHORT if gone else _Match.SHORT
        for name in short_names(code):
            found.setdefault(name, []).append(_Entry(short, code))
    for name in _COUNTRY_NAMES[1:]:
        found[name] = [_Entry(_Match.NAME, table.COUNTRY)]
    return {name: tuple(entries) for name, entries in found.items()}


def _spellings(code: str) -> Iterator[str]:
    if code == table.COUNTRY:
        yield from _COUNTRY_NAMES
        return
    row = table.rows()[code]
    yield row.name
    yield from short_names(code)
    if row.other_names:
        yield from row.other_names.split(";")


@cache
def _prefixes(code: str) -> frozenset[str]:
    """Everything that may stand before a name of a division directly below ``code``."""
    found = {""}
    parent = table.rows()[code].parent
    if parent:
        found.update(_prefixes(parent))
    found.update({before + name for before in found for name in _spellings(code)})
    if table.rows()[code].kind == "province":
        # Tables in three columns write 北京市北京市东城区 or 北京市市辖区东城区.
        groups = {table.rows()[g].name for g in table.GROUPS if g[:2] == code[:2]}
        if groups:
            found.update(
                {before + middle for before in found for middle in (*groups, *_spellings(code))}
            )
    return frozenset(found)


def _lookup(text: str) -> list[str]:
    """The codes that ``text`` names equally well; more than one is ambiguous, none unknown."""
    index = _index()
    best: list[_Entry] = []
    for cut in range(len(text)):
        before = text[:cut]
        for entry in index.get(text[cut:], ()):
            parent = table.rows()[entry.code].parent
            if before and (not parent or before not in _prefixes(parent)):
                continue
            if best and entry.match > best[0].match:
                continue
            if best and entry.match < best[0].match:
                best = []
            best.append(entry)
    codes = sorted({entry.code for entry in best})
    if best and best[0].match >= _Match.SHORT and len(codes) > 1:
        return _prefer(codes)
    return codes


def _prefer(codes: list[str]) -> list[str]:
    """Among places with the same short name: the province, then a place before those inside it."""
    rows = table.rows()
    provinces = [c for c in codes if rows[c].kind == "province"]
    if provinces:
        return provinces
    outermost = [c for c in codes if not any(o != c and o in table.recorded(c) for o in codes)]
    cities = [c for c in outermost if rows[c].kind == "city"]
    # 西安 is the city: nobody shortens 西安区 so, but people do say 朝阳, and 甘南 for a county.
    rest = [c for c in outermost if c not in cities]
    if len(cities) == 1 and all(rows[c].name[-1] == "区" and c not in _KNOWN_BARE for c in rest):
        return cities
    return outermost


_KNOWN_BARE = frozenset(("110105",))


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def resolve(text: str) -> str:
    """The code, zone id or ``@self`` code that ``text`` means.

    Accepts a code (ended ones too), a zone id, ``NNNNNN@self``, a name with or without the places
    above it and with or without the endings (浙江省宁波市海曙区, 宁波海曙区, 海曙), and 宁波市本级.
    A name still in use goes before one of the past; a past name gives the code it had, a former
    name of a code that stayed gives that code. White space and full-width digits do not matter.

    Raises AmbiguousDivision when several places have the name, UnknownDivision when none has.
    """
    if table.known(text):
        return text
    given, text = text, _fold(text)
    if table.known(text.lower()):
        return text.lower()
    if len(text) > _LONGEST or not text:
        raise UnknownDivision(given)
    codes = _lookup(text)
    made = table.SELF if not codes else ""
    if not codes:
        codes = _self_base(text)
    if len(codes) == 1:
        return codes[0] + made
    if codes:
        raise AmbiguousDivision(given, [table.get(code + made) for code in codes])
    raise UnknownDivision(given, [(table.get(c).full_name, c) for c in _near(text)])


def _self_base(text: str) -> list[str]:
    found = _SELF_NAME.fullmatch(text)
    if found is None:
        return []
    for name in (found[1] + found[2], found[1]):
        codes = [code for code in _lookup(name.rstrip("(")) if table.has_self(code)]
        if codes:
            return codes
    return []


def _near(text: str) -> list[str]:
    """Codes of the divisions that ``text`` may have meant, the nearest first."""
    rows = table.rows()
    digits = _DIGITS.match(text)
    if digits is not None:
        return _near_code(digits[0][:6])
    if len(text) > 1:
        holding = [c for c in _current() if any(text in name for name in _spellings(c))]
        if holding:
            return holding[:_NEAREST]
    pool: dict[str, str] = {}
    for code in _current():
        pool[table.get(code).full_name] = code
        pool.setdefault(rows[code].name, code)
    inside = _inside(text)
    if inside:
        rest, place = inside
        names = {rows[c].name: c for c in _below(place)}
        close = _closest(rest, names, 0.4)
        if close:
            return _unique(names[name] for name in close)
        return [place]
    close = _closest(text, pool, 0.6)
    return _unique(pool[name] for name in close)


def _closest(word: str, names: Mapping[str, str], cutoff: float) -> list[str]:
    """The names (of codes) like ``word``; of equals those alike in place, then cities."""
    rank: dict[str, tuple[float, int, bool, str]] = {}
    for name in difflib.get_close_matches(word, list(names), n=200, cutoff=cutoff):
        ratio = difflib.SequenceMatcher(None, name, word).ratio()
        in_place = sum(a == b for a, b in zip(name, word, strict=False)) + (name[0] == word[0])
        rank[name] = (-round(ratio, 3), -in_place, not names[name].endswith("00"), name)
    return sorted(rank, key=rank.__getitem__)


def _near_code(digits: str) -> list[str]:
    """The code itself where more follows it, then its like in the same city, then what is above."""
    rows = table.rows()
    above = [c for c in (digits[:4].ljust(6, "0"), digits[:2] + "0000") if c in rows]
    if digits in rows:
        return _unique((digits, *above))
    like = [c for c in _current() if c[:4] == digits[:4]] if len(digits) > 4 else []
    close = difflib.get_close_matches(digits, like, n=_NEAREST - len(above), cutoff=0.8)
    return _unique((*close, *above))


def _inside(text: str) -> tuple[str, str] | None:
    """The longest beginning of ``text`` that names one place: the rest, and the code."""
    for cut in range(len(text) - 1, 1, -1):
        codes = _lookup(text[:cut])
        if len(codes) == 1 and codes[0] != table.COUNTRY:
            return text[cut:], codes[0]
    return None


def _below(code: str) -> Iterator[str]:
    for child in table.children(code):
        yield child
        yield from _below(child)


def _current() -> tuple[str, ...]:
    return tuple(c for c, row in table.rows().items() if not row.until and c not in table.GROUPS)


def _unique(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codes))[:_NEAREST]
