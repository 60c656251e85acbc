"""How French is typed in a hurry: words that say nothing, apostrophes left out, spelling by ear."""

import re
from collections.abc import Callable

from rapidfuzz.distance import DamerauLevenshtein

# Each way to write what a French ear hears as one; in this order.
_SOUNDS = [
    (re.compile(writing), sound)
    for writing, sound in (
        ("ph", "f"),
        ("e?au", "o"),
        ("oi", "wa"),
        ("qu?|ck|ch(?=[lr])|c(?=[aoulr]|$)", "k"),
        ("y", "i"),
        ("h", ""),
        (r"(.)\1", r"\1"),
        ("[dtsxz]$", ""),
        ("(?<=..)e$", ""),
    )
]
_ELIDED = re.compile(r"(?:jusqu|lorsqu|puisqu|quelqu|qu|[cdjlmnst])(?=[aeiouyh])")
_ELIDED_BEFORE_NOUNS = re.compile(r"[dl](?=[aeiouyh])")
# What stands between two words that were written as one, and the least that they are long.
JOINING = frozenset(["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour"])
SHORTEST_PART = 3
# Up to so many letters, so many of them wrong; and what is much longer or shorter is another word.
LONGEST_WORD = 40
_MOST_EDITS, _MOST_LONGER = ((5, 1), (9, 2), (LONGEST_WORD, 3)), 2
# What questions are made of, whatever they are about; the last lines as in a text message.
_EVERYDAY = """
    " a ai aimerais aimerait ait aller alors as au aucun aussi aux avais avait avec avez avoir avons
    beaucoup besoin bien bonjour bonsoir c ca car ce cela ces cest cet cette chez chose ci comme comment
    cordialement crois d dans de deja depuis des dire dit dois doit doivent donc dont du dun dune elle elles
    en encore es est estce et etait ete etes etre eu eux faire fais fait faites faudrait faut font g genre
    hello ici il ils ira iras j jai je k l la le les leur leurs lon lui lun m ma machin
    mais me meme merci mes moi mon n nai ne nos notre nous on ont or ou ouais oui par parce peu peut peuvent
    peux plait plutot pour pourquoi pourrais pourrait pouvez pouvoir pouvons puis puisje qu quand que quel
    quelle quelles quelqu quels question qui quil quils quoi quon quun s sa sait salut sauf savez savoir se
    sera serait ses sest si sil soit son sont souhaite sous suis sur t ta tas te tes toi ton toujours tous
    tout toute toutes tres truc tu un une va vais vas vers veulent veut veux via voici voila voir vont vos
    votre voudrais voudrait vous vraiment vs y ya
    avc bcp bjr bsr chui cki ds dsl jveu jveux kel kelle koi mm pck pk pkoi pr ptit ptite qd qq qqch qqn
    qqun slt stp sui svp tjrs tjs vrmt vx
"""
EVERYDAY_WORDS = frozenset(_EVERYDAY.split())


def sound(word: str) -> str:
    """« issi » and « issy », « ekitation » and « equitation » are one; of a simplified word."""
    for writing, heard in _SOUNDS:
        word = writing.sub(heard, word)
    return word


def elided(word: str, *, before_nouns: bool = False) -> str | None:
    """« minscris » → « inscris », « descrime » → « escrime »; None if it cannot be read so."""
    match = (_ELIDED_BEFORE_NOUNS if before_nouns else _ELIDED).match(word)
    return word[match.end() :] if match and len(word) - match.end() >= 2 else None


def parted(text: str, is_word: Callable[[str], bool], hopeless: set[str] | None = None) -> tuple[str, ...]:
    """« coursdepiano » → « cours », « de », « piano » if those are words, the longest first; else nothing."""
    hopeless = set() if hopeless is None else hopeless
    for end in range(len(text) - SHORTEST_PART, 0, -1):
        head, rest = text[:end], text[end:]
        if rest in hopeless or not (head in JOINING or (end >= SHORTEST_PART and is_word(head))):
            continue
        tail = (rest,) if is_word(rest) else parted(rest, is_word, hopeless)
        if tail:
            return head, *tail
    hopeless.add(text)
    return ()


def is_misspelling(word: str, other: str) -> bool:
    """Whether so few letters are wrong, lacking, too many or swapped that it may be the other word."""
    longest = max(len(word), len(other))
    if longest > LONGEST_WORD or abs(len(word) - len(other)) > _MOST_LONGER:
        return False
    edits: int = DamerauLevenshtein.distance(word, other)
    # Who errs twice still knows how it begins: « karting » is not « acting ».
    most = next(most for letters, most in _MOST_EDITS if longest <= letters)
    return edits <= (most if word[:1] == other[:1] else 1)
