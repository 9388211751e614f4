from accounts.models import User


def rename_person(*, user: User, name: str) -> None:
    user.name = " ".join(name.split())
    user.save(update_fields=["name"])
