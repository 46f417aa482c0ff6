from __future__ import annotations

from decimal import Decimal

import pytest

from sgincentive.source import Mapping, Mark, Scalar, Sequence, parse, to_plain


def value(text: str) -> Scalar:
    tree = parse(f"a: {text}\n", "x")
    assert isinstance(tree, Mapping)
    scalar = tree.get("a")
    assert isinstance(scalar, Scalar)
    return scalar


@pytest.mark.parametrize("text", ["no", "2025-02-30", "0123", "Yes", "1e3", "0x1F", "1:30", ".5"])
def test_plain_scalars_keep_their_characters(text: str) -> None:
    assert value(text).text == text
    assert not value(text).quoted
    assert to_plain(value(text)) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("123456789012345", 123456789012345),
        ("1234567890123456", "1234567890123456"),
        ("1.50", Decimal("1.50")),
        ("-0.3333", Decimal("-0.3333")),
        ("0.33333", "0.33333"),
        ("1_000", "1_000"),
        ("+1", "+1"),
        ("007", "007"),
        ("1.", "1."),
        ("0o17", "0o17"),
        (".inf", ".inf"),
        ("inf", "inf"),
        (".nan", ".nan"),
        ("1e400", "1e400"),
        ("１２", "１２"),
        ("True", "True"),
        ("2024-12-05", "2024-12-05"),
        ('"1"', "1"),
        ("'true'", "true"),
        ('""', ""),
        ('"~"', "~"),
    ],
)
def test_to_plain(text: str, plain: object) -> None:
    result = to_plain(value(text))
    assert result == plain
    assert type(result) is type(plain)


def test_decimals_keep_their_digits() -> None:
    assert str(to_plain(value("1.50"))) == "1.50"


@pytest.mark.parametrize(
    ("text", "null"), [("", True), ("~", True), ("null", True), ('""', False), ("'~'", False)]
)
def test_is_null(text: str, null: bool) -> None:
    assert value(text).is_null is null


def test_block_scalars_are_text() -> None:
    tree = parse("a: |\n  12\nb: >-\n  null\n", "x")
    assert to_plain(tree) == {"a": "12\n", "b": "null"}


def test_places_count_characters() -> None:
    tree = parse("甲: 1\n乙:\n  - {丙😀: 丁, b: c}\n", "x")
    assert isinstance(tree, Mapping)
    assert list(tree.keys()) == ["甲", "乙"]
    assert tree.mark == Mark(1, 1)
    assert tree.entries["乙"].key.mark == Mark(2, 1)
    items = tree.get("乙")
    assert isinstance(items, Sequence)
    assert items.mark == Mark(3, 3)
    inner = items.items[0]
    assert isinstance(inner, Mapping)
    assert (inner.mark, inner.end) == (Mark(3, 5), Mark(3, 18))
    assert inner.entries["丙😀"].value == Scalar("丁", False, Mark(3, 10), Mark(3, 11))
    assert inner.get("b") == Scalar("c", False, Mark(3, 16), Mark(3, 17))
    assert inner.get("z") is None
    assert to_plain(tree) == {"甲": 1, "乙": [{"丙😀": "丁", "b": "c"}]}


def test_trees_are_frozen() -> None:
    with pytest.raises(AttributeError):
        value("x").text = "y"  # type: ignore[misc]
