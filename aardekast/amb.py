"""What the records of the format `amb` agree on, whoever writes them (webapp) and whoever reads them (harvester)."""

from __future__ import annotations

NAMESPACE = "tag:kogukonnaveeb.ee,2026:aardekast/oai/amb"  # its schema is at /oai/amb.xsd
MEDIA_TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "epub": "application/epub+zip",
    "txt": "text/plain",
    "vtt": "text/vtt",
}
# Recordings stand on pages of video services: of which media type they are is not known, but what they are is.
RECORDED = {"video": "VideoObject", "audio": "AudioObject"}
