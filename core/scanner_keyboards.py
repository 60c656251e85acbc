"""What a scanner « types » that speaks to an American keyboard, on a computer that has a French one.

It sends keys, not letters: the key of an American 1 is a French &, that of A is a Q. Read back key by key;
a PC and a Mac differ by a few signs.
"""

_AMERICAN = """`1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?"""
_PC = """²&é"'(-è_çà)=azertyuiop^$qsdfghjklmùwxcvbn,;:!³1234567890°+AZERTYUIOP¨£QSDFGHJKLM%WXCVBN?./§"""
_MAC = """<&é"'(§è!çà)-azertyuiop^$qsdfghjklmùwxcvbn,;:=>1234567890°_AZERTYUIOP¨*QSDFGHJKLM%WXCVBN?./+"""

_ON_A_PC, _ON_A_MAC = (str.maketrans(french, _AMERICAN) for french in (_PC, _MAC))
# With its capitals locked a French keyboard gives the digits, and moves the letters all the same.
_WITH_CAPITALS_LOCKED = {sign: meant for sign, meant in _ON_A_PC.items() if not chr(sign).isdecimal()}


def repaired(text: str) -> list[str]:
    """What it may have been, nearest first; the text itself is not among them."""
    tables = (_ON_A_PC, _ON_A_MAC, _WITH_CAPITALS_LOCKED)
    return [it for it in dict.fromkeys(map(text.translate, tables)) if it != text]
