"""Takes out of a page what is not its own text: cookie notices, menus, share bars, comments, teasers of other pages.

Told by what the markup means (nav, footer, role), by words in the names that themes of every maker give (comment,
share, breadcrumb), and by what stands there (Jaga, Loe ka, Kommentaarid). A name is never enough to take out what holds
much of the page: themes call the frame around everything `has-sidebar` too.
"""

from __future__ import annotations

import re

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from harvester.extraction.document import text_of
from harvester.extraction.labels import ACTIONS, COOKIES, LABELS, TEASER_LABELS

MOST_SHARE = 0.4  # of the words of the page that a name or label may take out
LEFT_BY_COMMENTS = 30  # words; there may be more comments than text, but not comments alone
FEW = 40  # words of a line of dates, authors and tags
NOTICE = 150  # words of a cookie notice with all its kinds of cookies

_UNSEEN = {"script", "style", "noscript", "template", "svg", "iframe"}
_TAGS = {"nav", "form", "button", "select", "dialog", "aside"}
_ROLES = {"navigation", "contentinfo", "search", "dialog", "alertdialog", "complementary"}
_OF_TEXT = ("article", "main", "blockquote")
_NAMES = re.compile(
    r"breadcrumbs?|pagination|pager|pagenav\w*|nav|navbar|navigation|menu|submenu|sidebar|sidenav|cookies?|consent|gdpr"
    r"|share|sharing|social|related|newsletter|subscribe|footer|popular|latest|toolbar"
)
_COMMENTS = re.compile(r"comments?|respond|disqus")
_SMALL = re.compile(r"meta|byline|tags|labels|submitted|timestamp|print|author")
_HIDDEN = ({"screen", "reader"}, {"visually", "hidden"}, {"sr", "only"}, {"element", "invisible"}, {"skip", "link"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NAME_PARTS = re.compile(r"[A-Z]?[a-zõäöü]+|[A-Z]+")

Sizes = dict[HtmlElement, tuple[int, int]]  # words, and words of links, of each element


def without_asides(tree: HtmlElement, title: str) -> HtmlElement:
    """The tree, changed in place. `title` is the page's own, by which its heading is known."""
    body = tree.body if tree.body is not None else tree
    _open_accordions(body)
    sizes = measured(body)
    _drop_before_heading(body, title, sizes)
    pruner = _Pruner(sizes, body)
    for label in list(body.iter(*_HEADINGS, "p", "div", "span", "strong", "b", "em", "li")):
        pruner.drop_labelled(label)
    waiting = [body]
    while waiting:
        element = waiting.pop()
        children = [child for child in element if isinstance(child.tag, str)]
        dropped = {child for child in children if pruner.is_aside(child)}
        for child in dropped:
            child.drop_tree()
        waiting.extend(child for child in children if child not in dropped)
    return tree


def _open_accordions(body: HtmlElement) -> None:
    """A button in a heading, or one that opens a part of the page and says more than a word, is a heading itself."""
    for button in list(body.iter("button")):
        opens = button.get("aria-controls") and len(text_of(button).split()) > 1
        if opens or next(button.iterancestors(*_HEADINGS, "summary", "dt"), None) is not None:
            button.tag = "span"


def measured(body: HtmlElement) -> Sizes:
    """The words of each element, and how many of them are links."""
    sizes: Sizes = {}
    for _, element in iterwalk(body, events=("end",)):
        words = links = 0
        if isinstance(element.tag, str) and element.tag not in _UNSEEN:
            words = len((element.text or "").split())
            for child in element:
                own, linked = sizes.get(child, (0, 0))
                words += own + len((child.tail or "").split())
                links += linked
            links = words if element.tag == "a" and element.get("href") else links
        sizes[element] = words, links
    return sizes


def _drop_before_heading(body: HtmlElement, title: str, sizes: Sizes) -> None:
    """What stands before the heading of the page is not its text, unless it is much of it."""
    headings = [heading for heading in body.iter("h1", "h2", "h3") if _plain(text_of(heading)) == _plain(title)]
    if not headings:
        return
    before: list[HtmlElement] = []
    element = headings[0]
    while element is not body and (parent := element.getparent()) is not None:
        before.extend(element.itersiblings(preceding=True))
        element = parent
    if sum(sum_of(sizes, one) for one in before) <= MOST_SHARE * sum_of(sizes, body):
        for one in before:
            one.drop_tree()


def sum_of(sizes: Sizes, element: HtmlElement) -> int:
    """The words of an element that are no links."""
    words, links = sizes.get(element, (0, 0))
    return words - links


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


class _Pruner:
    """Judges the elements of one page."""

    def __init__(self, sizes: Sizes, body: HtmlElement) -> None:
        self._sizes = sizes
        self._body = body
        self._all = max(1, sum_of(sizes, body))

    def is_aside(self, element: HtmlElement) -> bool:
        """Whether an element is no text of the page, by its tag, role, names or words."""
        words = self._sizes.get(element, (0, 0))[0]
        if element.tag in _UNSEEN:
            return True
        if element.tag in _TAGS or element.get("role") in _ROLES:
            return self._is_small_part(element)
        if element.tag in ("header", "footer") and not _is_in(element, _OF_TEXT):
            return self._is_small_part(element)
        if not words:
            return False
        if element.tag == "a" and ACTIONS.fullmatch(text_of(element)):
            return True
        names = _names(element)
        if any(hidden <= names for hidden in _HIDDEN):
            return words < FEW
        if any(map(_COMMENTS.fullmatch, names)) and element.tag not in ("p", "span", "a"):
            return self._all - sum_of(self._sizes, element) >= LEFT_BY_COMMENTS and not _holds_heading(element)
        if any(map(_NAMES.fullmatch, names)):
            return self._is_small_part(element) and not _holds_heading(element)
        if words < FEW and any(map(_SMALL.fullmatch, names)) and not _holds_heading(element):
            return True
        return self._is_notice(element, words) or self._is_menu(element, words)

    def _is_small_part(self, element: HtmlElement) -> bool:
        return sum_of(self._sizes, element) <= MOST_SHARE * self._all

    def _is_notice(self, element: HtmlElement, words: int) -> bool:
        """A cookie notice: a box outside the text that speaks of cookies and of consent."""
        if words > NOTICE or element.tag not in ("div", "section", "p") or _is_in(element, _OF_TEXT):
            return False
        return self._is_small_part(element) and COOKIES.search(text_of(element)) is not None

    def _is_menu(self, element: HtmlElement, words: int) -> bool:
        """Three and more links of a few words each, and nothing else."""
        if element.tag not in ("ul", "ol", "div", "td", "p") or words - self._sizes[element][1] > 0.2 * words:
            return False
        links = [link for link in element.iter("a") if link.get("href") and self._sizes.get(link, (0, 0))[0]]
        return len(links) >= 3 and words <= 4 * len(links)

    def drop_labelled(self, label: HtmlElement) -> None:
        """Take out what a label such as Jaga or Loe ka stands over."""
        words = self._sizes.get(label, (0, 0))[0]
        if not words or words > 10 or label.getparent() is None or not self._body_holds(label):
            return
        text = text_of(label)
        if TEASER_LABELS.match(text):
            box = self._box(label)
            if box is not label and self._is_teasers(box):
                box.drop_tree()
            else:
                self._drop_following(label)
        elif LABELS.match(text):
            self._box(label).drop_tree()

    def _body_holds(self, element: HtmlElement) -> bool:
        return next((True for parent in element.iterancestors() if parent is self._body), False)

    def _box(self, label: HtmlElement) -> HtmlElement:
        """The largest element that begins with the label and is a small part of the page."""
        box = label
        while (parent := box.getparent()) is not None and parent is not self._body:
            begins = not (parent.text or "").strip() and not any(
                self._sizes.get(one, (0, 0))[0] or (one.tail or "").strip() for one in box.itersiblings(preceding=True)
            )
            if not begins or not self._is_small_part(parent) or parent.tag in ("main", "article", "body"):
                break
            box = parent
        return box

    def _is_teasers(self, box: HtmlElement) -> bool:
        words, links = self._sizes.get(box, (0, 0))
        titles = sum(1 for heading in box.iter(*_HEADINGS) if next(heading.iter("a"), None) is not None)
        return links >= 0.4 * words or titles >= 2

    def _drop_following(self, label: HtmlElement) -> None:
        following = label.getnext()
        if following is not None and self._is_teasers(following) and self._is_small_part(following):
            following.drop_tree()
            label.drop_tree()
        elif next(label.iter("a"), None) is not None:  # Loe ka: a link on the same line
            label.drop_tree()


def _names(element: HtmlElement) -> set[str]:
    return {part.lower() for part in _NAME_PARTS.findall(f"{element.get('class') or ''} {element.get('id') or ''}")}


def _holds_heading(element: HtmlElement) -> bool:
    return element.tag == "h1" or next(element.iter("h1"), None) is not None


def _is_in(element: HtmlElement, tags: tuple[str, ...]) -> bool:
    return next(element.iterancestors(*tags), None) is not None
