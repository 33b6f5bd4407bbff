"""Ordinary English: the words that are no misspelling of anything, and those that say nothing about a subject."""

from collections.abc import Iterator
from functools import lru_cache

from bot.core.matching.synonyms import groups
from bot.core.text import CHATTER, stem

_INFLECTED_FROM = 3
_DOUBLES_UP_TO = 6

ORDINARY = """
a able about above across act action active actual add address adult advance adventure affair affect agree ago air airport
album alive allow almost along aloud already although amazing amid among amount ancient and angel anger angle animal ankle
announce another ant any anymore anyway anything anytime anywhere apart apartment app appear apple apply april are area
aren argue arm army around art article as aside asleep at ate atom attack attend august aunt author average avoid awake
award away awkward baby background bag bake ball balls band banana bar bare barely bark base baseball basic basket bass bat
batch bath bathroom be beach bean bear beard beast beat became beauty become bed bedroom bee beef been beer before began
behave behind being bell belly belong belt bench bent berry beside bet beyond bike bill bird birth birthday bit bite bitter
black blade blame blanket blast bleed bless blind block blog blood bloom blow blue board boat bob bold bomb bone bonus boot
border bored boring born bot bother bottle bought bound bow bowl box boy brain branch brand brave bread break breakfast breast
breath breathe brick bride bridge bright bring british broad brother brought brown brush bubble bucket bug bulb bull bun bunch
burden burger burn burst bus bush business but butter button by cabin cake calm came camera camp can candy candle cannot capital
captain carbon care career careful carpet carrot cart case cast castle cat catch cattle caught ceiling cell central century cereal
chain chair chalk challenge champion chance chapter character charity charm chart chase cheat cheek cheese chemical chess chest
chew chicken chief chin chip chocolate choice chop chosen christmas church circle city civil claim class classic clay clever
click client climate climb clock cloth clothes cloud club clue coach coal coast coat code coffee coin collect college comb
combine comedy comfort comic command comment commit common community commute company complain complex computer concert condition
connect contact contain contest context control cool copper copy corn corner cost cotton cough could count country county court
cousin cover cow crack craft crash crazy cream creature crew cried crime crisp crop cross crowd crown cruel cruise crush cry cup
cure curious curl current curtain curve custom customer dad damp dance dark dash data date dating dawn dead deal dealt death
debate debt december decent deck deed deer defend degree deny depend desert desk dessert detail develop device devil dew diary
dice did die diet dig digital dinner dip direct direction dirt disease disco dish dive divide do does dog doing doll dollar
domestic done door dot doubt down downtown draft drama draw drawer drawn dream dress drew drill drive driven driver drop drove
drug drum drunk duck dude dug dull during dust duty each eager ear early earn earth ease east eat echo edge editor effort egg
eight either elbow elect electric eleven else email emergency emotion empire end enemy energy engine english enter entry envelope
equal era escape essay estate even evening event ever every evil exact exam example except excite excuse exist expect expert
extreme eye eyes face fact factor factory fade fail fair faith fame family famous fan fancy far farm fashion fat fate favor
feather feature february fed feed feel feet fell fellow felt fence festival few field fifteen fifth fifty fight file fill film
filter fin finance fine finger fire firm fish fist fit five flag flame flash flat flavor flesh flew float flood floor flour flow
flower flu fluid foam focus fold folk follow food fool foot football for force foreign forest fork form formal format fort forty
forum forward fought found four fourth fox frame fresh friday fridge fries frog from front frost fruit fry fund funeral fur
furniture future gain gap garage garden garlic gate gather gave gear gem gene gentle get ghost gift giraffe give given glad glass
globe glory glove glue go goal goat god goes gold golf gone goose gossip govern grace grade grain grand grant grape graph grass
grave gravy green grew grill grin ground group grow grown guard guess guest guide guitar gum gun gut gym habit had hair hall ham
hammer hand handle hang happy harbor hat hate have having hawk he head heal health heap heart heat heaven heel height held hell
helmet her here hero herself hid hide hike hill him himself hint hip hire his history hit hobby hog hole holy honest honey honor
hood hook hop hope horn horror horse hospital host hotel how however hug hundred hung hunger hunt hurry husband hut i ice icon if
image impact improve in inch indeed index indian infant injury ink inner insect insist into invest invite iron is island isn it
italian its itself jacket jail jam january jar jaw jazz jean jeans jet jewel join joint joke journal joy judge juice july jump
june jungle junior jury just justice keen kept kettle keyboard kick kill king kiss kit kitchen kite kitten knee knew knife knock
knot known label labor lack lady laid lake lamb lamp land lane lap laser lately laugh launch lawn law lawyer layer lazy lead leaf
leaf league lean leap learnt least leather led left leg legal lemon lens lesson letter level library lid life lift light lime line
link lion lip liquid literally live liver living load loan lobby lock log lonely look loose lord lot loud love low loyal luck lucky lunch
lung machine mad made magazine magic mail main major male mall manage map maple march mark market marriage married mask mass
master match math matter may mayor me meal meat media medical medicine meet melt member memory men menu mercy merely merry mess met
metal mice middle might mild mile milk mill million mind mine minor minute mirror miss mistake mix mode model modern monday monkey
monster mood moon moral morning most mostly motor mount mountain mouse mouth much mud mug multiple muscle museum must my myself
mystery nail narrow nation native nature naval navy near neat neck need needle nerve nest net network neutral news nice nickel
night nine ninety noise none noon nor normal north nose not note notice noun novel november nowhere nurse nut oak obey object ocean
october odd of off offer office officer often oh okay on once onion online only onto open opera option or orange orbit organ
original other ought ounce our ours out outfit oven over own owner pack package pad page paid paint pair palace pale palm pan
panel panic pants paper parade parent park parking parent party pass passenger passport password past pasta paste path patient
pattern pause peace peach peak pear pearl pen pencil penny pepper per perform period permit personal pet photo phrase piano piece
pig pile pill pillow pilot pin pine pink pint pipe pit pizza plain planet plant plastic plate platform player plenty plot plug plus
pocket poem poet point pole police policy polish polite poll pond pool pop popular pork port portion pose positive post pot potato
pour power practical praise pray prefer pregnant present press pressure pretend prevent pride priest prince print prison private
prize pro probably process product profit program project promise proof protect protein proud prove public pudding pump punch pupil
pure purple purse put puzzle queen quest quick quiet quote rabbit race rack radio rail rainbow raise ram ran random rang range rank
rap rare rat rate raw ray razor reach react read ready real recipe record recover red refund regard region register regret relate
relax release rely remote repair repeat replace report rescue rest rib rice rich rid ride ring rip ripe rise risk rival river road
roast robot rock rod role roll roof room root rope rose rough round row royal rub rude rug ruin rule rush rust sack sail salad sale
salmon salt sample sand sandwich sang sat satisfied saturday sauce sausage saw scale scan scar scare scene scent school science
scissors score scream screen screw script sea seal season second secret section security seed seek seem seen self senior sense
sentence separate september series serious serve service set settle seven seventy shade shadow shake shall shame shape share shark
sharp she shed sheep sheet shelf shell shift shine shirt shock shoe shoes shook shoot shop shore shot should shoulder shout shower
shrimp shut shy sick side sight sign signal silent silk silver similar since sing sink sir sister site situation six sixth sixty
skate skill skin skip skirt sky slave sleep sleeve slept slice slide slip smart smell smile smoke smooth snack snake snap snow so
soap soccer social sock socks soda sofa soft software soil soldier solid some someday something sometime sometimes somewhere son soon
soul sound soup sour source south space spain spare spark special spend spent spice spider spill spin spirit split spoke spoon sport
spray spread spring square stable stadium staff stage stain stair stairs stake stamp star stare state statement station stay steady
steak steam steel steep step stick still sting stir stock stomach stone stool storm story stove strain stranger stream street stress
stretch strike string strip stroke struggle stuck student studio stuff style subject such sudden sugar suit sum summer sun sunday sung sunny
supper suppose surface surgery surprise swallow swam swear sweat sweater sweep sweet swell swept swim swing sword symbol system table
tail talent tall tank tap tape target task taste taught taxi tea team tear teen teeth temper temple ten tend tennis tent tenth test than
that the their them theme themselves then theory there these they thick thief thigh thin third thirst thirteen thirty this those though
thought thousand thread three threw throat through throw thumb thunder thursday thus ticket tide tidy tie tiger till tin tip tissue title
to toast toe toes toilet told tomato tomorrow ton tone tonight tool tooth torn toss touch tough tour towards towel tower town toy track
trade tradition train trap trash treasure treat tree trend trial tribe trick tried truck trunk trust tuesday tube tuna turkey twelve
twenty twin ugly umbrella uncle under unit until up upon upset upstairs us use user valley value van vegetable verb very victim video
village virus visa visit voice volume vote voyage wagon waist wake wall war wardrobe warn was waste watch water wave wax way we wealth
wear weather web wedding wednesday weed week weekend weigh weird welcome well went were west western whale what wheat wheel when
where whether which while whisper whistle white who whole whom whose why wife wild will win wind window wine wing winner winter wire
wise wish with within without woke wolf wonder wood wooden wool wore world worm worn would wound wrap wreck wrist write written wrote
yard yellow yesterday yet yoga you young your yours yourself youth zero zone zoo
blank heard decline listed pending greet accent accident accuse acid adapt admire admit advice alley alter amuse arrow ash assume attach attic
audio aware axe badge balance banner barrel barrier bay behind bid bind blink blow boast boil bolt bore bounce bracket bravo brief broke
bronze buddy buffet bump bunny cable cage calf calorie cancer candle canyon cape cargo carve cashier cave cease chapel chat cheer cherry chili chill
chunk cider cigar cinema cite clap clash claw clerk cliff cling clip cloak clutch coconut coil cone confirm cord cot couch crab cradle crane crate crawl creek
creep crop crow crude cruise crumb crust cue curb curry cushion cycle dairy dam deaf debit decay dense dental dentist dice dim dine dock
dove dose draft drag drain drift drip duke dump dusk dye eagle elder elegant elevator embassy erase evil exam exchange fabric faint fairy
fake fancy fare fatal fax fetch fever fiber fiction fierce filthy fishy fixture flaw flee fleet flesh flexible flip flock flow fond fork
fort frown gallon gallery garbage gasp gaze germ giggle ginger glance glare glide gloom glow gown grab grammar greed greet grief gross growl grumpy gulf
gutter hail halt handy harm harsh harvest haste haul haunt hay hazard herb herd hesitate hinge holy hostile howl humble humid hurdle hut icy ideal idle
infect inner insult insure intense invent iris jar jealous jelly jingle juke juicy jungle kidney knit lace ladder lake lamp leak leash lease legend
lend liar lick lime lively liver lobster locker lodge logic lookup lung luxury magnet maid mammal mango mansion mash mat maze meadow mean melt
melon menace mentor mercy merge microwave mill mime mining mist moan mob moist mole moss motel moth mug mule mural myth nap navy necklace nephew niece nod
notch nugget nylon oath oats obese odds odor olive onion oven oyster pace pact pal palm pane panda parcel pastry patch paw peas pebble peel
peer perfume pest petrol pier pierce pike pillar pinch pint placid plague plead plum plunge poison pole ponder porch porridge poster pouch
poultry pounce preach pretzel prick prince probe prompt prone prop province prune puff pulse puppy puzzle quilt quiz quota racket raft rage raid
ramp rattle reap rebel recite reckless recruit reef refuse reign reject relief rely remark rental rescue resort reveal reverse review reward ribbon rid ridge rifle rinse
riot ripe roam roar rob robe romance rot rotten route rug rumor rural rust sacred saddle salon sane sauce scar scarf scold scoop scout scrap
scrape scrub seal sew shack shave shepherd shield shimmer shiver shovel shred shrink shrug sigh silk sill sip siren skull slam slap slave
sleet sleigh slim slit slope slot sneak sneakers sneeze sniff soak sob sober solo soothe sore sour spank spark sparrow spear spice spike spiral
splash split spoil spoon spouse sprain spy squeeze squirrel stab stack stain stale stall stamp starve steady steer stem stereo stew stiff stool
strand straw streak stride stripe stroll stubborn stumble stun sturdy suite sulk sunset surf surge surrender suspect swamp swan sway swear swift swirl
syrup tackle tale tan tangle tart tease tempt tender tense terrace thigh thorn thread thrill throne thrust tidy tile tilt timber toad toll tomb torch torn
tow toxic trace tract trait tramp transit treaty tremble trim triumph tropic trophy trot trout tuck tug tulip tumble tunnel tutor tweed twig twirl twist
uber ugly union unite urban urge urgent utter vacuum vague vain vase vault vegan veil vein venue verse vest vet vine vinyl violet violin vivid vow
wade waffle wallet wander warrior wasp wed weep whip whiskey wicked widow wig wink wipe wither wizard woe worm wrench wrinkle yarn yawn yeast yell yoghurt yogurt
aaron adam alan alex alice amanda amy andrea andrew anna anthony arthur ben bob brian carl carlos carol charles charlie chris claire
daniel dave david diana diego donald donna edward ellen emily emma eric frank fred gary george grace greg hannah harry heather helen henry jack jacob james jane janet
jason jeff jennifer jenny jerry jessica jim jimmy joe john jordan jose joseph josh juan judy julia julie karen kate kathy keith kelly ken kevin kim kyle larry laura
lee linda lisa louis lucy luke marc maria mark martha martin mary matthew max megan michael michelle mike molly nancy nathan neil nick nicole oliver olivia pamela patricia patrick
paul peter philip rachel ralph ray rebecca richard robert roger ron rose roy russell ryan sally sam samuel sandra sara sarah scott sean simon sofia sophia stephen
steve steven stuart sue susan ted thomas tim tina todd tom tony tyler victor victoria walter wayne wendy william zach zoe
africa america american arab asia asian australia austria belgium berlin boise boston brazil britain california canada canadian chicago chile china chinese cuba dallas denmark denver detroit
dublin dutch egypt england europe european finland florida france french german germany greece greek hawaii hungary india iran iraq ireland irish israel italy japan japanese
jordan kenya korea korean london madrid malaysia mexican mexico miami moscow nevada norway ohio orlando paris peru poland portugal rome russia russian scotland seattle spain
spanish sweden swedish swiss sydney taiwan texas thai thailand tokyo toronto turkey ukraine vegas vietnam wales washington
"""
"""Ordinary words that are no misspelling of anything, though a knowledge may happen not to use them."""


_EMPTY = """
a about after again all am an and any anybody anyone anything are as at be because been before being but by can could did do
does doing done else for from get give go got had has have having he hello help hey hi him his how i if in info information
into is it its just know let like make many may me mean means might more most much must my need no not now of off ok on one or
our out over please question really right she should show so some something source sources such tell than thank thanks that the
their them then there these they thing things think this those to too true up us very want was way we well were what when where
which who whose why will with without would yeah yes you your
"""
EMPTY = CHATTER | frozenset(_EMPTY.split())
"""Words that say nothing about a subject by themselves; a question made of them alone can not be told from any other."""
OF_THE_MACHINE = frozenset(map(stem, ("leg", "press", "machine", "sled", "gym")))
"""Stems of what every claim here is about: they tell none apart."""


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    """All everyday words listed here."""
    return frozenset({*ORDINARY.split(), *EMPTY, *(word for group in groups() for word in group)})


def ordinary() -> set[str]:
    """All everyday words listed here, with their regular endings (`-s`, `-ed`, `-ing`, `-er`, `-ly`): two megabytes."""
    inflected = set(_listed())
    for word in _listed():
        if len(word) < _INFLECTED_FROM:
            continue
        root = word.removesuffix("e")
        inflected.update(word + ending for ending in _ADDED)
        inflected.update(root + ending for ending in _IN_PLACE_OF_E)
        if word.endswith("y"):
            inflected.update(word[:-1] + ending for ending in _IN_PLACE_OF_Y)
        if _doubles(word):
            inflected.update(word + word[-1] + ending for ending in _DOUBLED)
        if word[-1] in _HISSES:
            inflected.add(word + "es")
    return inflected


@lru_cache(maxsize=2_048)
def is_ordinary(word: str) -> bool:
    """Say whether a word is one of the `ordinary` ones, without making them all."""
    listed = _listed()
    if word in listed:
        return True
    for ending in _ENDINGS:
        if word.endswith(ending):
            root = word[: -len(ending)]
            if any(each in listed and len(each) >= _INFLECTED_FROM for each in _inflected(root, ending)):
                return True
    return False


def _inflected(root: str, ending: str) -> Iterator[str]:
    """Yield the words that would become `root` with this ending."""
    if ending in _ADDED or (ending == "es" and root[-1:] in _HISSES):
        yield root
    if ending in _IN_PLACE_OF_E:
        yield root + "e"
        if not root.endswith("e"):
            yield root
    if ending in _IN_PLACE_OF_Y:
        yield root + "y"
    if ending in _DOUBLED and root[-2:-1] == root[-1:] and _doubles(root[:-1]):
        yield root[:-1]


def _doubles(word: str) -> bool:
    """Say whether a word doubles its last letter before an ending."""
    return word[-1:] in _DOUBLING and word[-2:-1] in _VOWELS and len(word) <= _DOUBLES_UP_TO


_ADDED = ("s", "ly")
_IN_PLACE_OF_E = ("ed", "ing", "er", "ers", "est")
_IN_PLACE_OF_Y = ("ies", "ied", "ily", "ier")
_DOUBLED = ("ing", "ed", "er")
_ENDINGS = (*_ADDED, *_IN_PLACE_OF_E, *_IN_PLACE_OF_Y, "es")
_DOUBLING, _VOWELS, _HISSES = frozenset("bdgklmnprt"), frozenset("aeiou"), frozenset("sxzh")
