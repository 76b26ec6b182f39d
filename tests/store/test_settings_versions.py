"""Laws of settings: versions never change, and a number belongs to one brand."""

import pytest

from domain.errors import ConfigurationError
from tests.builders import NOW, some_settings
from tests.store.rig import Store, at_once, open_store


def test_save_settings_makes_a_version_for_each_change(store: Store) -> None:
    """Every version stays readable as it was saved, by this process and by a new one."""
    first, second = some_settings(), some_settings(name="Acme Two")

    version = store.add_brand(second)

    fresh = open_store(store.database)
    for reader in (store.brands, fresh.brands):
        assert version == 2
        assert reader.settings("acme", 1).settings == first
        assert reader.settings("acme", 2).settings == second
        assert reader.settings("acme").version == 2


def test_save_settings_that_are_equal_makes_no_version(store: Store) -> None:
    """Importing the same file at every start leaves one version; going back makes a third."""
    assert store.add_brand(some_settings()) == 1
    assert store.add_brand(some_settings(name="Acme Two")) == 2
    assert store.add_brand(some_settings()) == 3


def test_save_settings_by_two_authors_at_once_gives_each_a_version(store: Store) -> None:
    """Neither author's change is lost, and neither sees a database error."""
    changes = [some_settings(name=f"Acme {n}") for n in range(6)]

    versions = at_once([lambda c=c: store.add_brand(c) for c in changes])  # type: ignore[misc]

    assert sorted(versions) == [2, 3, 4, 5, 6, 7]


def test_save_settings_with_a_number_of_another_brand_is_refused_whole(store: Store) -> None:
    """The sentence names the number; no brand, version or number is left half-written."""
    before = store.counts()

    with pytest.raises(ConfigurationError, match=r"\+13125550100 belongs to another brand"):
        store.add_brand(some_settings("birch", "+13125550101", "+13125550100"))

    assert store.counts() == before
    assert store.brands.brands() == ("acme",)
    assert store.brands.brand_of_number("+13125550101") is None
    assert store.brands.brand_of_number("+13125550100") == "acme"


def test_save_settings_that_swap_numbers_at_once_ends_with_one_owner_each(store: Store) -> None:
    """Of two brands that claim the same numbers in opposite order one wins, without a deadlock."""
    numbers = ("+13125550107", "+13125550108")

    def claim(brand: str, *wanted: str) -> object:
        try:
            return store.add_brand(some_settings(brand, *wanted))
        except ConfigurationError:
            return "refused"

    done = at_once([lambda: claim("birch", *numbers), lambda: claim("cedar", *reversed(numbers))])

    owners = {store.brands.brand_of_number(n) for n in numbers}
    assert sorted(map(str, done)) == ["1", "refused"]
    assert len(owners) == 1


def test_save_settings_without_a_number_frees_it_for_another_brand(store: Store) -> None:
    """A number can move between brands once the first has given it up."""
    store.add_brand(some_settings("acme", "+13125550109"))

    store.brands.save_settings(some_settings("birch", "+13125550100"), "test", NOW)

    assert store.brands.brand_of_number("+13125550100") == "birch"


@pytest.mark.parametrize(("brand", "version"), [("birch", None), ("acme", 9)])
def test_settings_that_are_not_there_are_a_configuration_error(
    store: Store, brand: str, version: int | None
) -> None:
    """The sentence names the brand and, where it helps, the remedy."""
    with pytest.raises(ConfigurationError, match=brand):
        store.brands.settings(brand, version)
