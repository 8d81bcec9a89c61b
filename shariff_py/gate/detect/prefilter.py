"""Candidate spans: where in a page's text something of a platform may be, before any element is parsed.

Most pages contain nothing, and the others contain it in a few tags; parsing each of them element by element would be wasted. Every URL of
a platform ends in one of its domains, and its markup begins in one of a few ways. So either these occur in the text, possibly split by
characters that URL and CSS parsers ignore, or they occur once the text is resolved (`shariff_py.gate.detect.hidden_names`). In doubt the text
decides nothing, and every element is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from turbohtml import unescape

from shariff_py.alternation import one_of
from shariff_py.gate.browser_rules.data_urls import embedded_resource
from shariff_py.gate.detect.context_tags import DNS_PREFETCH, SPECULATION_RULES, Candidate, ContextTags, TagReader
from shariff_py.gate.detect.hidden_names import repeatedly_resolved_forms, resolved_forms, without, words_to_resolve
from shariff_py.gate.detect.obfuscation import (
    IGNORED_BYTES,
    OTHER_CHARACTER_SETS,
    XML_ASSEMBLY,
    Documents,
    assembles_xml_in_urls,
    bodies_in_base64,
    documents_in,
    ends_inside_tag,
    may_become_documents,
    may_split_words,
    schemes,
)
from shariff_py.gate.detect.widget_markup import ASSEMBLED_HOSTS, BESIDE_DOMAIN, WITHOUT_DOMAIN
from shariff_py.gate.text_bytes import LATIN_1, TextBytes, alike, places, places_of, text_bytes
from shariff_py.platforms import registry
from shariff_py.platforms.registry import Table

DOMAINS = Table(lambda: tuple(domain.encode() for domain in (*registry.DOMAINS(), *ASSEMBLED_HOSTS())))
"""Domains, and what scripts have in place of one that they put together."""

_IGNORED = r"\t\n\f\r\\"
_TOP_LEVEL = Table(lambda: sorted({domain.rpartition(b".")[2].decode() for domain in DOMAINS()}))
DOMAIN_END = Table(
    lambda: re.compile(
        # Of the many dots of a page few are followed by such a letter.
        rf"\.(?=[{_letters()}{_IGNORED}])[{_IGNORED}]*{one_of(_TOP_LEVEL(), f'[{_IGNORED}]*')}(?!\.?[a-z0-9_-])".encode()
    )
)
"""The last label of a domain, which is that of the whole name."""
MAX_DOMAIN_BYTES = Table(lambda: 4 * max(map(len, DOMAINS()), default=0))
"""Bytes before a domain's end that are looked at. A name split up more than that is taken for a platform's."""


def _letters() -> str:
    return "".join(sorted({label[0] for label in _TOP_LEVEL()}))


def _end(name: bytes) -> bytes:
    """The last label of a name, and the letter before it."""
    return name[name.rfind(b".") - 1 :]


def _domains_by_end() -> Mapping[bytes, list[bytes]]:
    found: dict[bytes, list[bytes]] = {}
    for domain in sorted(DOMAINS(), key=len, reverse=True):
        found.setdefault(_end(domain), []).append(domain)
    return found


DOMAINS_BY_END = Table(_domains_by_end)
"""The domains that a name with such an `_end` may be, the longest first: few of them all."""


def _marks_of(prefixes: Iterable[str]) -> list[str]:
    """How markup begins, in lower case; elements of AMP have one beginning in common."""
    return sorted({"amp-" if start.startswith("amp-") else start.lower() for start in prefixes})


MARKS = Table(lambda: alike(mark.encode() for mark in (*_marks_of(WITHOUT_DOMAIN()), *registry.SERVER_MARKS())))
"""How a platform's own markup begins where it needs no URL."""
MARKS_BESIDE = Table(
    lambda: {domain: tuple(mark.encode() for mark in _marks_of(names)) for domain, names in BESIDE_DOMAIN().items()}
)
"""How it begins where it needs one, by the domains that this can be on."""
IN_WORDS = b"abcdefghijklmnopqrstuvwxyz0123456789_-"
ESCAPING = (b"%", b"&", b"&#", b"\\")
LONGEST_ESCAPE = 12
"""Bytes before a domain or a mark in which the beginning of its word, or of what represents the character before it, is looked for."""

REPRESENTING = (b"%", b"&", b"\\", b"data:", b"javascript:")
"""Without any of these, and without characters beyond ASCII, a text hides nothing."""

MAX_NESTED_BODIES = 3
"""Documents in base64 inside each other that are looked into."""

MAX_CANDIDATES = 50
"""Different candidates up to which reading only their elements is faster than reading all."""


class FrameSpan(NamedTuple):
    """Where in the bytes of a page there are frames of unknown hosts that need to be examined, from and to. ``in_text``: one of them stands
    in a script, a ``noscript`` or the like."""

    start: int
    end: int
    in_text: bool


class CandidateSpans(NamedTuple):
    """Where a platform's domains and markup occur in the bytes of a page.

    ``candidates`` are the tags that have to be examined; ordinary links are in ``counted`` alone, which says how often each occurs.
    ``outside_tags`` counts occurrences elsewhere. Without either there is nothing to examine. Everything to be examined lies between
    ``start`` and ``end``. ``noscript`` says whether there is any, ``odd_tags`` whether there may be an end tag without a name, or a text element with a slash at the end of its start tag.
    ``asleep`` says whether there may be tags that a parser does not see, or does not heed, where they stand. ``beside`` are the marks that
    count because the page names their domain. With ``frames`` every frame has to be examined, too.
    """

    candidates: frozenset[Candidate]
    counted: Counter[Candidate]
    outside_tags: int
    start: int
    end: int
    noscript: bool
    odd_tags: bool
    asleep: bool
    beside: tuple[bytes, ...]
    frames: bool = False

    def with_frames(self, found: FrameSpan) -> CandidateSpans:
        """The spans with those of frames."""
        return self._replace(start=min(self.start, found.start), end=max(self.end, found.end), frames=True)


def is_clean(html: str) -> bool:
    """Whether nothing in the page can be a platform's, apart from ordinary links in their usual spelling."""
    found = candidate_spans(text_bytes(html))
    return found is not None and not found.candidates and not found.outside_tags


def candidate_spans(text: TextBytes) -> CandidateSpans | None:
    """Where something of a platform may be in a page; ``None`` where the text could hide something."""
    in_case, page, encoding = text
    if ends_inside_tag(in_case):
        return None
    tags = ContextTags(page)
    if tags.prefetches_dns or tags.escapes_addresses or (tags.split_raw_text and may_split_words(page)):
        return None
    candidates: set[Candidate] = set()
    counted: Counter[Candidate] = Counter()
    first, last, outside_tags = len(page), 0, 0
    found = list(_occurrences(page))
    reader = TagReader(page)
    for start, end in found:
        candidate = reader.candidate(start, end)
        if start == end or len(candidates) > MAX_CANDIDATES:
            return None
        if candidate is None:
            outside_tags += 1
        else:
            counted[candidate] += 1
            is_link = candidate.tag == "a" and candidate.attribute == "href"
            if is_link and reader.is_ordinary_link(start) and not tags.in_code(start):
                continue
            candidates.add(candidate)
        first, last = min(first, start), max(last, end)
    if len(candidates) > MAX_CANDIDATES or (tags.speculates and (counted or outside_tags)):
        return None
    if _hides_name(in_case, encoding, found, documents_in(page, srcdoc=tags.srcdoc), search=_occurrences):
        return None
    return CandidateSpans(
        frozenset(candidates),
        counted,
        outside_tags,
        first,
        last,
        tags.noscript,
        tags.odd,
        tags.asleep,
        _marks_beside(page[start:end] for start, end in found),
    )


def names_domain(lowered: bytes) -> bool:
    """Whether a platform's domain is in a text in lower case, plainly or split up by what parsers of URLs ignore. One search for the ends of names,
    where one for each domain would take many times as long."""
    return next(_domains(lowered), None) is not None


def may_name_domain(text: str) -> bool:
    """Whether a text, of an attribute, a style or a script, may contain a platform's domain in any spelling."""
    in_case, lowered, encoding = text_bytes(text)
    if names_domain(lowered):
        return True
    if text.isascii() and not any(sign in lowered for sign in REPRESENTING):
        return False
    return _hides_name(in_case, encoding, [], documents_in(lowered, srcdoc=False), search=_domains)


def _hides_name(
    page: bytes,
    encoding: str,
    shown: Sequence[tuple[int, int]],
    documents: Documents,
    *,
    search: Callable[[bytes], Iterator[tuple[int, int]]],
    depth_left: int = MAX_NESTED_BODIES,
) -> bool:
    """Whether a text contains something of a platform besides what is ``shown``, once what represents other characters is resolved.

    ``search`` finds it in a text in lower case. In documents inside it, everything may be encoded several times over.
    """
    words = words_to_resolve(page, encoding, shown, repeatedly=documents.any)
    if not words and not documents.in_data_urls:
        return False
    if not documents.any and documents.has_data_scheme and may_become_documents(without(page, shown).lower()):
        words = without(page, shown)
    forms = _forms(words, encoding, documents)
    if forms is None:
        return True
    marks = {mark: words.lower().count(mark) for mark in (DNS_PREFETCH, SPECULATION_RULES)} if forms else {}
    known = schemes(words.lower())
    for form in map(bytes.lower, forms):
        if next(search(form), None) is not None or any(form.count(mark) > marks[mark] for mark in marks):
            return True
        if not documents.any and (schemes(form) > known or documents_in(form, srcdoc=False).any):
            return True
    return documents.in_data_urls and _hides_in_data_urls(
        [page, *(_forms(without(page, shown), encoding, documents) or ())], depth_left
    )


def _forms(page: bytes, encoding: str, documents: Documents) -> list[bytes] | None:
    text = page.decode(encoding, "surrogatepass")
    forms = repeatedly_resolved_forms(text) if documents.any else resolved_forms(text)
    return None if forms is None else [text_bytes(form).in_case for form in forms]


def _hides_in_data_urls(forms: Sequence[bytes], depth_left: int) -> bool:
    """Whether ``data:`` URLs hold something of a platform in base64, or in another character set."""
    bodies: set[bytes] = set()
    for form in forms:
        found = bodies_in_base64(form)
        if found is None or OTHER_CHARACTER_SETS.search(form) or assembles_xml_in_urls(form):
            return True
        bodies.update(found)
    for body in bodies:
        resource = embedded_resource(f"data:;base64,{unescape(body.decode(LATIN_1))}")
        in_case, lowered, encoding = text_bytes(resource.text)
        documents = documents_in(lowered, srcdoc=b"srcdoc" in lowered)
        if not depth_left or not resource.unambiguous or next(_occurrences(lowered), None) is not None:
            return True
        if XML_ASSEMBLY.search(lowered) or may_split_words(lowered):
            return True
        if _hides_name(in_case, encoding, [], documents, search=_occurrences, depth_left=depth_left - 1):
            return True
    return False


def occurrences_in(lowered: bytes, beside: Sequence[bytes]) -> Iterator[tuple[int, str]]:
    """Where a platform's domains and marks are in a part in lower case of a page that hides nothing, and which: ``beside`` are the marks that
    count because of what the whole page names."""
    for start, end in _occurrences(lowered, beside):
        yield start, lowered[start:end].decode()


def _marks_beside(names: Iterable[bytes]) -> tuple[bytes, ...]:
    marks = MARKS_BESIDE()
    return tuple(dict.fromkeys(chain.from_iterable(marks.get(name, ()) for name in names)))


def _occurrences(page: bytes, beside: Sequence[bytes] | None = None) -> Iterator[tuple[int, int]]:
    """Where a platform's domains and marks are in a text in lower case, from and to; an empty span where one is split up. The end of an
    element is no mark. ``beside`` are the marks that count beside domains; where not given, those of the text's own.
    """
    named: dict[bytes, None] = {}
    for start, end in _domains(page):
        named[page[start:end]] = None
        yield start, end
    marks = _marks_beside(named) if beside is None else beside
    further = ((place, mark) for mark in marks for place in places(mark, page))
    for start, found in chain(places_of(MARKS(), page), further):
        is_end_tag = page.endswith(b"</", 0, start + found.startswith(b"/"))
        if not is_end_tag and not (found[0] in IN_WORDS and _is_inside_word(page, start)):
            yield start, start + len(found)


def _domains(page: bytes) -> Iterator[tuple[int, int]]:
    """The same for domains alone."""
    domains, longest = DOMAINS_BY_END(), MAX_DOMAIN_BYTES()
    for found in DOMAIN_END().finditer(page):
        name = page[max(0, found.start() - longest) : found.end()]
        joined = name.translate(None, IGNORED_BYTES)
        for domain in domains.get(_end(joined), ()):
            if not joined.endswith(domain):
                continue
            if not name.endswith(domain):
                yield found.end(), found.end()
                break
            start = found.end() - len(domain)
            if not _is_inside_word(page, start):
                yield start, found.end()
                break
        else:
            if len(joined) * 4 < len(name):
                yield found.end(), found.end()


def _is_inside_word(page: bytes, start: int) -> bool:
    """Whether the word that a domain or a mark seems to begin with begins earlier, as in ``netflix.com``: then it is another one."""
    if page[start - 1 : start] not in IN_WORDS:
        return False
    before = page[max(0, start - LONGEST_ESCAPE) : start]
    outside = before.rstrip(IN_WORDS)
    # The letters may be the end of something that represents another character.
    return len(outside) < len(before) and (bool(outside) or start == len(before)) and not outside.endswith(ESCAPING)
