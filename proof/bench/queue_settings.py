"""The settings of the served bench, where each message that leaves is counted."""

from proof.servers import settings as servers

vars().update({name: value for name, value in vars(servers).items() if name.isupper()})

POST_OFFICE = vars()["POST_OFFICE"] | {"BACKENDS": {"default": "proof.bench.mailbox.Mailbox"}}
