"""All drawings by the name that a claim's `picture` gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.core.drawing.pictures import (
    a_week,
    backrest,
    breathing,
    calf_raise,
    fast_push,
    feet,
    getting_in_and_out,
    half_reps,
    hands,
    heels,
    if_you_get_stuck,
    knee_range,
    knees,
    knees_in_line,
    machines,
    one_leg,
    plate_sums,
    positions,
    press_and_extension,
    press_and_squat,
    quads,
    room_for_the_belly,
    seat_distance,
    setting_the_stop,
    small_steps,
    sore_or_injured,
    stance,
    tempo,
    towel,
    two_bodies,
    two_left,
    two_up_one_down,
    warm_up,
    what_it_works,
)

MAX_ALT = 1024
"""Discord's limit for the description of a picture, characters."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: its name, a title, what it shows in words for whoever cannot see it, and what draws its SVG."""

    name: str
    title: str
    alt: str
    draw: Callable[[], str]

    @property
    def svg(self) -> str:
        """The drawing as SVG text."""
        return self.draw()


PICTURES: Mapping[str, Picture] = MappingProxyType(
    {
        picture.name: picture
        for picture in (
            Picture(
                "positions",
                "A good stop, and knees to chest",
                "Two side views of a person on a 45-degree leg press. Left, with a tick, a good stop: the thighs stay clear of "
                "the chest, hips and lower back stay down on the pads. Right, with a cross, knees to chest: the sled is lower, "
                "the thighs touch the chest, and a coloured wedge shows the gap under the hips. One arrow shows the hips "
                "lifting off the seat, another the lower back rounding. One body on one machine: yours stops elsewhere.",
                positions.draw,
            ),
            Picture(
                "setting-the-stop",
                "Finding and setting the stop",
                "Two side views of a person on a 45-degree sled with no weights on it and a row of places for the stop along "
                "its rail. One: lower it empty, to where the hips start to roll. Two: one notch up, where the hips lie still, "
                "and the safety stop, pointed out by an arrow, stands just below the sled. Below: a sore back, two or more.",
                setting_the_stop.draw,
            ),
            Picture(
                "backrest",
                "Back rest upright and reclined",
                "Two side views of the same person on the same 45-degree leg press, the sled in the same place. Left, "
                "the back rest is upright and the hips are more bent: 49° between trunk and thigh. Right, the back "
                "rest is reclined and leaves more hip room: 74°. The angles are those of this drawing only.",
                backrest.draw,
            ),
            Picture(
                "feet",
                "Feet high, in the middle, low",
                "Three side views of three people on the same 45-degree leg press, the whole foot plate in view, the "
                "sled in the same place. An arc at the hip shows the angle between trunk and thigh. Feet high on the "
                "plate: 73°, more hip bend. In the middle: 76°. Feet low: 83°, more knee bend. Below: a small change; "
                "the angles are those of this drawing only.",
                feet.draw,
            ),
            Picture(
                "knees",
                "A soft end of a rep, and knees past straight",
                "Two side views of the top of a rep on a 45-degree leg press, a dashed line from hip to ankle in each for"
                " a straight leg. Left, with a tick, a soft end: the knee stays above the line, a few degrees short of "
                "straight. Right, with a cross, past straight: an arrow pushes the knee below the line, the wrong way; "
                "fast and heavy is the hazard. Below: healthy knees, slow and soft to straight, no known harm.",
                knees.draw,
            ),
            Picture(
                "two-up-one-down",
                "Two legs up, one leg down",
                "Two side views of a person on a 45-degree leg press. Left: both feet on the plate, an arrow along the rails "
                "away from the person, push with both legs. Right: one foot on the plate, the other hovering just off it, an "
                "arrow back towards the person, lower slowly with one leg and swap legs. Below: one leg may not push it back up.",
                two_up_one_down.draw,
            ),
            Picture(
                "quads",
                "The four heads of the quadriceps",
                "The front of a right thigh, twice, with its kneecap and the tendon above and below it. Left, the three "
                "heads at the surface: vastus lateralis on the outer side, vastus medialis low on the inner side, rectus "
                "femoris down the middle, with an arrow on to the hip bone. Right, one layer deeper, with the rectus "
                "femoris taken away: vastus intermedius between the other two. Below: the rectus femoris crosses the hip "
                "as well as the knee.",
                quads.draw,
            ),
            Picture(
                "stance",
                "Stance: narrow, shoulder width, wide",
                "The foot plate as seen from the seat, three times in the same width, with a bar below that is as wide as"
                " the shoulders. Narrow: the shoes nearly touch, toes straight. Shoulder width, with a tick as the one to"
                " start from: toes slightly out. Wide: feet near the edges, toes further out. Below: mostly comfort, not "
                "which part of the quads works.",
                stance.draw,
            ),
            Picture(
                "machines",
                "Three kinds of leg press",
                "Three side views of three people, an arrow in each for the way they push. A 45-degree sled: lying back, "
                "pushing plates up and away along slanted rails. A seated machine with a weight stack: sitting on a seat "
                "that slides, pushing straight ahead. A near-vertical press: lying flat, pushing up.",
                machines.draw,
            ),
            Picture(
                "getting-in-and-out",
                "Getting in and out",
                "Two side views of people on a sled without weights. One, getting in: feet on the plate, push, then "
                "unlock; an open padlock stands beside the handles. Two, getting out: lock it, then feet down; a "
                "closed padlock stands at the sled, and both feet are on the floor. Below: sit a moment before you "
                "stand up.",
                getting_in_and_out.draw,
            ),
            Picture(
                "if-you-get-stuck",
                "If you get stuck",
                "Two side views of a person on a loaded sled. One: lower slowly onto the stops; an arrow points at "
                "the stop on the rail, which holds the sled. Two: the feet are down: slide out to the side. Below: "
                "what the stops are for: set them each time.",
                if_you_get_stuck.draw,
            ),
            Picture(
                "hands",
                "Hands on the handles, not on the knees",
                "Two side views of people on a sled. Left, with a tick: hands on the handles beside the seat. Right, with"
                " a cross: a hand on the knee, an arrow shows how it is shoved straight. Below: need your hands to "
                "finish? The set is over.",
                hands.draw,
            ),
            Picture(
                "seat-distance",
                "How close to sit",
                "Two side views of a person on a seated machine with a weight stack, an arc between trunk and thigh in "
                "each. Left, with a warning triangle, the seat too close: hips folded from the start. Right, with a tick,"
                " one notch back: a wider angle, and the hips stay on the pad. Below: too far away, and only the easy top"
                " is left.",
                seat_distance.draw,
            ),
            Picture(
                "two-bodies",
                "Two bodies on one machine",
                "Two side views of the same sled. A short person: the sled comes closer. A tall person: it stops further "
                "away. Both have their hips on the pad. Below: hips decide, not the neighbour's notch.",
                two_bodies.draw,
            ),
            Picture(
                "room-for-the-belly",
                "Room for a belly",
                "A person with a belly seen from the foot plate, twice. Left, with a warning triangle, narrow: the "
                "thighs meet the belly early. Right, with a tick, wider and toes out: the thighs pass beside it. "
                "Below: your depth counts as it is.",
                room_for_the_belly.draw,
            ),
            Picture(
                "heels",
                "Heels flat, or floating",
                "Two side views of people low on a sled. Left, with a tick: the whole foot flat on the plate. Right, with"
                " a warning triangle, too low for them: an arrow points at a heel that floats off the plate. Below: stop "
                "higher, or feet a little up the plate.",
                heels.draw,
            ),
            Picture(
                "knees-in-line",
                "Knees over the toes, or caving in",
                "Both legs seen from the foot plate, twice. Left, with a tick: dashed lines lead from each knee straight "
                "down over the toes. Right, with a warning triangle: arrows push both knees inwards, they cave in. Below:"
                " a little wobble is no disaster: less weight, slower.",
                knees_in_line.draw,
            ),
            Picture(
                "one-leg",
                "One leg at a time",
                "The foot plate as seen from the seat, twice, with the pelvis as a bar below. Left, with a tick: one shoe"
                " in line with its own hip, the other faint beside it, for the idle foot rests on the plate; the bar "
                "level. Right, with a warning triangle: the working shoe in the middle of the plate, the idle one faint, "
                "the bar tilted: the hips twist.",
                one_leg.draw,
            ),
            Picture(
                "breathing",
                "When to breathe",
                "Two side views of a person on a sled. One, down: an arrow brings the sled closer, lines of air lead "
                "into the mouth: in. Two, push: an arrow takes it away, lines of air lead out of the mouth: out. "
                "Below: a fresh breath for every rep.",
                breathing.draw,
            ),
            Picture(
                "tempo",
                "The pace of a rep",
                "The way of the sled over time as a curve. It falls slowly, down in 2 to 3 seconds, turns softly with "
                "no bounce at the bottom, and rises faster, pushed up firmly. Below: from half a second to eight, "
                "growth is about the same.",
                tempo.draw,
            ),
            Picture(
                "fast-push",
                "Fast push, slow return",
                "Two side views of a person on a sled with small weights. One: a thick arrow up the rails, push fast "
                "and ease off before straight. Two: a thin arrow back, back slowly, under control. Below: a light "
                "weight that still moves fast on the last rep.",
                fast_push.draw,
            ),
            Picture(
                "towel",
                "A towel behind the back",
                "Two side views of a person's back on the pad. Left, with a tick: a towel thin and flat, thinner than a "
                "finger, behind the lower back. Right, with a warning triangle: a thick roll that presses on one spot. "
                "Below: it gives your hips no more room.",
                towel.draw,
            ),
            Picture(
                "knee-range",
                "How far to bend a sore knee",
                "Side view of a person on a sled with an arc before the shin in three parts, each named. The part "
                "nearest straight: start here. The middle: then here. The deepest: later. Below: only as far as the "
                "next morning is no worse.",
                knee_range.draw,
            ),
            Picture(
                "warm-up",
                "Warming up on the machine",
                "Four sleds in a row, with more plates each time: empty, find your stop; half, an easy set; three "
                "quarters, a short set; today's weight, working sets. Below: rest a little before the working sets.",
                warm_up.draw,
            ),
            Picture(
                "plate-sums",
                "What the weight adds up to",
                "Left, a sled from the front with two 20 kg plates on each side: 4 times 20 kg is 80 kg, 4 times 45 "
                "lb is 180 lb, and the sled is added to what moves. Right, a sled on slanted rails: an arrow straight "
                "down for all of it, a shorter one along the rails: about 70% of it all.",
                plate_sums.draw,
            ),
            Picture(
                "small-steps",
                "Adding weight in small steps",
                "Two bar charts. Left, with a tick, small steps: five bars, each a little taller than the one before "
                "it, 2 to 10% at a time. Right, with a warning triangle, one big jump: a low bar and one twice as "
                "high beside it. Below: same depth, hips on the pad: only then a step up.",
                small_steps.draw,
            ),
            Picture(
                "two-left",
                "Where a set ends",
                "A row of numbered reps: nine done, clean and at the same depth, then a line, end here, and two empty "
                "circles: two left. Below: sooner, if the hips lift or the depth shrinks.",
                two_left.draw,
            ),
            Picture(
                "a-week",
                "A week to start with",
                "The seven days of a week. Monday and Thursday have three sets each, the other days say rest. 2 to 3 sets"
                " of 8 to 12, twice a week. Below: squats and lunges count too.",
                a_week.draw,
            ),
            Picture(
                "what-it-works",
                "What the leg press works",
                "Side view of a person on a sled with muscles pointed out. Front of the thigh: most. Buttocks: much. "
                "Back of the thigh: little. Calf: little.",
                what_it_works.draw,
            ),
            Picture(
                "press-and-extension",
                "Which part of the bend, on two machines",
                "Two side views of a person with an arc before the shin in two parts, each named. Left, a leg press: the part "
                "from nearly straight to the middle of the bend says here, the deep part says not yet. Right, a leg extension: "
                "the deep half says here, the half near straight says not yet. Below: for sore knees, light, and keep the "
                "calmer one.",
                press_and_extension.draw,
            ),
            Picture(
                "press-and-squat",
                "Squat and leg press",
                "Two side views of the same person. Left, a squat with a bar on the back: your trunk holds you up. "
                "Right, a leg press: the pad holds you. Below: cousins, not twins: thighs and buttocks work in both.",
                press_and_squat.draw,
            ),
            Picture(
                "calf-raise",
                "Calf raises, and their hazard",
                "Two side views of people with straight legs and a foot on the lower edge of a sled's plate. Left, with a"
                " tick: on the ball of the foot, stops set, no snap of the knees, an arrow at the heel. Right, with a warning "
                "triangle, toes only, and nothing stops the sled: an arrow shows the foot slip. Below: light, slow, the "
                "stops set high.",
                calf_raise.draw,
            ),
            Picture(
                "sore-or-injured",
                "Three kinds of back trouble",
                "A back from behind down to the calves, three times. Both sides, dull, hours later: two soft circles "
                "on the lower back; keep moving. One spot that catches in a rep: a sharp mark; swap the exercise. "
                "Down the leg, it shoots or tingles: an arrow from the lower back to below the knee; stop, be seen. "
                "Below: a guide, never a diagnosis.",
                sore_or_injured.draw,
            ),
            Picture(
                "half-reps",
                "Half reps, and whole ones",
                "Two side views of people on a sled, with a bar along the rails for how far it came. Left, with a warning triangle, "
                "half a rep: large weights, knees hardly bent, a short bar. Right, with a tick, a whole one: fewer plates, knees "
                "well bent, hips down, a long bar. Below: your quads work less the straighter the knee.",
                half_reps.draw,
            ),
        )
    }
)


def picture_named(name: str) -> Picture | None:
    """Return the drawing of that name, or None."""
    return PICTURES.get(name)
