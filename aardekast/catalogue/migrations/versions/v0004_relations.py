"""Other languages and origins of a text, bands of lemmas, addresses by keys that know front controllers, sessions."""

import sqlalchemy as sa
from alembic import op

from aardekast.catalogue.keys import key_of
from aardekast.language.likeness import bands

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alternates",
        sa.Column("resource_id", sa.String(100), _resource("alternates"), primary_key=True),
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("language", sa.String(2), nullable=False),
    )
    op.create_table(
        "origins",
        sa.Column("resource_id", sa.String(100), _resource("origins"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("named", sa.Text, nullable=False),
    )
    cards = {id_ for (id_,) in op.get_bind().execute(sa.text("SELECT id FROM resources WHERE in_file"))}
    _key_anew("addresses", cards)
    _key_anew("withdrawn", set())
    _band_anew()


def downgrade() -> None:
    op.drop_table("origins")
    op.drop_table("alternates")


def _key_anew(table: str, cards: set[str]) -> None:
    """Of two addresses that are one now that of a card stays, else the one that has the key already."""
    bind = op.get_bind()
    columns = "key, url, resource_id" if table == "addresses" else "key, url, key"
    rows = bind.execute(sa.text(f"SELECT {columns} FROM {table} ORDER BY key")).all()  # noqa: S608 - our own names
    kept: dict[str, str] = {}
    for key, url, _ in sorted(rows, key=lambda row: (row[2] not in cards, key_of(row[1]) != row[0])):
        kept.setdefault(key_of(url), key)
    staying = set(kept.values())
    for key, _, _ in rows:
        if key not in staying:
            bind.execute(sa.text(f"DELETE FROM {table} WHERE key = :key"), {"key": key})  # noqa: S608
    for new, old in kept.items():
        if new != old:
            change = sa.text(f"UPDATE {table} SET key = :new WHERE key = :old")  # noqa: S608
            bind.execute(change, {"new": new, "old": old})


def _band_anew() -> None:
    """The bands are of lemmas now: those of words would never meet them."""
    bind = op.get_bind()
    bind.execute(sa.text("DELETE FROM text_bands"))
    insert = sa.text("INSERT INTO text_bands (resource_id, value) VALUES (:id, :value)")
    for (id_,) in bind.execute(sa.text("SELECT id FROM resources WHERE duplicate_of IS NULL AND text <> ''")).all():
        text = bind.execute(sa.text("SELECT text FROM resources WHERE id = :id"), {"id": id_}).scalar_one()
        for value in set(bands(text)):
            bind.execute(insert, {"id": id_, "value": value})


def _resource(table: str) -> sa.ForeignKey:
    return sa.ForeignKey("resources.id", name=f"fk_{table}_resource_id")
