// A long act of the admin: the page goes on by itself. Without this file, « Continuer » does.
"use strict";

document.getElementById("go-on").requestSubmit();
