"""Every text of the interface has a translation that can take its place."""

import ast
import importlib.util
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

REPOSITORY = Path(__file__).parents[2]
TEMPLATES = REPOSITORY / "webapp" / "templates"
REMEDY = "run `make translations`, then fill the empty msgstr in {path}"
NAMES = {"Aardekast"}  # are the same in every language

spec = importlib.util.spec_from_file_location("translations", REPOSITORY / "tools" / "translations.py")
assert spec is not None
assert spec.loader is not None
translations = importlib.util.module_from_spec(spec)
spec.loader.exec_module(translations)

each_language = pytest.mark.parametrize("language", translations.LANGUAGES)


def forms_of(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def ids_of(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%(?:\(\w+\))?[a-z%]", text))


def translated(language: str) -> list[Message]:
    return [message for message in translations.known(language) if message.id and all(forms_of(message))]


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return translations.template()


@each_language
def test_every_text_is_translated(language: str, texts: Catalog) -> None:
    missing = translations.untranslated(translations.brought_up(language, texts))
    assert missing == [], REMEDY.format(path=translations.path_of(language).relative_to(REPOSITORY))


@each_language
def test_the_files_are_as_they_are_written_by_the_command(language: str, texts: Catalog) -> None:
    written = translations.written(translations.brought_up(language, texts)).decode()
    assert translations.path_of(language).read_text("utf-8") == written, "run `make translations`"


@each_language
def test_nothing_is_guessed(language: str) -> None:
    catalogue = translations.known(language)
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert list(catalogue.obsolete) == []


@each_language
def test_placeholders_are_kept_in_every_form(language: str) -> None:
    for message in translated(language):
        wanted = set().union(*map(placeholders, ids_of(message)))
        for form in forms_of(message):
            assert placeholders(form) == wanted, f"{language}: {form}"


@each_language
def test_spaces_at_the_ends_are_kept(language: str) -> None:
    for message in translated(language):
        first = ids_of(message)[0]
        for form in forms_of(message):
            assert (form[:1].isspace(), form[-1:].isspace()) == (first[:1].isspace(), first[-1:].isspace()), form


@each_language
def test_quotation_marks_are_those_of_the_language(language: str) -> None:
    foreign = {"en": "„«»", "ru": '„“”"'}[language]
    for message in translated(language):
        assert not set(foreign) & set("".join(forms_of(message))), message.id


def test_russian_is_written_in_russian_letters() -> None:
    latin = re.compile(r"%\(\w+\)s|[A-Za-z]")
    alike = [m.id for m in translated("ru") if not re.search("[А-Яа-яЁё]", latin.sub("", "".join(forms_of(m))))]
    assert sorted(map(str, alike)) == ["Kogukonnaveeb", "OÜ Toimevõimendi", "„%(text)s“"]


def test_a_catalogue_counts_as_its_language_does() -> None:
    assert translations.known("en").num_plurals == 2
    assert translations.known("ru").num_plurals == 3


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_words_of_a_template_stand_outside_the_catalogues(path: Path) -> None:
    markup = re.sub(r"(?s)\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"))
    spoken = re.findall(r'\b(?:aria-label|alt|title|placeholder)="([^"]*)"', markup)
    visible = re.sub(r'(?s)<[^>]*>|[\w-]+="[^"]*"', " ", markup)
    said = set(re.findall(r"[^\W\d_]{2,}", " ".join([visible, *spoken])))
    assert said <= NAMES


@pytest.mark.parametrize("path", sorted((REPOSITORY / "webapp").glob("*.py")), ids=lambda path: path.name)
def test_no_translated_text_is_made_before_the_language_is_known(path: Path) -> None:
    """What stands outside of functions is said once, in Estonian."""
    tree = ast.parse(path.read_text("utf-8"))
    outside = [node for top in tree.body for node in _outside_functions(top)]
    called = [node.func.id for node in outside if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    assert not {"_", "gettext", "ngettext"} & set(called)


def _outside_functions(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return []
    return [node, *(inner for child in ast.iter_child_nodes(node) for inner in _outside_functions(child))]
