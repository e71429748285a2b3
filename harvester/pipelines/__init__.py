"""Item pipelines: Page -> extract -> repeated -> language -> quality -> suggest -> keep."""
