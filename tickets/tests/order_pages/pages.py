"""The pages of « Effectuer une transaction », as the tests read them."""


def page(wallet, path=""):
    return f"/beneficiaires/{wallet.beneficiary.public_id}/loisirs/effectuer-une-transaction/{path}"


def balance(wallet):
    wallet.refresh_from_db()
    return str(wallet.balance)


def sentences(response, field):
    return " ".join(response.context["form"].errors.get(field, []))
