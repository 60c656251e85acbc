"""What the search did with a question, in sentences: nobody has to guess why this is shown."""

from collections.abc import Iterable, Sequence

from core.formats import distance
from core.money import NBSP
from core.spelling import at_place, of_place, of_thing

from .directory_index import Answered, Wanted
from .question import Question, Term


def explanation(wanted: Wanted, answered: Answered, nearest: str, kilometres: float | None) -> Sequence[str]:
    """`nearest`: the commune of the first organisme, so far away, where none is in the one asked for."""
    question = answered.question
    sentences = [*_place(wanted, question), *_taken_for(question, answered.missing), *_left_out(answered)]
    if not answered.listed:
        return sentences
    if answered.partly:
        sentences.append(_in_part(answered))
    if answered.elsewhere and answered.place and kilometres is not None:
        there, away = at_place(answered.place.name), distance(kilometres)
        sentences.append(f"{_none(wanted, answered)} {there}. Le plus proche{NBSP}: {nearest}, {away}.")
    return sentences


def _place(wanted: Wanted, question: Question) -> Sequence[str]:
    place = question.place
    if wanted.commune and place and place.code != wanted.commune:
        return [
            f"La recherche est faite {at_place(place.name)}, comme écrit, et non dans la commune choisie."
        ]
    around = wanted.around or question.around
    if around and not wanted.commune and not place and wanted.near is None:
        return ["Pour trier du plus proche au plus loin, choisissez aussi une commune."]
    says_nothing = question.is_empty and not question.left_out and not place
    if says_nothing and wanted == Wanted(on=wanted.on, words=wanted.words) and wanted.words:
        return [f"Écrivez une activité, une commune ou un nom{NBSP}: judo, Antony, conservatoire."]
    return []


def _taken_for(question: Question, missing: Sequence[Term]) -> Sequence[str]:
    """« Résultats pour judo (au lieu de « jduo »). »"""
    pairs = [(term.meant, term.typed) for term in question.required if term.taken and term not in missing]
    if question.misspelt_place and question.place:
        pairs.append((question.place.name, question.misspelt_place))
    if not pairs:
        return []
    taken = " et ".join(taken for taken, _ in pairs)
    return [f"Résultats pour {taken} (au lieu de {_quoted(typed for _, typed in pairs)})."]


def _left_out(answered: Answered) -> Sequence[str]:
    """What nobody has, and what is shown instead."""
    question = answered.question
    sentences = []
    if question.unknown:
        unknown = _quoted((term.typed for term in question.unknown), " ni ")
        sentences.append(f"Nous ne connaissons pas {unknown} dans le département.")
    if question.unoffered:
        things = " ni ".join(of_thing(term.meant) for term in question.unoffered)
        sentences.append(f"Aucun organisme affilié ne propose {things}.")
    if not sentences:
        return []
    if not answered.listed:
        sentences += ["Vérifiez l’orthographe."] if question.unknown else []
    elif question.required and not answered.partly:
        sentences.append(f"Voici ce qui répond à {_quoted(term.meant for term in question.required)}.")
    elif answered.place and not answered.elsewhere and not question.required:
        where = of_place(answered.place.name)
        sentences.append(f"Voici les organismes {f'autour {where}' if answered.around else where}.")
    return [" ".join(sentences)]


def _in_part(answered: Answered) -> str:
    terms, missing = answered.question.required, answered.missing
    having = [term for term in terms if term not in missing]
    if missing:
        return (
            f"Rien ne correspond à {_quoted(term.typed for term in missing)}. "
            f"Voici ce qui répond à {_quoted(term.meant for term in having)}."
        )
    return f"Aucun organisme ne réunit {_quoted(term.meant for term in terms)}. Voici ce qui s’en approche."


def _none(wanted: Wanted, answered: Answered) -> str:
    """« Pas de judo », « Aucun organisme », « Rien de tel »."""
    criteria = wanted.kind or wanted.activity is not None or wanted.accessible
    if answered.partly or (criteria and answered.question.required):
        return "Rien de tel"
    if not answered.question.required:
        return "Aucun organisme de ce choix" if criteria else "Aucun organisme"
    return f"Pas {of_thing(answered.question.meant)}"


def _quoted(words: Iterable[str], joining: str = " et ") -> str:
    return joining.join(f"«{NBSP}{word}{NBSP}»" for word in words)
