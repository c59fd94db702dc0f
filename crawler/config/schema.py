"""crawl.yaml as a JSON Schema, for editors that complete and check it while it is written."""

from __future__ import annotations

import json

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import CoreSchema

from crawler.config.model import Config
from crawler.config.sources import KINDS

_NEEDED = {model.__name__ for model in KINDS.values()}  # whose keys are not to stand there empty


class _Generator(GenerateJsonSchema):
    def generate(self, schema: CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        made = super().generate(schema, mode)
        for name, section in made.get("$defs", {}).items():
            if name not in _NEEDED:
                _may_be_empty(section)
        _may_be_empty(made)
        return {"$schema": self.schema_dialect, **made, "title": "crawl.yaml of Permapress"}


def _may_be_empty(section: JsonSchemaValue) -> None:
    """A key without a value is as one that is not there."""
    for name, kind in section["properties"].items():
        told = {key: kind.pop(key) for key in ("title", "description", "default") if key in kind}
        section["properties"][name] = told | {"anyOf": [kind, {"type": "null"}]}


def schema() -> str:
    """JSON Schema 2020-12 as indented JSON."""
    return json.dumps(Config.model_json_schema(schema_generator=_Generator), indent=2)
