"""A PDF made anew of its pages alone: what it would run, open, send or carry stays behind."""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf

from .refusals import Refused
from .sentences import ACTS, DAMAGED, MOST_PAGES, NO_PAGE, PASSWORD, TOO_MANY_PAGES

# What a page needs to be seen. Its annotations are drawn into it first: a form that was filled in stays so.
SEEN = {Name.Type, Name.MediaBox, Name.CropBox, Name.Rotate, Name.Contents, Name.Resources, Name.UserUnit}
# What no page that is only looked at has, wherever it lies.
ACTING = {Name.JS, Name.Launch, Name.OpenAction, Name.AA, Name.EF, Name.XFA, Name.RichMediaContent}
ACTIONS = {Name.JavaScript, Name.Launch, Name.SubmitForm, Name.ImportData, Name.GoToE, Name.Rendition}


def remade(content: bytes) -> bytes:
    """Raises Refused. One that only forbids to print or to copy is no less a paper: it opens without a
    password, and is written without one.
    """
    try:
        with Pdf.open(io.BytesIO(content)) as sent:
            return _of_its_pages(sent)
    except pikepdf.PasswordError as asked:
        raise Refused(PASSWORD) from asked
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, KeyError) as wrong:
        raise Refused(DAMAGED) from wrong


def _of_its_pages(sent: Pdf) -> bytes:
    if not sent.pages:
        raise Refused(NO_PAGE)
    if len(sent.pages) > MOST_PAGES:
        raise Refused(TOO_MANY_PAGES)
    sent.generate_appearance_streams()
    sent.flatten_annotations(mode="all")
    for page in sent.pages:
        for name in {*map(Name, page.obj.keys())} - SEEN:
            del page[name]
    with Pdf.new() as anew:
        anew.pages.extend(sent.pages)
        anew.remove_unreferenced_resources()
        written = io.BytesIO()
        anew.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with Pdf.open(written) as kept:
        if any(_acts(thing) for thing in _dictionaries(kept)):
            raise Refused(ACTS)
    return written.getvalue()


def _dictionaries(pdf: Pdf) -> Iterator[Object]:
    """Those that others refer to, and those inside them."""
    waiting = [*pdf.objects]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Stream | Dictionary):
            yield thing
            waiting.extend(each for _, each in thing.items() if not _is_elsewhere(each))
        elif isinstance(thing, pikepdf.Array):
            waiting.extend(each for each in thing if not _is_elsewhere(each))


def _is_elsewhere(thing: object) -> bool:
    """It is among the others by itself."""
    return not isinstance(thing, Object) or thing.is_indirect


def _acts(thing: Object) -> bool:
    return not ACTING.isdisjoint(map(Name, thing.keys())) or thing.get(Name.S) in ACTIONS
