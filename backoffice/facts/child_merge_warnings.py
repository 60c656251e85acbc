"""What should make an agent think twice before two rows become one child."""

from collections.abc import Iterator

from accounts.identity import Names, folded
from accounts.models import Beneficiary
from core.money import NBSP, euros
from wallets.merging import Pair
from wallets.supplements import has_supplement


def warnings(double: Beneficiary, kept: Beneficiary, both: list[Pair]) -> Iterator[str]:
    if {*_names(double)} != {*_names(kept)}:
        yield f"Ils ne s’appellent pas de même. Est-ce le même enfant, et non un frère ou une sœur{NBSP}?"
    if double.birth_year != kept.birth_year:
        yield f"Ils ne sont pas nés la même année. Est-ce bien le même enfant{NBSP}?"
    for pair in both:
        if pair.overspent:
            yield (
                f"{pair.double}, {pair.double.campaign}{NBSP}: les deux fiches ensemble ont dépensé "
                f"{euros(pair.overspent)} de plus qu’une dotation. Rien n’est annulé ni repris à la famille."
            )
    for pair in both:
        if pair.kept and has_supplement(pair.double) and not has_supplement(pair.kept):
            yield (
                f"{pair.double}, {pair.double.campaign}{NBSP}: cette fiche avait le supplément boursier. "
                "S’il est dû, accordez-le ensuite sur la fiche gardée."
            )
    if double.user_id and kept.user_id:
        yield "L’enfant a deux accès propres. Celui de cette fiche est fermé."


def _names(child: Beneficiary) -> Names:
    """In either order, as schools write them."""
    return folded(child.first_name, child.last_name)
