"""nginx in front, as deploy/nginx says, but without a certificate and on one port."""

import os
import pwd
import re

from proof.servers.servers import HOST, ROOT

# What Debian's nginx.conf does around a site.
AROUND = """
daemon off;
user {user};
{workers}
pid /run/nginx.pid;
error_log /var/log/nginx-error.log;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    # Each family has an address of its own.
    set_real_ip_from 127.0.0.0/8;
    real_ip_header X-Forwarded-For;
    client_body_temp_path /var/lib/nginx/body;
    proxy_temp_path /var/lib/nginx/proxy;
    fastcgi_temp_path /var/lib/nginx/fastcgi;
    scgi_temp_path /var/lib/nginx/scgi;
    uwsgi_temp_path /var/lib/nginx/uwsgi;
{site}
}}
"""
UPSTREAM = re.compile(r"(?ms)^upstream passplus \{.*?^\}\n")
OTHER_SERVERS = re.compile(r"(?s)# Whoever asks for another name.*?(?=server \{\n    listen 443)")
TLS = re.compile(r"(?m)^ +(ssl_.*|listen \[::\].*)\n")


def configuration(upstream: str, port: int) -> str:
    site = (ROOT / "deploy" / "nginx" / "passplus.conf").read_text()
    for left_out in (UPSTREAM, OTHER_SERVERS, TLS):
        site = left_out.sub("", site)
    here = {
        "listen 443 ssl http2": f"listen {HOST}:{port}",
        "pass.example": HOST,
        "/srv/passplus/current": "@ROOT@",
    }
    for there, ours in here.items():
        site = site.replace(there, ours)
    workers = (ROOT / "deploy" / "nginx" / "workers.conf").read_text()
    return AROUND.format(workers=workers, user=pwd.getpwuid(os.geteuid()).pw_name, site=upstream + site)
