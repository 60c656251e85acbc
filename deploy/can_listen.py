"""`make run` asks first: says in one line why a site could not listen there."""

import errno
import socket
import sys

host, port = sys.argv[1:]
WHY = {
    errno.EADDRINUSE: f"{host}:{port} est déjà pris. Essayez : make run PORT=8001",
    errno.EACCES: f"Le port {port} est réservé à root. Essayez : make run PORT=8000",
    errno.EADDRNOTAVAIL: f"{host} n’est pas une adresse de cette machine. Essayez : make run HOST=0.0.0.0",
}

try:
    socket.create_server((host, int(port))).close()
except ValueError:
    sys.exit(f"« {port} » n’est pas un port. Essayez : make run PORT=8000")
except OverflowError:
    sys.exit(f"Un port va de 1 à 65535, non {port}.")
except OSError as error:
    if isinstance(error, socket.gaierror) or (error.errno or 0) < 0:
        sys.exit(f"Cette machine ne connaît pas de {host}. Essayez : make run HOST=127.0.0.1")
    sys.exit(WHY.get(error.errno or 0, f"{host}:{port} : {error}"))
