"""The first catalogue."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.String(100), primary_key=True),
        sa.Column("entry", sa.JSON, nullable=False),
        sa.Column("in_file", sa.Boolean, nullable=False),
        sa.Column("found_type", sa.String(20)),
        sa.Column("found_url", sa.Text),
        sa.Column("last_run", MOMENT),
    )
    op.create_table(
        "resources",
        sa.Column("id", sa.String(100), primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("source_id", sa.String(100)),
        sa.Column("in_file", sa.Boolean, nullable=False),
        sa.Column("may_harvest", sa.Boolean, nullable=False),
        sa.Column("review", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("duplicate_of", sa.String(100), sa.ForeignKey("resources.id", name="fk_resources_duplicate_of")),
        sa.Column("format", sa.String(20), nullable=False),
        sa.Column("pages", sa.Integer),
        sa.Column("minutes", sa.Integer),
        sa.Column("words", sa.Integer),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("may_show_snippet", sa.Boolean, nullable=False),
        sa.Column("content_hash", sa.String(64)),
        sa.Column("answered", sa.Text),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_checked", MOMENT),
        sa.Column("last_changed", MOMENT),
        sa.Column("misses", sa.Integer, nullable=False),
        sa.Column("missed_since", sa.Date),
        sa.Column("missed_on", sa.Date),
    )
    op.create_index("ix_resources_source", "resources", ["source_id"])
    op.create_index("ix_resources_review", "resources", ["review"])
    op.create_table(
        "field_values",
        sa.Column("resource_id", sa.String(100), _resource("field_values"), primary_key=True),
        sa.Column("field", sa.String(30), primary_key=True),
        sa.Column("origin", sa.String(20), primary_key=True),
        sa.Column("value", sa.JSON, nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("resource_id", sa.String(100), _resource("passages"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("offset", sa.Integer, nullable=False),
        sa.Column("heading", sa.Text),
        sa.Column("page", sa.Integer),
        sa.Column("start", sa.Integer),
        sa.Column("fragment", sa.Text, nullable=False),
    )
    op.create_table(
        "addresses",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("resource_id", sa.String(100), _resource("addresses"), nullable=False),
    )
    op.create_index("ix_addresses_resource_id", "addresses", ["resource_id"])
    op.create_table(
        "withdrawn",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("finished", MOMENT),
    )
    op.create_table(
        "source_runs",
        sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id", name="fk_source_runs_run_id"), primary_key=True),
        sa.Column("source_id", sa.String(100), primary_key=True),
        sa.Column("started", MOMENT, nullable=False),
        sa.Column("finished", MOMENT, nullable=False),
        sa.Column("counts", sa.JSON, nullable=False),
        sa.Column("fault", sa.Text),
    )
    op.create_table(
        "reasons",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("run_id", sa.Integer, sa.ForeignKey("runs.id", name="fk_reasons_run_id"), nullable=False),
        sa.Column("source_id", sa.String(100), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_reasons_run_id", "reasons", ["run_id"])
    revision = op.create_table(
        "revision",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.bulk_insert(revision, [{"id": 1, "number": 0}])


def downgrade() -> None:
    for table in (
        "revision",
        "reasons",
        "source_runs",
        "runs",
        "withdrawn",
        "addresses",
        "passages",
        "field_values",
        "resources",
        "sources",
    ):
        op.drop_table(table)


def _resource(table: str) -> sa.ForeignKey:
    return sa.ForeignKey("resources.id", name=f"fk_{table}_resource_id")
