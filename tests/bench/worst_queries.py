"""The queries that cost most: every operator as often as a query may hold it, over the commonest and the rarest words.

In: the words of an index, commonest first. Out: some 250 named queries, the same for the same words. Called by
`tests/bench/worst.py`, and by the test that nothing in them fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice, pairwise
from random import Random
from typing import NamedTuple

from search.query.operators import PLAIN_OPERATORS

MOST_WORDS = 64
LONGEST = 1000
_NAMES = (
    "غوتيريش هيلاري كلينتون أوباما ترامب ميركل نتنياهو بوتين ساركوزي أردوغان زوكربيرغ شوارزنيغر ميلوسوفيتش برلسكوني "
    "إبراهيموفيتش غورباتشوف فلاديمير واشنطون لوكاشينكو أحمدينجاد تشافيز كريستيانو رونالدو بيكهام مورينيو هيتشكوك "
    "شكسبير مايكروسوفت غوغل فيسبوك تويتر بلاتيني بلاتر مارادونا نيويورك كاليفورنيا مانشستر ليفربول برشلونة بايرن "
    "يوفنتوس فولكسفاغن مرسيدس تشيلسي أرسنال ديبورتيفو سامسونغ هولاند كاميرون ماكرون"
)
_LATIN = "iphone google microsoft the of and to in for on with from by at is as it an be are this that AFP SPA"
_MONTHS = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_HARAKAT = "َُِّْ"


class Worst(NamedTuple):
    """A query and what is bad about it."""

    name: str
    query: str


def worst_queries(words: Sequence[str]) -> tuple[Worst, ...]:
    """All families, over the commonest words, those that come next, and rare ones."""
    telling = [word for word in words if word.isalpha() and len(word) > 1 and word not in PLAIN_OPERATORS]
    slices = {
        "function": telling[:64],
        "common": telling[64:128],
        "next": telling[1_000:1_064],
        "short": [word for word in telling[:20_000] if len(word) == 3][:64],
        "long": [word for word in telling[:20_000] if len(word) > 8][:64],
        "rare": telling[-64:],
    }
    found = [worst for name, part in slices.items() for worst in _of_words(name, part)]
    found += [*_of_names(), *_of_letters(telling), *_of_prefixes(), *_of_dates(), *_without_hits(slices["common"])]
    found += _mixed(telling, 40)
    return tuple(dict.fromkeys(found))


def _of_words(name: str, words: Sequence[str]) -> Iterator[Worst]:
    signs: dict[str, Callable[[str], str]] = {
        "plain": lambda word: word,
        "~2": lambda word: word + "~2",
        "~": lambda word: word + "~",
        "prefix": lambda word: word[:3] + "*",
        "exact": lambda word: "=" + word,
        "harakat": _marked,
        "exact harakat": lambda word: "=" + _marked(word),
        "headline ~2": lambda word: f"عنوان:{word}~2",
        "source ~2": lambda word: f"مصدر:{word}~2",
        "with و": lambda word: "و" + word,
    }
    for sign, write in signs.items():
        yield Worst(f"{name}, {sign}", _fill(map(write, words)))
        yield Worst(f"{name}, {sign}, any", _fill(map(write, words), between=" OR "))
        if sign in {"plain", "~2", "prefix", "exact harakat"}:
            yield Worst(f"{name}, {sign}, none", _fill("-" + write(word) for word in words))
    for size in (2, 4, 8, 16, 32, 64):
        rows = [words[i : i + size] for i in range(0, len(words) - size + 1, size)]
        for sign, opening, closing in (
            ("phrase", '"', '"'), ("exact phrase", '="', '"'), ("near", '"', '"~50'), ("exact near", '="', '"~50')
        ):  # fmt: skip
            if size in (2, 16, 64) or name in {"function", "common"}:
                yield Worst(f"{name}, {sign} of {size}", _fill(f"{opening}{' '.join(row)}{closing}" for row in rows))
        for sign in ("", "="):
            if size in (2, 8):
                parts = (f'{sign}"{" ".join(row)}"~50' for row in rows)
                yield Worst(f"{name}, {sign}near of {size}, any", _fill(parts, between=" OR "))
    yield Worst(f"{name}, nested", _nested(words))


def _of_names() -> Iterator[Worst]:
    names, latin = _NAMES.split(), _LATIN.split()
    yield Worst("names", _fill(names))
    yield Worst("names, any", _fill(names, between=" OR "))
    yield Worst("names, near", _fill(f'"{one} {other}"~50' for one, other in pairwise(names)))
    yield Worst("names, ~2", _fill(name + "~2" for name in names))
    yield Worst("Latin words", _fill(latin))
    yield Worst("Latin words ~2", _fill(word + "~2" for word in latin))
    yield Worst("Latin words, exact near", f'="{" ".join(latin[5:21])}"~50')


def _of_letters(words: Sequence[str]) -> Iterator[Worst]:
    yield Worst("one word of a thousand letters", "".join(islice(cycle(_LETTERS), LONGEST)))
    yield Worst("one letter a thousand times", "ا" * LONGEST)
    yield Worst("one long word ~2", "".join(islice(cycle(_LETTERS), LONGEST - 2)) + "~2")
    yield Worst("one word joined of many", "-".join(words[:64]))
    yield Worst("one word joined of many, exact", "=" + "-".join(words[:64]))
    yield Worst("letters", " ".join(islice(cycle(_LETTERS), 64)))
    yield Worst("letters joined", "_".join(islice(cycle(_LETTERS), 64)))
    yield Worst("a Latin word of a thousand letters", "z" * LONGEST)
    yield Worst("digits", " ".join(map(str, range(64))))
    yield Worst("digits joined", "-".join(map(str, range(64))))
    yield Worst("quotes", '"' * LONGEST)
    yield Worst("parentheses", "(" * 500 + "في" + ")" * 498)
    yield Worst("operators", "-=( " * 250)
    yield Worst("marks alone", _HARAKAT * 200)


def _of_prefixes() -> Iterator[Worst]:
    starts = [one + other for one in "الموب" for other in _LETTERS]
    for name, begun in (("common", starts), ("all", [one + _LETTERS[i % 28] for i, one in enumerate(_LETTERS * 3)])):
        for opening in ("", "-", "عنوان:", "نص:", "مصدر:"):
            yield Worst(f"{name} prefixes {opening}", _fill(f"{opening}{start}*" for start in begun))
            yield Worst(f"{name} prefixes {opening}, any", _fill((f"{opening}{s}*" for s in begun), between=" OR "))


def _of_dates() -> Iterator[Worst]:
    months = [f"تاريخ:{month} {year}" for year in range(2012, 2018) for month in _MONTHS.split()]
    yield Worst("months, any", _fill(months, between=" OR "))
    yield Worst("months, none", _fill(f"-{month}" for month in months))
    yield Worst("words and years", _fill(f"كلمة{n} تاريخ:{1900 + n}" for n in range(64)))
    yield Worst("years in parentheses", _fill((f"(تاريخ:{1900 + n})" for n in range(64)), between=""))
    yield Worst("open spans, any", _fill((f"تاريخ:..{year}" for year in range(1960, 2024)), between=" OR "))
    yield Worst("days as words", _fill(f"{day} {month}" for month in _MONTHS.split() for day in (1, 15)))


def _without_hits(words: Sequence[str]) -> Iterator[Worst]:
    """Nothing is found, so that every repair and every relaxation is tried."""
    spoilt = [word + "ظظ" for word in words]
    merged = [one + other for one, other in pairwise(words)]
    yield Worst("no hits: spoilt words", _fill(spoilt))
    yield Worst("no hits: words without their space", _fill(merged))
    yield Worst("no hits: the other keyboard", _fill(["hglgk", "ghlv", "hguvhr", "fgh]"] * 16))
    for many in (1, 8, 32):
        yield Worst(f"no hits: {many} spoilt among common", _fill([*spoilt[:many], *words]))
    for sign in ("~2", "*"):
        yield Worst(f"no hits: and all but {sign}", _fill([spoilt[0], *(f"-{word[:4]}{sign}" for word in words[:40])]))
        kept = " ".join(f"({one}{sign} OR {other}{sign})" for one, other in zip(words[::2], words[1::2], strict=False))
        yield Worst(f"no hits: with many {sign} kept", _fill([*spoilt[:12], *kept.split(" (")]))
    near = f'="{" ".join(words[:8])}"~50'
    yield Worst("no hits: with an exact near phrase kept", _fill([near, *spoilt[:8], *words[8:40]]))


def _mixed(words: Sequence[str], number: int) -> Iterator[Worst]:
    """Draws of everything, weighted towards common words."""
    random = Random(12)
    forms: list[Callable[[str, str], str]] = [
        lambda one, other: f"{one}~2", lambda one, other: f"-{one}~2", lambda one, other: f"{one[:2]}*",
        lambda one, other: f'="{one} {other}"~50', lambda one, other: f'"{one} {other}"~50',
        lambda one, other: f"({one} OR {other}~2)", lambda one, other: f"عنوان:({one}* {other}~)",
        lambda one, other: f"={_marked(one)}", lambda one, other: _marked(one), lambda one, other: f"مصدر:{one[:2]}*",
        lambda one, other: one, lambda one, other: f'-="{one} {other}"',
    ]  # fmt: skip
    for n in range(number):
        chosen = random.sample(forms, random.randint(1, 5))
        most = random.choice((64, 500, 5_000))
        parts = (random.choice(chosen)(*random.sample(words[: min(most, len(words))], 2)) for _ in range(MOST_WORDS))
        yield Worst(f"mixed {n}", _fill(parts, between=random.choice((" ", " OR "))))


def _nested(words: Sequence[str]) -> str:
    text = words[0]
    for i, word in enumerate(words[1:41]):
        text = f"({text} {'OR' if i % 2 else '-'.strip()}{' ' if i % 2 else ''}{word}{'~2' if i % 3 else '*'})"
    return text[:LONGEST]


def _fill(parts: Iterator[str] | Sequence[str] | map[str], *, between: str = " ") -> str:
    """As many of the parts as a query is read to."""
    text = ""
    for part in islice(iter(parts), MOST_WORDS):
        longer = text + between + part if text else part
        if len(longer) > LONGEST:
            break
        text = longer
    return text


def _marked(word: str) -> str:
    return "".join(letter + _HARAKAT[i % 3] for i, letter in enumerate(word))
