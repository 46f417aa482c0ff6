"""What a profile may call schemes: an id that no rule file has would pass over a payment, or over
the word of an office, in silence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sgincentive.schemes.model import Scheme
from sgincentive.words import Text, did_you_mean, nearest

NO_SUCH = Text("没有这个政策项目", "no rule file has this id")
BY_ISSUER = Text(
    "；没有规则文件的地方，写 issuer 和 kind",
    "; for a place without a rule file give issuer and kind",
)


class Unknown(NamedTuple):
    """What is wrong with a name, and what was meant, where that is known."""

    text: Text
    hint: Text | None

    def in_one(self) -> Text:
        """Both in one sentence."""
        if self.hint is None:
            return self.text
        return Text(f"{self.text.zh}；{self.hint.zh}", f"{self.text.en}; {self.hint.en}")


def names_of(schemes: Iterable[Scheme]) -> dict[str, str]:
    """Ids and former ids with the id of today."""
    return {name: s.id for s in schemes for name in (s.id, *s.aliases)}


@dataclass(frozen=True, slots=True)
class Names:
    """The names of schemes. ``known``: ids and former ids with the id of today. ``offices``: the
    words that offices may say on a scheme, None for one of which that is not known."""

    known: Mapping[str, str]
    offices: Callable[[str], Collection[str] | None]

    def payment(self, name: str) -> Unknown | None:
        """What is wrong with a scheme under ``received``; None for one that there is."""
        if name in self.known:
            return None
        text = Text(f"{NO_SUCH.zh}{BY_ISSUER.zh}", f"{NO_SUCH.en}{BY_ISSUER.en}")
        return Unknown(text, self._meant(name))

    def confirmed(self, name: str) -> Unknown | None:
        """What is wrong with a scheme under ``confirmed``; None for one that there is."""
        if self.known.get(name) == name:
            return None
        return Unknown(NO_SUCH, self._meant(name))

    def office_word(self, id: str, word: str) -> Unknown | None:
        """What is wrong with a word of an office on a scheme; None for one that there is."""
        valid = self.offices(id)
        if valid is None or word in valid:
            return None
        text = Text(f'{id} 没有由机关确认的条件 "{word}"', f'no office decides "{word}" of {id}')
        return Unknown(text, did_you_mean(nearest(word, valid)))

    def _meant(self, name: str) -> Text | None:
        close = nearest(name, self.known)
        return None if close is None else did_you_mean(self.known[close])
