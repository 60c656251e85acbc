"""IBANs whose two keys are right, of no bank's customer."""

BANK, BRANCH = 30006, 1


def french_iban(number: int) -> str:
    """The account of that number, with its RIB key, and its IBAN key."""
    key = 97 - (89 * BANK + 15 * BRANCH + 3 * number) % 97
    bban = f"{BANK:05}{BRANCH:05}{number:011}{key:02}"
    return f"FR{98 - int(f'{bban}152700') % 97:02}{bban}"
