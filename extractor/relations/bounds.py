"""Words and signs that make a number a bound."""

from __future__ import annotations

_OPS = {
    "<": "<",
    "<=": "<",
    "≤": "<",
    ">": ">",
    ">=": ">",
    "≥": ">",
    "no more than": "<",
    "not more than": "<",
    "at most": "<",
    "no less than": ">",
    "not less than": ">",
    "no fewer than": ">",
    "not fewer than": ">",
    "exceeding": ">",
    "in excess of": ">",
    "more than": ">",
    "over": ">",
    "at least": ">",
    "greater than": ">",
    "less than": "<",
    "up to": "<",
    "fewer than": "<",
}


def op_of(printed: str | None) -> str | None:
    """The sign of a bound as a slot holds it; None for none.

    >>> op_of("no more than ")
    '<'
    """
    return _OPS.get((printed or "").strip().casefold())
