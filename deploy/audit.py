"""`python deploy/audit.py [PIP-AUDIT]`: whether a known flaw is in what requirements.txt locks.

A flaw fails, and so does whatever keeps flaws from being looked for, but for a source that is out of reach:
`make lint` must be of use on a machine without a network. Then it says that nothing was audited.
"""

import json
import re
import subprocess
import sys
from typing import Any

# To connect, or to be answered; and in all.
PATIENCE, LONGEST = 3, 30
OPTIONS = [
    *("--requirement", "requirements.txt", "--require-hashes", "--disable-pip"),
    *("--format", "json", "--timeout", str(PATIENCE), "--progress-spinner", "off"),
]
# How pip-audit ends when nobody answers, or only somebody on the way: its own words, or a traceback.
UNANSWERED = re.compile(
    r"^requests\.exceptions\.(?:Connection|Proxy)Error\b | ^requests\.exceptions\.\w*Timeout\b"
    r"| ^requests\.exceptions\.HTTPError:\ 5 | network\ may\ be\ blocking",
    re.MULTILINE | re.VERBOSE,
)
# A proxy that looks into TLS signs with a certificate of the house: pip may know it, and pip-audit not.
UNKNOWN_CERTIFICATE = re.compile(r"^requests\.exceptions\.SSLError\b", re.MULTILINE)
BUNDLE = (
    "Dépendances NON auditées : pip-audit ne connaît pas le certificat de votre proxy. "
    "REQUESTS_CA_BUNDLE=/etc/ssl/certs/ca-certificates.crt make lint le lui donne."
)
OUT_OF_REACH = "Dépendances NON auditées : la source des failles connues est hors d'atteinte."


def audit(command: str) -> str:
    """That nothing was found, or nobody to ask. Exits with 1 if there is a flaw, or no answer to rely on."""
    try:
        done = subprocess.run(  # noqa: S603 – our own command
            [command, *OPTIONS], capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return OUT_OF_REACH
    if not done.stdout and UNANSWERED.search(done.stderr):
        return OUT_OF_REACH
    if not done.stdout and UNKNOWN_CERTIFICATE.search(done.stderr):
        sys.exit(BUNDLE)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, LookupError):
        packages = []
    if flaws := [_said(package, flaw) for package in packages for flaw in package.get("vulns", [])]:
        sys.exit("\n".join(["Des dépendances ont une faille connue :", *flaws]))
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    # A mirror without the list of flaws answers that it knows no package; to pip-audit that is no flaw.
    if packages and len(unknown) == len(packages):
        return OUT_OF_REACH
    if unknown or done.returncode or not packages:
        sys.exit(f"{done.stderr}Dépendances NON auditées : {', '.join(unknown) or 'pip-audit a échoué'}.")
    return f"Dépendances auditées : {len(packages)}, aucune faille connue."


def _said(package: dict[str, Any], flaw: dict[str, Any]) -> str:
    corrected = ", ".join(flaw["fix_versions"]) or "aucune version"
    return f"{package['name']} {package['version']} : {flaw['id']}, corrigée par {corrected}"


if __name__ == "__main__":
    print(audit(*sys.argv[1:] or [".venv/bin/pip-audit"]))
