"""From the text of a rule file to a checked scheme."""

from __future__ import annotations

import hashlib
import re

from sgincentive.schemes import model as m
from sgincentive.schemes.reading import SchemeReader
from sgincentive.source import Mapping, Problems, parse, split_lines

EXAMPLES = re.compile(r"^examples:[^\n]*\n(?:(?:[ \t#-][^\n]*)?\n)*", re.MULTILINE)


def without_examples(text: str) -> str:
    """The text with empty lines in the place of its examples, so that every place stays."""
    return EXAMPLES.sub(lambda found: "\n" * found[0].count("\n"), text)


def load_scheme(
    text: str, path: str, id: str, *, examples: bool = True
) -> tuple[m.Scheme | None, Problems]:
    """The scheme in the text of a rule file and the problems found (some may be warnings).

    Without ``examples`` they are left out, which most of a file consists of. Raises SourceError
    when the text is no YAML that can be read.
    """
    root = parse(text if examples else without_examples(text), path)
    problems = Problems(path, split_lines(text))
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    assert isinstance(root, Mapping)
    return SchemeReader(problems, id).scheme(root, digest), problems
