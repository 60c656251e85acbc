"""What browsers send, in the two ways that there are."""

import json

from django.test import Client

from operations.violations.message import NEW

SECRET = "7K4F9PQ2MNBVC"
SITE = "https://testserver"
PAGE = f"{SITE}/accueil/premiere-connexion/camille/{SECRET}/?nom=durand#camille"
BY_OLD = {
    "document-uri": PAGE,
    "referrer": f"https://camille.example/{SECRET}",
    "violated-directive": "script-src-elem",
    "effective-directive": "script-src-elem",
    "original-policy": "default-src 'none'",
    "disposition": "enforce",
    "blocked-uri": f"https://ailleurs.example:8443/{SECRET}.js?qui=camille",
    "line-number": 12,
    "source-file": f"{SITE}/static/js/session.0123abcd.js?qui=camille",
    "status-code": 200,
    "script-sample": "camille.durand@famille.example",
}
BY_NEW = {
    "documentURL": PAGE,
    "referrer": f"https://camille.example/{SECRET}",
    "effectiveDirective": "script-src-elem",
    "originalPolicy": "default-src 'none'",
    "disposition": "enforce",
    "blockedURL": f"https://ailleurs.example:8443/{SECRET}.js?qui=camille",
    "lineNumber": 12,
    "columnNumber": 3,
    "sourceFile": f"{SITE}/static/js/session.0123abcd.js?qui=camille",
    "statusCode": 200,
    "sample": "camille.durand@famille.example",
}


def enclosed(**violation):
    """As the Reporting API sends it."""
    return {"type": "csp-violation", "age": 5, "url": PAGE, "user_agent": "camille", "body": violation}


def send(said, kind=NEW, **headers):
    text = said if isinstance(said, str | bytes) else json.dumps(said)
    # A browser has no token of ours.
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    return browser.post("/violations/", text, content_type=kind, secure=True, headers=headers)
