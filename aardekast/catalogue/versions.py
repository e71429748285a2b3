"""Which version of each resource visitors should see, without reading a text: how an index knows what to write anew."""

from __future__ import annotations

import hashlib
from collections import defaultdict

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from aardekast.catalogue.copies import folded
from aardekast.catalogue.reading import is_visible
from aardekast.catalogue.relations import translations
from aardekast.catalogue.tables import FieldValueRow, ResourceRow

# All that a Resource is made of but its text and passages, for which their hash and length stand.
_SHOWN = (
    ResourceRow.id,
    ResourceRow.url,
    ResourceRow.format,
    ResourceRow.pages,
    ResourceRow.minutes,
    ResourceRow.words,
    ResourceRow.first_seen,
    ResourceRow.status,
    ResourceRow.source_id,
    ResourceRow.may_show_snippet,
    ResourceRow.content_hash,
)


def versions(session: Session) -> dict[str, str]:
    """For each visible resource 24 hexadecimal digits that change with all that is shown of it, its copies and
    translations. The day it was last checked changes nothing.
    """
    rows = select(*_SHOWN, func.length(ResourceRow.text)).where(is_visible())
    values = (
        select(FieldValueRow.resource_id, FieldValueRow.field, FieldValueRow.origin, cast(FieldValueRow.value, Text))
        .join(ResourceRow, ResourceRow.id == FieldValueRow.resource_id)
        .where(is_visible())
        .order_by(FieldValueRow.resource_id, FieldValueRow.field, FieldValueRow.origin)
    )
    digests = {row.id: hashlib.blake2b(repr(tuple(row)).encode(), digest_size=12) for row in session.execute(rows)}
    titled = set()
    for resource_id, *value in session.execute(values):
        digests[resource_id].update(repr(value).encode())
        if value[0] == "title":
            titled.add(resource_id)
    preferred = folded(session, is_visible())
    copies: defaultdict[str, list[str]] = defaultdict(list)
    for copy, resource_id in sorted(preferred.items()):
        copies[resource_id].append(digests[copy].hexdigest())
    for resource_id, of_copies in copies.items():
        digests[resource_id].update(repr(of_copies).encode())
    for resource_id, of_others in translations(session, digests.keys() - preferred.keys()).items():
        digests[resource_id].update(repr(of_others).encode())
    return {id_: digest.hexdigest() for id_, digest in digests.items() if id_ in titled and id_ not in preferred}
