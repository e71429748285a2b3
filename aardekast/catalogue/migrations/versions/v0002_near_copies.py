"""What near copies are found by, and which resources are alike; older texts are compared when they are next read."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text_bands",
        sa.Column("resource_id", sa.String(100), _resource("text_bands", "resource_id"), primary_key=True),
        sa.Column("value", sa.BigInteger, primary_key=True, autoincrement=False),
    )
    op.create_index("ix_text_bands_value", "text_bands", ["value"])
    op.create_table(
        "likenesses",
        sa.Column("first_id", sa.String(100), _resource("likenesses", "first_id"), primary_key=True),
        sa.Column("second_id", sa.String(100), _resource("likenesses", "second_id"), primary_key=True),
    )
    op.create_index("ix_likenesses_second_id", "likenesses", ["second_id"])


def downgrade() -> None:
    op.drop_table("likenesses")
    op.drop_table("text_bands")


def _resource(table: str, column: str) -> sa.ForeignKey:
    return sa.ForeignKey("resources.id", name=f"fk_{table}_{column}")
