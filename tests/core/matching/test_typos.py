import pytest

from bot.core.matching.typos import Speller

LINES = [
    line.split()
    for line in (
        "how deep should i go on the leg press",
        "how deep is too deep",
        "lower back pain after the leg press",
        "my lower back hurts",
        "should i straighten my knees",
        "should my knees touch my chest",
        "is the leg press safe for my knees",
    )
]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(LINES, {"glutes"})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("how deap shuold i go", "how deep should i go"),
        ("lowwer back pain", "lower back pain"),
        ("leg prwss", "leg press"),
        ("my kness hurts", "my knees hurts"),
        ("straihgten my knees", "straighten my knees"),
        ("my glutse", "my glutes"),
        ("legpress", "leg press"),
        ("lowerback pain", "lower back pain"),
    ],
)
def test_a_slip_is_repaired(speller: Speller, typed: str, read: str) -> None:
    line = speller.repair(typed.split())
    assert " ".join(line.words) == read
    assert line.repairs
    assert line.trust is not None
    assert len(line.trust) == len(line.words)
    assert 0 < min(line.trust) < 1


def test_once_warm_a_first_slip_waits_for_nothing() -> None:
    speller = Speller.restore(Speller(LINES, {"glutes"}).arrays())
    before = set(vars(speller))
    speller.warm()
    made = set(vars(speller))
    assert made > before
    assert speller.repair(["how", "deap", "shuold", "i", "go"]).repairs
    assert set(vars(speller)) == made


def test_split_words_are_joined() -> None:
    speller = Speller([*LINES, ["one", "sled"], ["two", "sleds", "sled"]], ())
    assert speller.repair(["sl", "ed"]).words == ["sled"]


@pytest.mark.parametrize(
    "typed", ["how deep should i go", "where is the commute", "bench curry chile", "привет", "45 90", "x"]
)
def test_what_is_right_or_ordinary_or_foreign_stays(speller: Speller, typed: str) -> None:
    line = speller.repair(typed.split())
    assert line.words == typed.split()
    assert line.trust is None
    assert line.repairs == ()


def test_neighbours_decide_between_two_candidates() -> None:
    speller = Speller([["leg", "press"], ["leg", "press"], ["bird", "prose"], ["bird", "prose"]], ())
    assert speller.repair(["leg", "prese"]).words == ["leg", "press"]
    assert speller.repair(["bird", "prese"]).words == ["bird", "prose"]


def test_a_misspelt_phrasing_does_not_teach_its_mistake() -> None:
    speller = Speller([*LINES, *[["straighten", "it"]] * 4, ["straihten", "now"]], ())
    assert speller.repair(["straihten"]).words == ["straighten"]


def test_words_named_as_known_stay(speller: Speller) -> None:
    assert speller.repair(["leg", "prwss"], {"prwss"}).words == ["leg", "prwss"]


def test_what_was_counted_survives_as_arrays(speller: Speller) -> None:
    again = Speller.restore(speller.arrays())
    for typed in ("how deap shuold i go", "lowerback pain", "my glutse"):
        assert again.repair(typed.split()) == speller.repair(typed.split())
