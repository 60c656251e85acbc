"""docs/architecture.md, from the rooms."""

from collections.abc import Iterator
from statistics import median

from .rooms import Room, names, rooms


def page() -> str:
    found = rooms()
    lines = sum(sum(room.sizes) for room in found)
    return PAGE.format(
        rooms="\n".join(_size(room, lines) for room in found),
        arrows="\n".join(_arrows(found)),
        imports="\n".join(_imports(found)),
        **_spread([size for room in found for size in room.sizes]),
    )


PAGE = """# L’architecture, dessinée d’après le code

Cette page est écrite par `manage.py architecture`\N{NO-BREAK SPACE}: relancez la commande plutôt que de la
corriger. Ce que chaque pièce contient est dit dans le [README](../README.md#le-plan-de-la-maison).
Ni les tests ni les migrations ne sont comptés.

## Les pièces

La moitié des fichiers ont {middle} lignes au plus, neuf sur dix {most} au plus, le plus long {longest}.

| pièce | fichiers | lignes | part | médiane | le plus long |
|---|--:|--:|--:|--:|--:|
{rooms}

## Les flèches

Une flèche va de qui importe à ce qui est importé, avec le nombre d’imports. Celles qu’un chemin plus
long double ne sont que dans le tableau. Aucun cycle\N{NO-BREAK SPACE}: la commande refuserait
d’écrire la page.

```mermaid
flowchart RL
{arrows}
```

## Tous les imports

Une ligne importe des colonnes.

{imports}
"""


def _size(room: Room, lines: int) -> str:
    own = sum(room.sizes)
    facts = (
        len(room.sizes),
        own,
        f"{own / lines:.0%}".replace("%", "\N{NO-BREAK SPACE}%"),
        round(median(room.sizes)),
        max(room.sizes),
    )
    return f"| `{room.name}` | {' | '.join(map(str, facts))} |"


def _spread(sizes: list[int]) -> dict[str, int]:
    ordered = sorted(sizes)
    return {
        "middle": round(median(ordered)),
        "most": ordered[int(0.9 * len(ordered))],
        "longest": ordered[-1],
    }


def _arrows(found: list[Room]) -> Iterator[str]:
    reached: dict[str, set[str]] = {}
    for room in found:
        further = {name for other in room.imports for name in reached[other]}
        reached[room.name] = {*room.imports} | further
        for other in sorted({*room.imports} - further, key=names().index):
            yield f"    {room.name} -->|{room.imports[other]}| {other}"


def _imports(found: list[Room]) -> Iterator[str]:
    columns = [room.name for room in found if any(room.name in other.imports for other in found)]
    yield f"| | {' | '.join(f'`{name}`' for name in columns)} |"
    yield f"|---|{'--:|' * len(columns)}"
    for room in found:
        if room.imports:
            yield f"| `{room.name}` | {' | '.join(str(room.imports[name] or '') for name in columns)} |"
