"""Near copies: found by their text, whatever their addresses, and folded into the preferred one while both are seen.

A merge (identity.py) says that two addresses are one resource and stays; a likeness ends with the text that it was of.
What is kept is which texts are alike. Which of them is folded follows from what is visible just now, and so ends by
itself where one is withdrawn, gone, or becomes a card. originals.py says which one is preferred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, CompoundSelect, delete, func, or_, select, union
from sqlalchemy.orm import Session

from aardekast.catalogue.originals import candidates_of, in_order_of_preference
from aardekast.catalogue.rows import insert_rows
from aardekast.catalogue.tables import LikenessRow, ResourceRow, TextBandRow
from aardekast.language.likeness import bands, is_near_copy

NOT_LOADED = {
    "synchronize_session": False
}  # rows that no session holds as objects: there is nothing to bring up to date
MOST_COMPARED = 50  # texts with a band in common; more are pages of one template, and those with most bands come first


def note_text(session: Session, row: ResourceRow, known: Collection[int] | None = None) -> bool:
    """Find what the resource's text is nearly the same as; `known` are its bands, if at hand. Whether that changed."""
    session.flush()
    before = _alike(session, row.id)
    values = set(bands(row.text) if known is None else known)
    candidates = _candidates(session, row.id, values) if values else []
    session.execute(delete(TextBandRow).where(TextBandRow.resource_id == row.id), execution_options=NOT_LOADED)
    _insert_bands(session, row.id, values)
    now = _near_copies(session, row.text, candidates)
    if now != before:
        _forget_pairs(session, row.id)
        _insert_pairs(session, row.id, now)
    return now != before


def add_text(session: Session, resource_id: str, text: str, known: Collection[int] | None) -> None:
    """As note_text, for a new resource."""
    values = set(bands(text) if known is None else known)
    if values:
        alike = _near_copies(session, text, _candidates(session, resource_id, values))
        _insert_bands(session, resource_id, values)
        _insert_pairs(session, resource_id, alike)


def has_noted_text(session: Session, row: ResourceRow) -> bool:
    """Whether the text was compared already, as one kept by an older program was not."""
    return session.scalar(select(TextBandRow.value).where(TextBandRow.resource_id == row.id).limit(1)) is not None


def forget_text(session: Session, row: ResourceRow) -> None:
    """The resource has no text any more."""
    session.execute(delete(TextBandRow).where(TextBandRow.resource_id == row.id))
    _forget_pairs(session, row.id)


def folded(session: Session, visible: ColumnElement[bool]) -> dict[str, str]:
    """For each near copy that visitors do not see the id of the one that stands for it.

    In the order of preference each resource is folded into the first one before it that is not folded itself and
    nearly the same. A card is never folded.
    """
    alike: dict[str, set[str]] = defaultdict(set)
    for first, second in session.execute(select(LikenessRow.first_id, LikenessRow.second_id)):
        alike[first].add(second)
        alike[second].add(first)
    ids = session.scalars(select(ResourceRow.id).where(visible, ResourceRow.id.in_(_all_alike()))).all()
    places: dict[str, int] = {}
    preferred: dict[str, str] = {}
    for place, one in enumerate(in_order_of_preference(session, candidates_of(session, ids), alike)):
        before = [other for other in alike[one.id] if other in places]
        if one.is_card or not before:
            places[one.id] = place
        else:
            preferred[one.id] = min(before, key=places.__getitem__)
    return preferred


def _candidates(session: Session, resource_id: str, values: Iterable[int]) -> list[str]:
    """The resources that share most bands."""
    query = (
        select(TextBandRow.resource_id)
        .where(TextBandRow.value.in_(values), TextBandRow.resource_id != resource_id)
        .group_by(TextBandRow.resource_id)
        .order_by(func.count().desc(), TextBandRow.resource_id)
        .limit(MOST_COMPARED)
    )
    return list(session.scalars(query))


def _alike(session: Session, resource_id: str) -> set[str]:
    query = select(LikenessRow.first_id, LikenessRow.second_id).where(_is_of(resource_id))
    return {second if first == resource_id else first for first, second in session.execute(query)}


def _near_copies(session: Session, text: str, candidates: Collection[str]) -> set[str]:
    """Those of the resources whose texts are nearly the same."""
    if not candidates:
        return set()
    texts = session.execute(select(ResourceRow.id, ResourceRow.text).where(ResourceRow.id.in_(candidates)))
    return {id_ for id_, other in texts if is_near_copy(text, other)}


def _insert_bands(session: Session, resource_id: str, values: Collection[int]) -> None:
    insert_rows(session, TextBandRow, [{"resource_id": resource_id, "value": value} for value in values])


def _insert_pairs(session: Session, resource_id: str, others: Collection[str]) -> None:
    pairs = [{"first_id": min(resource_id, id_), "second_id": max(resource_id, id_)} for id_ in others]
    insert_rows(session, LikenessRow, pairs)


def _forget_pairs(session: Session, resource_id: str) -> None:
    session.execute(delete(LikenessRow).where(_is_of(resource_id)), execution_options=NOT_LOADED)


def _is_of(resource_id: str) -> ColumnElement[bool]:
    return or_(LikenessRow.first_id == resource_id, LikenessRow.second_id == resource_id)


def _all_alike() -> CompoundSelect[str]:
    return union(select(LikenessRow.first_id), select(LikenessRow.second_id))
