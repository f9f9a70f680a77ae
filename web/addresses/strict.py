"""Addresses of the API are read strictly: a name that means nothing there, or a second value, is refused and named.

In: the words after the question mark and the parameters that an address takes. Raises `Refusal`. Pages are lenient:
whatever others append to a link, as `utm_source`, does no harm there.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from rapidfuzz import fuzz, process
from werkzeug.datastructures import MultiDict

from web.addresses.parameters import Kind, Parameter
from web.addresses.requests import Refusal, read_choice, read_switch

_ALIKE: Final = 60  # of 100, from which on a name is taken for a slip of another


def check_parameters(
    args: MultiDict[str, str], known: Collection[Parameter], *, needed: Collection[Parameter] = ()
) -> None:
    """Raises Refusal for the first name that is not known, has too many values, or is needed and missing."""
    named = {parameter.name: parameter for parameter in known}
    for name, values in args.lists():
        if name not in named:
            raise _unknown(name, named)
        given = [value for value in values if value.strip()]
        parameter = named[name]
        if len(given) > parameter.values:
            most = parameter.values
            raise Refusal("refused_repeated", name, most, parameter=name, code="repeated_parameter")
        if parameter.kind is Kind.TEXT and max(map(len, given), default=0) > parameter.longest:
            longest = f"{parameter.longest:,}"
            raise Refusal("refused_text", name, longest, parameter=name, code="too_long")
        if parameter.kind is Kind.CHOICE:
            read_choice(args, parameter)
        if parameter.kind is Kind.SWITCH:
            read_switch(args, parameter)
    for parameter in needed:
        if not args.get(parameter.name, "").strip():
            raise Refusal("refused_missing", parameter.name, parameter=parameter.name, code="missing_parameter")


def _unknown(name: str, named: Collection[str]) -> Refusal:
    near = process.extractOne(name[:50], sorted(named), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    offered = near[0] if near else ", ".join(sorted(named))
    key = "refused_unknown_near" if near else "refused_unknown"
    return Refusal(key, name, offered, parameter=name[:60], code="unknown_parameter")
