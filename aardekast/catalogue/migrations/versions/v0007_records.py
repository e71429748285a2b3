"""What is public of each resource and since when, for those who harvest it; what is deleted stays known."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "records",
        sa.Column("id", sa.String(100), primary_key=True),
        sa.Column("version", sa.String(24), nullable=False),
        sa.Column("fingerprint", sa.String(24), nullable=False),
        sa.Column("datestamp", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_deleted", sa.Boolean, nullable=False),
        sa.Column("card", sa.JSON, nullable=False),
    )
    op.create_index("ix_records_datestamp", "records", ["datestamp", "id"])
    op.create_table(
        "record_sets",
        sa.Column("record_id", sa.String(100), sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("name", sa.String(120), primary_key=True),
    )
    op.create_index("ix_record_sets_name", "record_sets", ["name"])
    state = op.create_table(
        "record_state",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("wording", sa.String(24), nullable=False),
    )
    op.bulk_insert(state, [{"id": 1, "revision": -1, "wording": ""}])


def downgrade() -> None:
    op.drop_table("record_state")
    op.drop_table("record_sets")
    op.drop_table("records")
