"""Makes a client of the interface out of its description: one typed module, Python's standard library only.

    python -m docs.make_client http://127.0.0.1:8600 > sohoa_client.py

Every operation becomes a method with its parameters; bodies and answers are dictionaries with types. What is
created gets a key of its own where none is given.
"""

from __future__ import annotations

import json
import keyword
import re
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

_SCALARS: Final = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_JSON: Final = "application/json"
_HEAD: Final = '''\
"""Client of {title} {version}, made from its description; do not edit."""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import Any, Literal, NotRequired, TypedDict


class Problem(Exception):
    """A request that was refused: its HTTP status, its stable code, one sentence."""

    def __init__(self, status: int, code: str, title: str) -> None:
        super().__init__(f"{{status}} {{code}}: {{title}}")
        self.status, self.code, self.title = status, code, title

'''
_CLIENT: Final = '''
class Client:
    """Every operation of the interface; ``Problem`` where one is refused."""

    def __init__(self, address: str, token: str, timeout_seconds: float = 60.0) -> None:
        self._address, self._token, self._timeout = address.rstrip("/"), token, timeout_seconds

    def _ask(
        self, method: str, path: str, query: dict[str, Any], key: str | None, kind: str, body: Any
    ) -> Any:
        asked = {name: str(value).lower() if isinstance(value, bool) else value
                 for name, value in query.items() if value is not None}
        place = self._address + path + ("?" + urllib.parse.urlencode(asked) if asked else "")
        headers = {"Authorization": f"Bearer {self._token}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        if kind:
            headers["Content-Type"] = kind
            body = json.dumps(body).encode() if kind == "application/json" else body
        request = urllib.request.Request(place, data=body, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:
                content = answer.read()
                is_json = answer.headers.get_content_type() == "application/json"
        except urllib.error.HTTPError as refusal:
            told = json.load(refusal)
            raise Problem(refusal.code, told["code"], told["title"]) from None
        return json.loads(content) if is_json else content or None
'''


def client_code(description: Mapping[str, Any]) -> str:
    """The module; the same description gives the same text.

    Raises:
        ValueError: a name or an address in the description could be anything else than one in Python.
    """
    _check_names(description)
    info, schemas = description["info"], description["components"]["schemas"]
    parts = [_HEAD.format(title=info["title"], version=info["version"])]
    parts += [_schema(name, schema) for name, schema in sorted(schemas.items()) if name != "Problem"]
    parts.append(_CLIENT)
    for path, item in description["paths"].items():
        parts += [_method(path, method, operation) for method, operation in item.items()]
    return "\n".join(parts)


def _check_names(description: Mapping[str, Any]) -> None:
    """What becomes code is a name and nothing else."""
    operations = [each for item in description["paths"].values() for each in item.values()]
    names = [*description["components"]["schemas"], *(each["operationId"] for each in operations)]
    names += [
        one["name"] for each in operations for one in each.get("parameters", ()) if one["in"] != "header"
    ]
    wrong = [each for each in names if not each.isidentifier()]
    wrong += [each for each in description["paths"] if re.fullmatch(r"[\w/{}.-]+", each, re.ASCII) is None]
    if wrong:
        raise ValueError(f"no names: {wrong}")


def _schema(name: str, schema: Mapping[str, Any]) -> str:
    if "properties" not in schema:
        return f"{name} = {_type(schema)}\n"
    needed = set(schema.get("required", ()))
    lines = [
        f'    "{key}": {_quoted(each) if key in needed else f"NotRequired[{_quoted(each)}]"},'
        for key, each in schema["properties"].items()
    ]
    return "\n".join([f'{name} = TypedDict("{name}", {{', *lines, "})\n"])


def _quoted(schema: Mapping[str, Any]) -> str:
    """A type whose parts may stand further down."""
    return json.dumps(_type(schema))


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return f"Literal[{', '.join(map(repr, schema['enum']))}]"
    if "oneOf" in schema:
        return " | ".join(dict.fromkeys(_type(each) for each in schema["oneOf"]))
    if schema.get("type") == "array":
        return f"list[{_type(schema.get('items', {}))}]"
    if schema.get("type") == "object":
        inner = schema.get("additionalProperties")
        return f"dict[str, {_type(inner) if isinstance(inner, dict) else 'Any'}]"
    return _SCALARS.get(str(schema.get("type")), "Any")


def _method(path: str, method: str, operation: Mapping[str, Any]) -> str:
    parameters = operation.get("parameters", [])
    in_path = [each["name"] for each in parameters if each["in"] == "path"]
    in_query = [each for each in parameters if each["in"] == "query"]
    content = operation.get("requestBody", {}).get("content", {})
    has_key = any(each["name"] == "Idempotency-Key" for each in parameters)
    signature = ["self", *(f"{_name(each)}: str" for each in in_path), *_body(content), *_named(in_query)]
    if has_key:
        signature += [*(["*"] if "*" not in signature else []), "key: str | None = None"]
    query = ", ".join(f'"{each["name"]}": {_name(each["name"])}' for each in in_query)
    place = path.replace("{", "{urllib.parse.quote(").replace("}", ", safe='')}")
    asked = f'"{method.upper()}", f"{place}", {{{query}}}'
    key = "key or str(uuid.uuid4())" if has_key else "None"
    kind = next(iter(content), "")
    summary = str(operation.get("description") or operation["operationId"]).splitlines()[0]
    return (
        f"\n    def {operation['operationId']}({', '.join(signature)}) -> {_answer(operation)}:\n"
        f"        {json.dumps(summary, ensure_ascii=False)}\n"
        f"        return self._ask({asked}, {key}, {json.dumps(kind)}, {'body' if content else 'None'})\n"
    )


def _body(content: Mapping[str, Any]) -> Iterator[str]:
    for kind, each in content.items():
        yield f"body: {_type(each['schema']) if kind == _JSON else 'bytes'}"


def _named(parameters: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if parameters:
        yield "*"
    for each in parameters:
        kind = _type(each.get("schema", {}))
        rest = "" if each["required"] else f"{'' if 'None' in kind else ' | None'} = None"
        yield f"{_name(each['name'])}: {kind}{rest}"


def _answer(operation: Mapping[str, Any]) -> str:
    for status, each in operation["responses"].items():
        if status.startswith("2"):
            content = each.get("content", {})
            if _JSON in content:
                return _type(content[_JSON].get("schema", {}))
            return "bytes" if content else "None"
    return "None"


def _name(text: str) -> str:
    return f"{text}_" if keyword.iskeyword(text) else text


def main(arguments: Sequence[str]) -> int:
    """Prints the client of the desk at an address; exit code 2 without one."""
    if len(arguments) != 1 or not arguments[0].startswith(("http://", "https://")):
        sys.stderr.write((__doc__ or "") + "\n")
        return 2
    place = arguments[0].rstrip("/") + "/api/v1/openapi.json"
    with urllib.request.urlopen(place, timeout=60) as answer:
        sys.stdout.write(client_code(json.load(answer)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
