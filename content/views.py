"""The pages open to all."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import carried_child, carrying
from core import refused_forms, throttle, typed_text

from . import contact_mail, facts, help_search
from .contact_form import ContactForm
from .models import Article, Audience, HelpTopic, Page, PageKey

ARTICLES_PER_PAGE = 10
# Nobody's question is longer; a search that is a whole book is not looked through.
LONGEST_SEARCH = 200


@login_not_required
@require_safe
def template(request: HttpRequest, template: str) -> HttpResponse:
    """A page that is nothing but a template."""
    return render(request, template)


@login_not_required
@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    page = get_object_or_404(Page, key=key)
    return render(request, "content/page.html", {"page": page, "facts": facts.known()})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    author = request.user if request.user.is_authenticated else None
    known = {"topic": request.GET.get("sujet", ""), "address": author.email if author else ""}
    form = ContactForm(request.POST or None, initial=known)
    page = get_object_or_404(Page, key=PageKey.CONTACT)
    context = {"form": form, "page": page, "facts": facts.known()}
    if form.is_valid():
        try:
            contact_mail.count(request)
        except throttle.TooManyAttempts as refusal:
            form.add_error(None, refusal.sentence)
            return refused_forms.page(request, "content/contact.html", context, refusal=refusal)
        contact_mail.send(**form.cleaned_data, author=author, child=carried_child(request))
        return redirect(carrying(request, "content:contacted"))
    return refused_forms.page(request, "content/contact.html", context)


@login_not_required
@require_safe
def contacted(request: HttpRequest) -> HttpResponse:
    return render(request, "content/contacted.html")


@login_not_required
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.published().pinned_first()
    page = Paginator(articles, ARTICLES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "content/news.html", {"page": page, "facts": facts.known()})


@login_not_required
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Agents who may write it read it before everyone else."""
    article = get_object_or_404(Article, slug=slug)
    if not (article.is_published or request.user.has_perm("content.view_article")):
        raise Http404
    return render(request, "content/article.html", {"article": article, "facts": facts.known()})


def _audience_of(request: HttpRequest) -> Audience:
    """Whose questions come first: a pupil's if one is connected, else those of families."""
    user = request.user
    is_pupil = user.is_authenticated and any(child.user_id == user.pk for child in user.accessible_children)
    return Audience.PUPILS if is_pupil else Audience.FAMILIES


@login_not_required
@require_safe
def help_topics(request: HttpRequest) -> HttpResponse:
    known = facts.known()
    topics = list(HelpTopic.objects.order_by("position", "pk"))
    first = _audience_of(request)
    asked = typed_text.name(request.GET.get("q", ""))[:LONGEST_SEARCH]
    context = {
        "asked": asked,
        "longest": LONGEST_SEARCH,
        "found": help_search.find(asked, topics, known, audience=first),
        "audiences": [
            (one, [topic for topic in topics if topic.audience == one])
            for one in sorted(Audience, key=lambda one: one != first)
        ],
        "facts": known,
    }
    return render(request, "content/help.html", context)
