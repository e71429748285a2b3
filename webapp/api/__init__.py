"""The search for programs as JSON, described by an OpenAPI document and by a page that is made from it."""
