"""Saved searches by e-mail, and when each resource was first shown."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("mailbox", sa.Text, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
        sa.Column("digest", sa.String(32), nullable=False, unique=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("rhythm", sa.String(10), nullable=False),
        sa.Column("to_ask", sa.String(10)),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asks", sa.Integer, nullable=False),
        sa.Column("confirmed", sa.DateTime(timezone=True)),
        sa.Column("last_sent", sa.DateTime(timezone=True)),
        sa.Column("last_refused", sa.DateTime(timezone=True)),
        sa.Column("failures", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alerts_mailbox", "alerts", ["mailbox"])
    op.create_table(
        "first_shown",
        sa.Column("resource_id", sa.String(100), primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("first_shown")
    op.drop_table("alerts")
