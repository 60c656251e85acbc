"""Ways through the product: each yields the name of a page that is open and worth a picture."""
